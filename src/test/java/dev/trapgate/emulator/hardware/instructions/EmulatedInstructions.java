package dev.trapgate.emulator.hardware.instructions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedThread;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.cpu.execute.Interpreter;
import dev.trapgate.emulator.linux.mm.Mm;
import dev.trapgate.emulator.linux.mm.Vma;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Executes cases by the interpreter, without a kernel: a fault is taken as it is raised. */
final class EmulatedInstructions implements AutoCloseable {

    private static final int MOST_STEPS = 100;
    private static final int THREAD_LOCAL = 0x63;
    private static final int PAGE = PageFrames.PAGE_SIZE;

    private final EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.AMD);
    private final EmulatedThread thread = machine.newThread();
    private final PageFrames data = new PageFrames(1);
    private final Interpreter interpreter = new Interpreter(thread.cpu());

    EmulatedInstructions() {
        map(InstructionCase.DATA, Mm.PROT_READ | Mm.PROT_WRITE, data, 1);
    }

    List<InstructionOutcome> run(List<InstructionCase> cases) {
        byte[] code = NativeInstructions.code(cases);
        int pages = (code.length + PAGE - 1) / PAGE;
        PageFrames frames = new PageFrames(pages);
        MemorySegment.copy(MemorySegment.ofArray(code), 0, frames.bytes(), 0, code.length);
        map(InstructionCase.CODE, Mm.PROT_READ | Mm.PROT_EXEC, frames, pages);
        List<InstructionOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            outcomes.add(run(cases.get(i), i, code));
        }
        return outcomes;
    }

    private void map(long address, int protection, PageFrames frames, int pages) {
        Vma area = Vma.ofProgram(address, address + (long) pages * PAGE, protection, "cases");
        assertThat(machine.process().mm().map(area, frames)).isTrue();
    }

    private InstructionOutcome run(InstructionCase one, int number, byte[] code) {
        Cpu cpu = thread.cpu();
        thread.begin(one.width());
        cpu.segments().gs().load(0, 0);
        cpu.mmu().write64(cpu.tables().gdtBase() + (THREAD_LOCAL & ~7), 0, Paging.READ);
        if (one.width() == Width.BITS_64) {
            cpu.loadSegment(cpu.segments().ds(), 0x2b);
            cpu.loadSegment(cpu.segments().es(), 0x2b);
        }
        for (int register = 0; register < GeneralRegisters.COUNT; register++) {
            cpu.registers().set(register, one.registers()[register]);
        }
        one.floats().load(cpu);
        cpu.setRflags(one.flags() | 0x202);
        cpu.setRip(InstructionCase.start(number));
        data.bytes().fill((byte) 0);
        MemorySegment window =
                data.bytes().asSlice(InstructionCase.WINDOW - InstructionCase.DATA, InstructionCase.WINDOW_SIZE);
        window.copyFrom(MemorySegment.ofArray(one.window()));
        int fault = Fault.NONE;
        for (int steps = 0; fault == Fault.NONE && !isAtInt3(cpu.rip(), code); steps++) {
            assertThat(steps).as("steps of " + one).isLessThan(MOST_STEPS);
            fault = interpreter.step();
        }
        long[] registers = new long[GeneralRegisters.COUNT];
        for (int register = 0; register < registers.length; register++) {
            registers[register] = cpu.registers().get(register);
        }
        return new InstructionOutcome(
                registers,
                cpu.rip(),
                cpu.rflags(),
                fault == Fault.NONE ? Vector.BP : Fault.vector(fault),
                Fault.code(fault),
                cpu.control().cr2(),
                window.toArray(ValueLayout.JAVA_BYTE),
                FloatState.of(cpu));
    }

    private static boolean isAtInt3(long rip, byte[] code) {
        long offset = rip - InstructionCase.CODE;
        return offset >= 0 && offset < code.length && code[(int) offset] == (byte) 0xcc;
    }

    @Override
    public void close() {
        machine.close();
    }
}
