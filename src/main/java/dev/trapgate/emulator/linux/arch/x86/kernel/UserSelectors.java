package dev.trapgate.emulator.linux.arch.x86.kernel;

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.SegmentRegister;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.PtRegs32;
import dev.trapgate.emulator.linux.arch.x86.Segments32;
import dev.trapgate.emulator.linux.arch.x86.Segments64;
import dev.trapgate.emulator.linux.kernel.Task;

/**
 * A program's segment selectors while the kernel runs: a 64-bit kernel leaves the data segments in their registers, the
 * classic one saves ds and es.
 */
final class UserSelectors {

    private final PtRegs regs;
    private final Cpu cpu;

    UserSelectors(Task task, PtRegs regs) {
        this.regs = regs;
        this.cpu = task.cpu();
    }

    /** {@return the selector of a program's 32-bit code: {@code __USER32_CS}} */
    static int userCs32(PtRegs regs) {
        return regs instanceof PtRegs32 ? Segments32.USER_CS : Segments64.USER32_CS;
    }

    /** {@return the selector of a 32-bit program's data: {@code __USER32_DS}} */
    static int userDs32(PtRegs regs) {
        return regs instanceof PtRegs32 ? Segments32.USER_DS : Segments64.USER_DS;
    }

    int ds() {
        return regs instanceof PtRegs32 saved
                ? (int) saved.get(PtRegs32.DS)
                : cpu.segments().ds().selector();
    }

    int es() {
        return regs instanceof PtRegs32 saved
                ? (int) saved.get(PtRegs32.ES)
                : cpu.segments().es().selector();
    }

    int fs() {
        return cpu.segments().fs().selector();
    }

    int gs() {
        return cpu.segments().gs().selector();
    }

    void loadDs(int selector) {
        if (regs instanceof PtRegs32 saved) {
            saved.set(PtRegs32.DS, selector);
        } else {
            load(cpu.segments().ds(), selector);
        }
    }

    void loadEs(int selector) {
        if (regs instanceof PtRegs32 saved) {
            saved.set(PtRegs32.ES, selector);
        } else {
            load(cpu.segments().es(), selector);
        }
    }

    void loadFs(int selector) {
        load(cpu.segments().fs(), selector);
    }

    /** {@code load_gs_index}: a 64-bit kernel's own base stays. */
    void loadGs(int selector) {
        boolean wide = !(regs instanceof PtRegs32);
        if (wide) {
            cpu.swapgs();
        }
        load(cpu.segments().gs(), selector);
        if (wide) {
            cpu.swapgs();
        }
    }

    /** A selector that cannot be loaded becomes null. */
    private void load(SegmentRegister register, int selector) {
        if (register.selector() != selector && cpu.loadSegment(register, selector) != Fault.NONE) {
            cpu.loadSegment(register, 0);
        }
    }

    /** Replaces a stack selector with which IRET would fault: {@code force_valid_ss}. */
    void forceValidSs() {
        int selector = regs.ss();
        boolean inTable = (selector & 4) == 0 && (selector | 7) <= cpu.tables().gdtLimit() && (selector & ~3) != 0;
        long descriptor = inTable ? cpu.mmu().read64(cpu.tables().gdtBase() + (selector & 0xfff8), Paging.READ) : 0;
        boolean valid = Descriptor.isWritableData(descriptor)
                && Descriptor.isPresent(descriptor)
                && Descriptor.dpl(descriptor) == 3;
        if (!valid) {
            regs.setSs(Segments64.USER_DS);
        }
    }
}
