package dev.trapgate.emulator.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedThread;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.arch.x86.PtRegs64;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import dev.trapgate.emulator.linux.mm.Mm;
import dev.trapgate.emulator.linux.mm.Vma;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Runs passages on the emulated machine. */
final class EmulatedHardware {

    private static final int MOST_STEPS = 100;

    /** Where pt_regs has the general registers, by their numbers; rsp is apart. */
    private static final int[] OFFSETS = {
        PtRegs64.AX, PtRegs64.CX, PtRegs64.DX, PtRegs64.BX,
        PtRegs64.SP, PtRegs64.BP, PtRegs64.SI, PtRegs64.DI,
        PtRegs64.R8, PtRegs64.R9, PtRegs64.R10, PtRegs64.R11,
        PtRegs64.R12, PtRegs64.R13, PtRegs64.R14, PtRegs64.R15
    };

    private EmulatedHardware() {}

    /** {@return what a passage leaves behind on a vendor's processor under the modern kernel} */
    static Outcome run(Passage passage, Vendor vendor) {
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, vendor)) {
            PageFrames data = page(passage.data());
            map(
                    machine,
                    Passage.CODE,
                    Mm.PROT_READ | Mm.PROT_EXEC,
                    page(passage.code().toByteArray()));
            map(machine, Passage.DATA, Mm.PROT_READ | Mm.PROT_WRITE, data);
            EmulatedThread thread = machine.newThread();
            thread.begin(passage.width());
            prepare(thread.cpu(), passage);
            int steps = 0;
            while (thread.step() && steps < MOST_STEPS) {
                steps++;
            }
            return outcome(machine, thread, data.bytes().toArray(ValueLayout.JAVA_BYTE));
        }
    }

    private static PageFrames page(byte[] contents) {
        PageFrames page = new PageFrames(1);
        MemorySegment.copy(MemorySegment.ofArray(contents), 0, page.bytes(), 0, contents.length);
        return page;
    }

    private static void map(EmulatedMachine machine, long address, int protection, PageFrames page) {
        Vma area = Vma.special(address, address + Passage.PAGE_SIZE, protection, "passage");
        assertThat(machine.process().mm().map(area, page)).isTrue();
    }

    private static void prepare(Cpu cpu, Passage passage) {
        for (int register = 0; register < GeneralRegisters.COUNT; register++) {
            cpu.registers().set(register, passage.register(register));
        }
        cpu.setRflags(Flags.IF | passage.flags());
        cpu.setRip(passage.start());
    }

    /** The kernel's stack pointer has stayed at the registers that it saved when the signal's cause came. */
    private static Outcome outcome(EmulatedMachine machine, EmulatedThread thread, byte[] data) {
        TaskEnd end = thread.task().end();
        assertThat(end).as("the end of the emulated program").isNotNull();
        Signal signal = end.signal();
        assertThat(signal).as("what killed the emulated program").isNotNull();
        Cpu cpu = thread.cpu();
        long frame = cpu.registers().get(GeneralRegisters.RSP);
        Outcome outcome = new Outcome(machine.process().tgid(), machine.kernelVsyscall());
        for (int register = 0; register < GeneralRegisters.COUNT; register++) {
            outcome.register(register, word(cpu, frame + OFFSETS[register]));
        }
        outcome.control(
                word(cpu, frame + PtRegs64.IP),
                word(cpu, frame + PtRegs64.FLAGS),
                (int) word(cpu, frame + PtRegs64.CS),
                (int) word(cpu, frame + PtRegs64.SS));
        outcome.signal(signal, cpu.control().cr2());
        outcome.data(data);
        return outcome;
    }

    private static long word(Cpu cpu, long address) {
        return cpu.mmu().read64(address, Paging.READ);
    }
}
