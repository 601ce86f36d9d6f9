package dev.trapgate.emulator.linux.arch.x86.kernel;

import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.PtRegs32;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.TaskSignals;
import dev.trapgate.emulator.linux.mm.UserStructure;

/** A program's registers in a frame: {@code struct sigcontext_64} and {@code sigcontext_32} of asm/sigcontext.h. */
final class SigContext {

    /** Size of {@code struct sigcontext_64}. */
    static final int SIZE_64 = 256;
    /** Size of {@code struct sigcontext_32}. */
    static final int SIZE_32 = 88;
    /** How much of {@code struct sigcontext_64} sigreturn(2) reads. */
    static final int READ_SIZE_64 = 192;

    private static final int RPL_3 = 3;

    /** FIX_EFLAGS: what sigreturn(2) takes from a frame. */
    private static final long USER_FLAGS =
            Flags.AC | Flags.OF | Flags.DF | Flags.TF | Flags.SF | Flags.ZF | Flags.AF | Flags.PF | Flags.CF | Flags.RF;

    /** r8 to r15, then rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp: their numbers, in the structure's order. */
    private static final int[] ORDER_64 = {8, 9, 10, 11, 12, 13, 14, 15, 7, 6, 5, 3, 2, 0, 1, 4};
    /** edi, esi, ebp, esp, ebx, edx, ecx, eax. */
    private static final int[] ORDER_32 = {7, 6, 5, 4, 3, 2, 1, 0};

    private static final int IP_64 = 128;
    private static final int FLAGS_64 = 136;
    private static final int CS_64 = 144;
    private static final int SS_64 = 150;
    private static final int ERR_64 = 152;
    private static final int TRAPNO_64 = 160;
    private static final int OLDMASK_64 = 168;
    private static final int CR2_64 = 176;
    private static final int FPSTATE_64 = 184;

    private static final int GS_32 = 0;
    private static final int FS_32 = 4;
    private static final int ES_32 = 8;
    private static final int DS_32 = 12;
    private static final int GENERAL_32 = 16;
    private static final int TRAPNO_32 = 48;
    private static final int ERR_32 = 52;
    private static final int IP_32 = 56;
    private static final int CS_32 = 60;
    private static final int FLAGS_32 = 64;
    private static final int SP_AT_SIGNAL_32 = 68;
    private static final int SS_32 = 72;
    private static final int FPSTATE_32 = 76;
    /** Offset of the first 32 signals of the mask. */
    static final int OLDMASK_32 = 80;

    private static final int CR2_32 = 84;

    private SigContext() {}

    /** {@code setup_sigcontext}. */
    static void write64(UserStructure to, Task task, PtRegs regs, long fpstate, long mask) {
        for (int i = 0; i < ORDER_64.length; i++) {
            to.set64(i * Long.BYTES, regs.register(ORDER_64[i]));
        }
        TaskSignals signals = task.signals();
        to.set64(IP_64, regs.ip());
        to.set64(FLAGS_64, regs.flags());
        to.set16(CS_64, regs.cs());
        to.set16(SS_64, regs.ss());
        to.set64(ERR_64, signals.error());
        to.set64(TRAPNO_64, signals.trap());
        to.set64(OLDMASK_64, mask);
        to.set64(CR2_64, signals.faultAddress());
        to.set64(FPSTATE_64, fpstate);
    }

    /** {@code restore_sigcontext}, without the floating-point state. {@return where that is} */
    static long read64(UserStructure from, Task task, PtRegs regs) {
        task.forgetRestart();
        for (int i = 0; i < ORDER_64.length; i++) {
            regs.setRegister(ORDER_64[i], from.get64(i * Long.BYTES));
        }
        regs.setIp(from.get64(IP_64));
        regs.setCs(from.get16(CS_64) | RPL_3);
        regs.setSs(from.get16(SS_64) | RPL_3);
        restoreFlags(regs, from.get64(FLAGS_64));
        return from.get64(FPSTATE_64);
    }

    private static void restoreFlags(PtRegs regs, long flags) {
        regs.setFlags((regs.flags() & ~USER_FLAGS) | (flags & USER_FLAGS));
        regs.setOrigAx(-1);
    }

    /** {@code ia32_setup_sigcontext}. */
    static void write32(UserStructure to, Task task, PtRegs regs, long fpstate, long mask) {
        UserSelectors selectors = new UserSelectors(task, regs);
        to.set32(GS_32, selectors.gs());
        to.set32(FS_32, selectors.fs());
        to.set32(ES_32, selectors.es());
        to.set32(DS_32, selectors.ds());
        for (int i = 0; i < ORDER_32.length; i++) {
            to.set32(GENERAL_32 + i * Integer.BYTES, regs.register(ORDER_32[i]));
        }
        TaskSignals signals = task.signals();
        to.set32(TRAPNO_32, signals.trap());
        to.set32(ERR_32, signals.error());
        to.set32(IP_32, regs.ip());
        to.set32(CS_32, regs.cs());
        to.set32(FLAGS_32, regs.flags());
        to.set32(SP_AT_SIGNAL_32, regs.sp());
        to.set32(SS_32, regs.ss());
        to.set32(FPSTATE_32, fpstate);
        to.set32(OLDMASK_32, mask);
        to.set32(CR2_32, signals.faultAddress());
    }

    /** {@code ia32_restore_sigcontext}, without the floating-point state. {@return where that is} */
    static long read32(UserStructure from, Task task, PtRegs regs) {
        task.forgetRestart();
        for (int i = 0; i < ORDER_32.length; i++) {
            regs.setRegister(ORDER_32[i], from.getUnsigned32(GENERAL_32 + i * Integer.BYTES));
        }
        regs.setIp(from.getUnsigned32(IP_32));
        regs.setCs(from.get16(CS_32) | RPL_3);
        regs.setSs(from.get16(SS_32) | RPL_3);
        restoreFlags(regs, from.getUnsigned32(FLAGS_32));
        reloadSegments(from, task, regs);
        return from.getUnsigned32(FPSTATE_32);
    }

    /** {@code reload_segments}; the classic kernel takes the selectors as they are. */
    private static void reloadSegments(UserStructure from, Task task, PtRegs regs) {
        int level = regs instanceof PtRegs32 ? 0 : RPL_3;
        UserSelectors selectors = new UserSelectors(task, regs);
        selectors.loadGs(from.get16(GS_32) | level);
        selectors.loadFs(from.get16(FS_32) | level);
        selectors.loadDs(from.get16(DS_32) | level);
        selectors.loadEs(from.get16(ES_32) | level);
    }
}
