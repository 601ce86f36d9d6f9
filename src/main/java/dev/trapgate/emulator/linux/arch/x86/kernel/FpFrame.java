package dev.trapgate.emulator.linux.arch.x86.kernel;

import dev.trapgate.emulator.linux.arch.x86.FloatingPoint;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;

/**
 * The floating-point part of a frame: arch/x86/kernel/fpu/signal.c, Linux 5.17, on a processor without XSAVE. Its state is
 * FXSAVE's 512 bytes on a multiple of 64; for i386, FSAVE's 112 precede them.
 */
final class FpFrame {

    /** Size of {@code struct fregs_state} with the status and magic words: what FSAVE writes. */
    static final int FREGS_SIZE = 112;

    private static final int ALIGNMENT = 64;
    private static final int TOP = 0xffff_0000;
    private static final int REGISTERS = 8;
    private static final int REGISTER_SIZE = 10;
    private static final int FREGS_REGISTERS = 28;
    private static final int FREGS_STATUS = 108;
    private static final int FXSAVE_REGISTERS = 32;
    private static final int FXSAVE_REGISTER_SPACING = 16;

    private FpFrame() {}

    /** {@return where the state goes below a stack pointer: {@code fpu__alloc_mathframe}} */
    static long place(long sp, Layout layout) {
        long fx = (sp - FloatingPoint.FXSAVE_SIZE) & -ALIGNMENT;
        return layout == Layout.FSAVE ? fx - FREGS_SIZE : fx;
    }

    /** What a frame's state begins with. */
    enum Layout {
        /** With FXSAVE's bytes alone: x86-64. */
        FXSAVE,
        /** With FSAVE's bytes, then FXSAVE's: i386. */
        FSAVE
    }

    /** Writes the state: {@code copy_fpstate_to_sigframe}. {@return whether all of it could be written} */
    static boolean save(Task task, PtRegs regs, long to, Layout layout) {
        UserStructure fx = new UserStructure(FloatingPoint.FXSAVE_SIZE);
        task.floatingPoint().save(fx.bytes());
        if (layout == Layout.FXSAVE) {
            return fx.to(task.uaccess(), to);
        }
        return fregs(task, regs, fx).to(task.uaccess(), to) && fx.to(task.uaccess(), to + FREGS_SIZE);
    }

    /** {@code convert_from_fxsr}, {@code save_fsave_header}. */
    private static UserStructure fregs(Task task, PtRegs regs, UserStructure fx) {
        UserStructure fregs = new UserStructure(FREGS_SIZE);
        fregs.set32(0, fx.get16(0) | TOP);
        fregs.set32(4, fx.get16(2) | TOP);
        fregs.set32(8, fullTags(fx) | TOP);
        fregs.set32(12, fx.get32(8));
        fregs.set32(16, regs.cs());
        fregs.set32(20, fx.get32(16));
        fregs.set32(24, task.cpu().segments().ds().selector() | TOP);
        for (int i = 0; i < REGISTERS; i++) {
            fregs.at(FREGS_REGISTERS + i * REGISTER_SIZE, REGISTER_SIZE)
                    .bytes()
                    .copyFrom(fx.at(FXSAVE_REGISTERS + i * FXSAVE_REGISTER_SPACING, REGISTER_SIZE)
                            .bytes());
        }
        fregs.set16(FREGS_STATUS, fx.get16(2));
        return fregs;
    }

    /** {@code twd_fxsr_to_i387}: two bits a register; FXSAVE keeps only whether each is empty. */
    private static int fullTags(UserStructure fx) {
        int top = fx.get16(2) >> 11 & 7;
        int tags = 0;
        for (int physical = 0; physical < REGISTERS; physical++) {
            boolean empty = (fx.get16(4) >> physical & 1) == 0;
            UserStructure register =
                    fx.at(FXSAVE_REGISTERS + (physical - top & 7) * FXSAVE_REGISTER_SPACING, REGISTER_SIZE);
            tags |= (empty ? 3 : tag(register.get64(0), register.get16(8) & 0x7fff)) << (2 * physical);
        }
        return tags;
    }

    private static int tag(long significand, int exponent) {
        if (exponent == 0x7fff) {
            return 2;
        }
        if (exponent == 0) {
            return significand == 0 ? 1 : 2;
        }
        return significand < 0 ? 0 : 2;
    }

    /** Reads the state back: {@code fpu__restore_sig}; none is the initial one. {@return whether it could be read} */
    static boolean restore(Task task, long from, Layout layout) {
        if (from == 0) {
            task.floatingPoint().reset();
            return true;
        }
        long at = layout == Layout.FSAVE ? from + FREGS_SIZE : from;
        UserStructure fx = UserStructure.from(task.uaccess(), at, FloatingPoint.FXSAVE_SIZE);
        if (fx == null) {
            return false;
        }
        if (layout == Layout.FSAVE) {
            UserStructure fregs = UserStructure.from(task.uaccess(), from, FREGS_SIZE);
            if (fregs == null) {
                return false;
            }
            merge(fregs, fx);
        }
        return task.floatingPoint().load(fx.bytes());
    }

    /** {@code convert_to_fxsr}: FSAVE's part counts where both have something. */
    private static void merge(UserStructure fregs, UserStructure fx) {
        fx.set16(0, fregs.get16(0));
        fx.set16(2, fregs.get16(4));
        int used = 0;
        for (int i = 0; i < REGISTERS; i++) {
            used |= (fregs.get16(8) >> (2 * i) & 3) != 3 ? 1 << i : 0;
            fx.at(FXSAVE_REGISTERS + i * FXSAVE_REGISTER_SPACING, REGISTER_SIZE)
                    .bytes()
                    .copyFrom(fregs.at(FREGS_REGISTERS + i * REGISTER_SIZE, REGISTER_SIZE)
                            .bytes());
        }
        fx.set16(4, used);
        fx.set16(6, fregs.get16(18));
        fx.set64(8, fregs.getUnsigned32(12));
        fx.set64(16, fregs.getUnsigned32(20));
    }
}
