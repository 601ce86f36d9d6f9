package dev.trapgate.emulator.linux.arch.x86.kernel;

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.ModelSpecificRegisters;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.SegmentRegister;
import dev.trapgate.emulator.linux.arch.x86.FloatingPoint;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.PtRegs32;
import dev.trapgate.emulator.linux.arch.x86.Segments32;
import dev.trapgate.emulator.linux.arch.x86.Segments64;
import dev.trapgate.emulator.linux.arch.x86.Tls;
import dev.trapgate.emulator.linux.fs.exec.LoadedProgram;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;

/**
 * The registers with which tasks and programs begin: {@code copy_thread} of arch/x86/kernel/process.c and {@code start_thread}
 * of process_64.c and process_32.c, Linux 6.18.
 */
public final class ThreadRegisters {

    private static final int REGISTERS_64 = 16;
    private static final int REGISTERS_32 = 8;
    private static final int RAX = 0;
    private static final int RSP = 4;

    private ThreadRegisters() {}

    /**
     * Gives a child's processor, which is at the program's level then, the registers of the parent's call, with 0 for its
     * answer.
     *
     * @param parent the parent's processor, in the kernel
     * @param regs the parent's registers
     * @param child the child, whose processor has been started
     * @param stack the child's stack pointer; 0 for the parent's
     */
    public static void copy(Cpu parent, PtRegs regs, Task child, long stack) {
        Cpu cpu = child.cpu();
        Tls.copy(parent, cpu);
        copySegments(parent, regs, cpu);
        int count = parent.isLongMode() ? REGISTERS_64 : REGISTERS_32;
        for (int register = 0; register < count; register++) {
            cpu.registers().set(register, regs.register(register));
        }
        cpu.registers().set(RAX, 0);
        cpu.registers().set(RSP, stack == 0 ? regs.sp() : stack);
        loadRaw(cpu, cpu.segments().cs(), regs.cs());
        loadRaw(cpu, cpu.segments().ss(), regs.ss());
        cpu.setRflags(regs.flags());
        cpu.setRip(regs.ip());
        MemorySegment floats = MemorySegment.ofArray(new long[FloatingPoint.FXSAVE_SIZE / Long.BYTES]);
        new FloatingPoint(parent).save(floats);
        child.floatingPoint().load(floats);
        cpu.setCpl(3);
    }

    /** In the kernel of 64 bits GS's base is the kernel's, and the program's is where SWAPGS has put it. */
    private static void copySegments(Cpu parent, PtRegs regs, Cpu child) {
        copy(parent.segments().fs(), child.segments().fs());
        copy(parent.segments().gs(), child.segments().gs());
        if (regs instanceof PtRegs32 classic) {
            loadRaw(child, child.segments().ds(), (int) classic.get(PtRegs32.DS) & 0xffff);
            loadRaw(child, child.segments().es(), (int) classic.get(PtRegs32.ES) & 0xffff);
            return;
        }
        copy(parent.segments().ds(), child.segments().ds());
        copy(parent.segments().es(), child.segments().es());
        child.msrs().write(ModelSpecificRegisters.FS_BASE, parent.msrs().read(ModelSpecificRegisters.FS_BASE));
        child.msrs().write(ModelSpecificRegisters.GS_BASE, parent.msrs().read(ModelSpecificRegisters.KERNEL_GS_BASE));
    }

    private static void copy(SegmentRegister from, SegmentRegister to) {
        to.load(from.selector(), from.descriptor());
    }

    private static void loadRaw(Cpu cpu, SegmentRegister register, int selector) {
        boolean isNull = (selector & 0xfffc) == 0;
        register.load(
                selector, isNull ? 0 : cpu.mmu().read64(cpu.tables().gdtBase() + (selector & 0xfff8), Paging.READ));
    }

    /**
     * Gives a task in the kernel the registers of a program that begins.
     *
     * @param task the calling task
     * @param regs its registers, with which it leaves the kernel
     * @param program where the program begins
     */
    public static void start(Task task, PtRegs regs, LoadedProgram program) {
        Cpu cpu = task.cpu();
        boolean longMode = cpu.isLongMode();
        boolean wide = program.width() == Width.BITS_64;
        int count = longMode ? REGISTERS_64 : REGISTERS_32;
        for (int register = 0; register < count; register++) {
            regs.setRegister(register, 0);
        }
        regs.setIp(program.entry());
        regs.setSp(program.stackPointer());
        regs.setFlags(Flags.FIXED | Flags.IF);
        Tls.clear(cpu);
        if (longMode) {
            regs.setCs(wide ? Segments64.USER_CS : Segments64.USER32_CS);
            regs.setSs(Segments64.USER_DS);
            long kernelBase = cpu.msrs().read(ModelSpecificRegisters.GS_BASE);
            loadRaw(cpu, cpu.segments().ds(), wide ? 0 : Segments64.USER_DS);
            loadRaw(cpu, cpu.segments().es(), wide ? 0 : Segments64.USER_DS);
            cpu.segments().fs().load(0, 0);
            cpu.segments().gs().load(0, 0);
            cpu.msrs().write(ModelSpecificRegisters.GS_BASE, kernelBase);
            cpu.msrs().write(ModelSpecificRegisters.KERNEL_GS_BASE, 0);
        } else {
            regs.setCs(Segments32.USER_CS);
            regs.setSs(Segments32.USER_DS);
            ((PtRegs32) regs).set(PtRegs32.DS, Segments32.USER_DS);
            ((PtRegs32) regs).set(PtRegs32.ES, Segments32.USER_DS);
            cpu.segments().fs().load(0, 0);
            cpu.segments().gs().load(0, 0);
        }
        task.floatingPoint().reset();
    }
}
