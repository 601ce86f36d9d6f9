package dev.trapgate.emulator.semantics;

import static dev.trapgate.emulator.semantics.Profile.ANY;
import static dev.trapgate.emulator.semantics.Profile.CLASSIC;
import static dev.trapgate.emulator.semantics.Profile.CODE_32;
import static dev.trapgate.emulator.semantics.Profile.MODERN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.UserInstruction;
import dev.trapgate.emulator.cpu.ControlRegisters;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GateDescriptor;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.TaskStateSegment;
import dev.trapgate.emulator.linux.kernel.Signal;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Line 13: the checks of INT n, each failing alone, and before those that come later. */
final class DescriptorCases {

    private static final int CODE = Descriptor.CODE | Descriptor.WRITABLE;
    private static final long PRESENT = 1L << 47;
    private static final int FREE = 0x58;

    private DescriptorCases() {}

    static void addTo(Cases cases) {
        gates(cases);
        code(cases);
        stack32(cases);
        stack64(cases);
        narrowGates(cases);
        tasks(cases);
    }

    private static void makeGate(Cpu cpu, int type) {
        editGate(cpu, ~(0xfL << 40), (long) type << 40);
    }

    private static void narrowGates(Cases cases) {
        cases.add(
                13,
                "a 16-bit interrupt gate pushes two bytes a word and takes sixteen bits of the offset",
                CLASSIC,
                program -> {
                    Cpu cpu = program.cpu;
                    makeGate(cpu, GateDescriptor.INTERRUPT_16);
                    long gate = cpu.mmu().read64(gateAddress(cpu), Paging.READ);
                    long top = cpu.mmu().read32(cpu.tables().tr().base() + 4, Paging.READ);
                    cpu.setRip(0x1_2345);
                    assertThat(cpu.interrupt(0x80)).isZero();
                    assertThat(program.recorder.pushes).containsExactly("ss", "esp", "eflags", "cs", "eip");
                    assertThat(cpu.registers().get(GeneralRegisters.RSP)).isEqualTo(top - 10);
                    assertThat(cpu.mmu().read16(top - 10, Paging.READ)).isEqualTo(0x2347);
                    assertThat(cpu.rip()).isEqualTo(GateDescriptor.offset(gate, 0) & 0xffff);
                    assertThat(cpu.rflags() & Flags.IF).isZero();
                });
        cases.add(13, "a 16-bit trap gate keeps IF", CLASSIC, program -> {
            makeGate(program.cpu, GateDescriptor.TRAP_16);
            assertThat(program.cpu.interrupt(0x80)).isZero();
            assertThat(program.cpu.rflags() & Flags.IF).isNotZero();
        });
        cases.add(13, "a 16-bit task state segment holds SP and SS", CLASSIC, program -> {
            Cpu cpu = program.cpu;
            long base = cpu.tables().tr().base();
            long top = cpu.mmu().read32(base + 4, Paging.READ);
            cpu.tables().loadTask(0x80, Descriptor.taskStateSegment(base, 0x67) & ~(8L << 40), base);
            cpu.mmu().write16(base + 2, 0x1000, Paging.READ);
            cpu.mmu().write16(base + 4, 0x68, Paging.READ);
            cpu.mmu().write64(cpu.tables().gdtBase() + 0x68, stackAt(top - 0x1000), Paging.READ);
            assertThat(cpu.interrupt(0x80)).isZero();
            assertThat(program.recorder.taskState).containsExactly("sp0", "ss0");
            assertThat(cpu.registers().get(GeneralRegisters.RSP)).isEqualTo(0x1000 - 20);
        });
        cases.add(14, "IRET with operands of 16 bits leaves the upper half of the flags", ANY, program -> {
            Cpu cpu = program.cpu;
            long stack = program.stack() - 256;
            boolean wide = cpu.is64BitMode();
            cpu.registers().set(GeneralRegisters.RSP, stack);
            int[] words = {0x1234, cpu.segments().cs().selector(), (int) Flags.CF, 0x800, 0x2b};
            for (int i = 0; i < (wide ? 5 : 3); i++) {
                cpu.mmu().write16(stack + 2L * i, words[i], cpu.access());
            }
            cpu.setRflags(cpu.rflags() | Flags.ID | Flags.AC);
            assertThat(cpu.iretw()).isZero();
            assertThat(cpu.rip()).isEqualTo(0x1234);
            assertThat(cpu.rflags()).isEqualTo(Flags.FIXED | Flags.IF | Flags.CF | Flags.ID | Flags.AC);
        });
        for (int type : new int[] {GateDescriptor.TASK, GateDescriptor.INTERRUPT_16, GateDescriptor.TRAP_16}) {
            fails(cases, "a gate of type " + type + " in long mode", MODERN, "#GP(0x402)", cpu -> makeGate(cpu, type));
        }
    }

    private static long stackAt(long base) {
        long flat = Descriptor.flat(Descriptor.WRITABLE, 0, Width.BITS_32);
        return flat | (base & 0xff_ffffL) << 16 | (base & 0xff00_0000L) << 32;
    }

    private static final int DOUBLE_FAULT_TASK = 0xf8;

    private static void taskGate(Cpu cpu) {
        makeGate(cpu, GateDescriptor.TASK);
        editSelector(cpu, DOUBLE_FAULT_TASK);
    }

    private static void tasks(Cases cases) {
        cases.add(13, "a double fault switches to the kernel's task for it, which says where", CLASSIC, program -> {
            Cpu cpu = program.cpu;
            cpu.mmu().write32(cpu.tables().tr().base() + 4, 0x10_0000, Paging.READ);
            program.set(GeneralRegisters.RSP, program.stack());
            assertThat(program.thread.execute(UserInstruction.INT_80)).isFalse();
            assertThat(program.thread.task().oops())
                    .isEqualTo(String.format(
                            "double fault, eip = %08x, esp = %08x",
                            program.machine.address(UserInstruction.INT_80), program.stack()));
            assertThat(cpu.tables().tr().selector()).isEqualTo(DOUBLE_FAULT_TASK);
        });
        cases.add(13, "a task gate saves one task and loads the other, nested", CLASSIC, program -> {
            Cpu cpu = program.cpu;
            taskGate(cpu);
            long old = cpu.tables().tr().base();
            int cs = cpu.segments().cs().selector();
            cpu.setRip(0x1000);
            program.set(GeneralRegisters.RSI, 0x5e5e);
            assertThat(cpu.interrupt(0x80)).isZero();
            assertThat(cpu.mmu().read32(old + TaskStateSegment.EIP, Paging.READ))
                    .isEqualTo(0x1002);
            assertThat(cpu.mmu().read32(old + TaskStateSegment.EAX + 24, Paging.READ))
                    .isEqualTo(0x5e5e);
            assertThat(cpu.mmu().read32(old + TaskStateSegment.ES + 4, Paging.READ))
                    .isEqualTo(cs);
            assertThat(cpu.cpl()).isZero();
            assertThat(cpu.rflags() & Flags.NT).isNotZero();
            assertThat(cpu.control().cr0() & ControlRegisters.CR0_TS).isNotZero();
            assertThat(cpu.iretd()).isZero();
            assertThat(cpu.rip()).isEqualTo(0x1002);
            assertThat(cpu.cpl()).isEqualTo(3);
            assertThat(cpu.segments().cs().selector()).isEqualTo(cs);
            assertThat(program.get(GeneralRegisters.RSI)).isEqualTo(0x5e5e);
            assertThat(cpu.rflags() & Flags.NT).isZero();
            assertThat(cpu.tables().tr().base()).isEqualTo(old);
        });
        fails(cases, "a task gate to the task that runs", CLASSIC, "#GP(0x80)", cpu -> {
            makeGate(cpu, GateDescriptor.TASK);
            editSelector(cpu, 0x80);
        });
        fails(cases, "a task gate to a code segment", CLASSIC, "#GP(0x60)", cpu -> {
            makeGate(cpu, GateDescriptor.TASK);
            editSelector(cpu, 0x60);
        });
        fails(cases, "a task gate beyond the global table", CLASSIC, "#GP(0xfff8)", cpu -> {
            makeGate(cpu, GateDescriptor.TASK);
            editSelector(cpu, 0xfff8);
        });
        fails(cases, "a task gate to the local table", CLASSIC, "#GP(0x7c)", cpu -> {
            makeGate(cpu, GateDescriptor.TASK);
            editSelector(cpu, 0x7c);
        });
        fails(cases, "a task gate to a task that is not present", CLASSIC, "#NP(0xf8)", cpu -> {
            taskGate(cpu);
            long at = cpu.tables().gdtBase() + DOUBLE_FAULT_TASK;
            cpu.mmu().write64(at, cpu.mmu().read64(at, Paging.READ) & ~PRESENT, Paging.READ);
        });
        fails(cases, "a task gate to a task too short", CLASSIC, "#TS(0xf8)", cpu -> {
            taskGate(cpu);
            long at = cpu.tables().gdtBase() + DOUBLE_FAULT_TASK;
            cpu.mmu().write64(at, cpu.mmu().read64(at, Paging.READ) & ~1L, Paging.READ);
        });
        cases.add(14, "IRET with NT and no task to return to is #TS(0)", CLASSIC, program -> {
            program.cpu.setRflags(program.cpu.rflags() | Flags.NT);
            program.thread.execute(UserInstruction.IRETD);
            program.assertKilled(Signal.SIGSEGV, 10, 0);
        });
    }

    private static void fails(Cases cases, String what, Predicate<Profile> where, String fault, Consumer<Cpu> damage) {
        cases.add(13, what + " is " + fault, where, program -> {
            Cpu cpu = program.cpu;
            cpu.setRip(0x1000);
            cpu.registers().set(GeneralRegisters.RSP, program.stack());
            damage.accept(cpu);
            assertThat(Fault.toString(cpu.interrupt(0x80))).isEqualTo(fault);
            assertThat(cpu.rip()).isEqualTo(0x1000);
            assertThat(cpu.cpl()).isEqualTo(3);
            assertThat(cpu.registers().get(GeneralRegisters.RSP)).isEqualTo(program.stack());
            assertThat(program.recorder.pushes).isEmpty();
        });
    }

    private static long gateAddress(Cpu cpu) {
        return cpu.tables().idtBase() + 0x80L * cpu.tables().gateSize();
    }

    private static void editGate(Cpu cpu, long keep, long set) {
        long gate = cpu.mmu().read64(gateAddress(cpu), Paging.READ);
        // The IDT is read-only even to the kernel: a test writes as its owner would, through an alias.
        cpu.control().setCr0(cpu.control().cr0() & ~(1L << 16));
        cpu.mmu().write64(gateAddress(cpu), (gate & keep) | set, Paging.READ);
    }

    private static void editSelector(Cpu cpu, int selector) {
        editGate(cpu, ~0xffff_0000L, (long) selector << 16);
    }

    private static void putDescriptor(Cpu cpu, int selector, long descriptor) {
        cpu.mmu().write64(cpu.tables().gdtBase() + (selector & 0xfff8), descriptor, Paging.READ);
    }

    private static void gates(Cases cases) {
        fails(cases, "a vector beyond the IDT's limit", ANY, "#GP(0x402)", cpu -> cpu.tables()
                .loadIdt(
                        cpu.tables().idtBase(),
                        0x80 * cpu.tables().gateSize() + cpu.tables().gateSize() - 2));
        fails(cases, "a call gate", ANY, "#GP(0x402)", cpu -> editGate(cpu, ~(31L << 40), 12L << 40));
        fails(cases, "a gate of DPL 2", ANY, "#GP(0x402)", cpu -> editGate(cpu, ~(3L << 45), 2L << 45));
        fails(cases, "a gate that is not present", ANY, "#NP(0x402)", cpu -> editGate(cpu, ~PRESENT, 0));
        fails(
                cases,
                "a gate of DPL 0 that is not present",
                ANY,
                "#GP(0x402)",
                cpu -> editGate(cpu, ~(PRESENT | 3L << 45), 0));
        fails(
                cases,
                "a gate of no type that is not present",
                ANY,
                "#GP(0x402)",
                cpu -> editGate(cpu, ~(PRESENT | 31L << 40), 0));
    }

    private static void code(Cases cases) {
        fails(cases, "a null code selector", ANY, "#GP(0x0)", cpu -> editSelector(cpu, 3));
        fails(cases, "a code selector beyond the GDT", ANY, "#GP(0xfff8)", cpu -> editSelector(cpu, 0xffff & ~4));
        fails(cases, "a code selector into a missing LDT", ANY, "#GP(0xc)", cpu -> editSelector(cpu, 0xc));
        fails(cases, "a data segment for code", ANY, "#GP(0x58)", cpu -> {
            putDescriptor(cpu, FREE, Descriptor.flat(Descriptor.WRITABLE, 0, Width.BITS_32));
            editSelector(cpu, FREE);
        });
        fails(cases, "a data segment for code that is not present", ANY, "#GP(0x58)", cpu -> {
            putDescriptor(cpu, FREE, Descriptor.flat(Descriptor.WRITABLE, 0, Width.BITS_32) & ~PRESENT);
            editSelector(cpu, FREE);
        });
        fails(cases, "a code segment that is not present", ANY, "#NP(0x58)", cpu -> {
            putDescriptor(cpu, FREE, Descriptor.flat(CODE, 0, Width.BITS_64) & ~PRESENT);
            editSelector(cpu, FREE);
        });
        fails(cases, "a 32-bit code segment in long mode", MODERN, "#GP(0x58)", cpu -> {
            putDescriptor(cpu, FREE, Descriptor.flat(CODE, 0, Width.BITS_32));
            editSelector(cpu, FREE);
        });
        fails(cases, "a handler beyond the code segment's limit", CLASSIC, "#GP(0x0)", cpu -> {
            putDescriptor(cpu, FREE, Descriptor.flat(CODE, 0, Width.BITS_32) & ~(1L << 55));
            editSelector(cpu, FREE);
        });
        fails(cases, "a handler that is not canonical", MODERN, "#GP(0x0)", cpu -> {
            cpu.control().setCr0(cpu.control().cr0() & ~(1L << 16));
            cpu.mmu().write64(gateAddress(cpu) + 8, GateDescriptor.high(0x1234_0000_0000_0000L), Paging.READ);
        });
    }

    private static void setStackSelector(Cpu cpu, int selector) {
        cpu.mmu().write16(cpu.tables().tr().base() + 8, selector, Paging.READ);
    }

    private static void stack32(Cases cases) {
        Predicate<Profile> where = CLASSIC.and(CODE_32);
        fails(cases, "a TSS too short for ss0", where, "#TS(0x80)", cpu -> cpu.tables()
                .loadTask(
                        0x80,
                        Descriptor.taskStateSegment(cpu.tables().tr().base(), 8),
                        cpu.tables().tr().base()));
        fails(cases, "a null ss0", where, "#TS(0x0)", cpu -> setStackSelector(cpu, 0));
        fails(cases, "an ss0 beyond the GDT", where, "#TS(0x7f8)", cpu -> setStackSelector(cpu, 0x7f8));
        fails(cases, "an ss0 with RPL 3", where, "#TS(0x68)", cpu -> setStackSelector(cpu, 0x6b));
        fails(cases, "an ss0 of DPL 3", where, "#TS(0x78)", cpu -> setStackSelector(cpu, 0x78));
        fails(cases, "an ss0 that is code", where, "#TS(0x60)", cpu -> setStackSelector(cpu, 0x60));
        fails(cases, "an ss0 that is read-only", where, "#TS(0x58)", cpu -> {
            putDescriptor(cpu, FREE, Descriptor.flat(0, 0, Width.BITS_32));
            setStackSelector(cpu, FREE);
        });
        fails(cases, "an ss0 that is not present", where, "#SS(0x58)", cpu -> {
            putDescriptor(cpu, FREE, Descriptor.flat(Descriptor.WRITABLE, 0, Width.BITS_32) & ~PRESENT);
            setStackSelector(cpu, FREE);
        });
        fails(cases, "an ss0 without room for the frame", where, "#SS(0x58)", cpu -> {
            putDescriptor(cpu, FREE, Descriptor.flat(Descriptor.WRITABLE, 0, Width.BITS_32) & ~(1L << 55));
            setStackSelector(cpu, FREE);
        });
        fails(cases, "a stack that is not mapped", where, "#PF(0x2)", cpu -> cpu.mmu()
                .write32(cpu.tables().tr().base() + 4, 0xd000_0000L, Paging.READ));
    }

    private static void stack64(Cases cases) {
        fails(cases, "a TSS too short for rsp0", MODERN, "#TS(0x40)", cpu -> cpu.tables()
                .loadTask(
                        0x40,
                        Descriptor.taskStateSegment(cpu.tables().tr().base(), 10),
                        cpu.tables().tr().base()));
        fails(cases, "an rsp0 that is not canonical", MODERN, "#SS(0x0)", cpu -> cpu.mmu()
                .write64(cpu.tables().tr().base() + 4, 0x1234_0000_0000_0000L, Paging.READ));
        fails(cases, "a stack that is not mapped", MODERN, "#PF(0x2)", cpu -> cpu.mmu()
                .write64(cpu.tables().tr().base() + 4, 0xffff_d000_0000_0000L, Paging.READ));
    }
}
