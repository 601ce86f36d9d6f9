package dev.trapgate.emulator.semantics;

import static dev.trapgate.emulator.semantics.Profile.ANY;
import static dev.trapgate.emulator.semantics.Profile.CLASSIC;
import static dev.trapgate.emulator.semantics.Profile.CODE_32;
import static dev.trapgate.emulator.semantics.Profile.CODE_64;
import static dev.trapgate.emulator.semantics.Profile.MODERN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.UserInstruction;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GateDescriptor;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.linux.kernel.Signal;
import java.util.List;

/** Lines 10 to 12, 14 and 19: software interrupts, IRET, and what a program may not do. */
final class InterruptCases {

    private static final int TRAP_GP = 13;

    private InterruptCases() {}

    static void addTo(Cases cases) {
        software(cases);
        gate(cases);
        stack(cases);
        iret(cases);
        privileged(cases);
    }

    private static void killed(Cases cases, UserInstruction instruction, int signal, int trap, int error) {
        cases.add(10, instruction + " raises signal " + signal + ", trap " + trap, ANY, program -> {
            program.thread.execute(instruction);
            program.assertKilled(signal, trap, error);
        });
    }

    private static void software(Cases cases) {
        killed(cases, UserInstruction.INT_81, Signal.SIGSEGV, TRAP_GP, 0x40a);
        killed(cases, UserInstruction.INT_20, Signal.SIGSEGV, TRAP_GP, 0x102);
        killed(cases, UserInstruction.INT_0D, Signal.SIGSEGV, TRAP_GP, 0x6a);
        killed(cases, UserInstruction.INT_1, Signal.SIGSEGV, TRAP_GP, 0x0a);
        killed(cases, UserInstruction.INT1, Signal.SIGTRAP, 1, 0);
        killed(cases, UserInstruction.INT3, Signal.SIGTRAP, 3, 0);
        killed(cases, UserInstruction.INT_3, Signal.SIGTRAP, 3, 0);
        killed(cases, UserInstruction.INT_4, Signal.SIGSEGV, 4, 0);
        cases.add(10, "INTO with OF is trap 4", CODE_32, program -> {
            program.cpu.setRflags(program.cpu.rflags() | Flags.OF);
            program.thread.execute(UserInstruction.INTO);
            program.assertKilled(Signal.SIGSEGV, 4, 0);
        });
        cases.add(10, "INTO without OF goes on", CODE_32, program -> {
            assertThat(program.thread.execute(UserInstruction.INTO)).isTrue();
            assertThat(program.cpu.rip()).isEqualTo(program.machine.address(UserInstruction.INTO) + 1);
        });
        cases.add(10, "INTO is no instruction in 64-bit code", CODE_64, program -> {
            program.cpu.setRflags(program.cpu.rflags() | Flags.OF);
            program.thread.execute(UserInstruction.INTO);
            program.assertKilled(Signal.SIGILL, 6, 0);
        });
    }

    private static long gateBytes(Program program) {
        long at = program.cpu.tables().idtBase() + 0x80L * program.cpu.tables().gateSize();
        return program.cpu.mmu().read64(at, Paging.READ);
    }

    private static void gate(Cases cases) {
        cases.add(11, "vector 0x80's gate is open to programs", ANY, program -> assertThat(
                        GateDescriptor.dpl(gateBytes(program)))
                .isEqualTo(3));
        cases.add(11, "vector 0x80 is a trap gate, IF stays", CLASSIC, program -> {
            assertThat(GateDescriptor.type(gateBytes(program))).isEqualTo(GateDescriptor.TRAP);
            assertThat(program.cpu.interrupt(0x80)).isZero();
            assertThat(program.cpu.rflags() & Flags.IF).isNotZero();
        });
        cases.add(11, "vector 0x80 is an interrupt gate, IF is cleared", MODERN, program -> {
            assertThat(GateDescriptor.type(gateBytes(program))).isEqualTo(GateDescriptor.INTERRUPT);
            assertThat(program.cpu.interrupt(0x80)).isZero();
            assertThat(program.cpu.rflags() & Flags.IF).isZero();
        });
        for (long flag : new long[] {Flags.TF, Flags.NT, Flags.RF}) {
            cases.add(11, "entry clears flag 0x" + Long.toHexString(flag), ANY, program -> {
                program.cpu.setRflags(program.cpu.rflags() | flag);
                assertThat(program.cpu.interrupt(0x80)).isZero();
                assertThat(program.cpu.rflags() & flag).isZero();
            });
        }
        cases.add(11, "no error code is pushed", ANY, program -> {
            assertThat(program.cpu.interrupt(0x80)).isZero();
            assertThat(program.recorder.pushes).hasSize(5);
        });
    }

    private static void stack(Cases cases) {
        cases.add(12, "the frame's order and the TSS's stack", ANY, program -> {
            program.cpu.setRip(0x1000);
            assertThat(program.cpu.interrupt(0x80)).isZero();
            boolean wide = MODERN.test(program.profile);
            assertThat(program.recorder.pushes)
                    .isEqualTo(
                            wide
                                    ? List.of("ss", "rsp", "rflags", "cs", "rip")
                                    : List.of("ss", "esp", "eflags", "cs", "eip"));
            assertThat(program.recorder.taskState).isEqualTo(wide ? List.of("rsp0") : List.of("esp0", "ss0"));
        });
        cases.add(12, "the pushed instruction pointer is after the INT", ANY, program -> {
            program.cpu.setRip(0x1000);
            assertThat(program.cpu.interrupt(0x80)).isZero();
            assertThat(program.recorder.pushed.getLast()).isEqualTo(0x1002);
        });
        cases.add(12, "in long mode the stack is aligned to 16 first", MODERN, program -> {
            long field = program.cpu.tables().tr().base() + 4;
            long top = program.cpu.mmu().read64(field, Paging.READ);
            program.cpu.mmu().write64(field, top - 8, Paging.READ);
            assertThat(program.cpu.interrupt(0x80)).isZero();
            assertThat(program.get(GeneralRegisters.RSP)).isEqualTo(top - 16 - 40);
        });
    }

    /** Lays an IRET frame on the program's own stack. */
    private static void frame(Program program, long ip, int cs, long flags, int ss) {
        boolean wide = CODE_64.test(program.profile);
        long at = program.stack() - 256;
        program.set(GeneralRegisters.RSP, at);
        long[] words = {ip, cs, flags, program.stack() - 64, ss};
        for (int i = 0; i < words.length; i++) {
            if (wide) {
                program.thread.task().uaccess().putUser64(at + 8L * i, words[i]);
            } else {
                program.thread.task().uaccess().putUser32(at + 4L * i, words[i]);
            }
        }
    }

    private static UserInstruction iretOf(Program program) {
        return CODE_64.test(program.profile) ? UserInstruction.IRETQ : UserInstruction.IRETD;
    }

    private static void iret(Cases cases) {
        cases.add(14, "IRET with NT is #GP(0) in long mode", MODERN, program -> {
            program.cpu.setRflags(program.cpu.rflags() | Flags.NT);
            program.thread.execute(iretOf(program));
            program.assertKilled(Signal.SIGSEGV, TRAP_GP, 0);
        });
        cases.add(14, "a program's IRET cannot raise IOPL or clear IF", ANY, program -> {
            int cs = program.cpu.segments().cs().selector();
            int ss = program.cpu.segments().ss().selector();
            frame(program, 0x1234, cs, Flags.IOPL | Flags.CF, ss);
            assertThat(program.thread.execute(iretOf(program))).isTrue();
            assertThat(program.cpu.rip()).isEqualTo(0x1234);
            assertThat(program.cpu.rflags()).isEqualTo(Flags.FIXED | Flags.IF | Flags.CF);
        });
        cases.add(14, "a program's IRET cannot lower its privilege level", ANY, program -> {
            int kernelCs = CLASSIC.test(program.profile) ? 0x60 : 0x10;
            frame(
                    program,
                    0x1234,
                    kernelCs,
                    Flags.IF,
                    program.cpu.segments().ss().selector());
            program.thread.execute(iretOf(program));
            program.assertKilled(Signal.SIGSEGV, TRAP_GP, kernelCs);
        });
        cases.add(14, "IRET to an outer level takes SS:ESP and drops the kernel's data segments", ANY, program -> {
            assertThat(program.cpu.interrupt(0x80)).isZero();
            long kernelData = Descriptor.flat(Descriptor.WRITABLE, 0, Descriptor.Width.BITS_32);
            program.cpu.segments().ds().load(0x68, kernelData);
            program.cpu.segments().es().load(0x68, kernelData);
            long sp = program.recorder.pushed.get(1);
            assertThat(Fault.toString(program.cpu.iretq())).isEqualTo("no fault");
            assertThat(program.cpu.cpl()).isEqualTo(3);
            assertThat(program.get(GeneralRegisters.RSP)).isEqualTo(sp);
            assertThat(program.cpu.segments().ds().isUnusable()).isTrue();
            assertThat(program.cpu.segments().es().selector()).isZero();
        });
    }

    private static void privileged(Cases cases) {
        List<UserInstruction> everywhere = List.of(
                UserInstruction.HLT,
                UserInstruction.CLI,
                UserInstruction.STI,
                UserInstruction.RDMSR,
                UserInstruction.WRMSR,
                UserInstruction.SYSEXIT);
        for (UserInstruction instruction : everywhere) {
            cases.add(19, instruction + " is #GP(0) in a program", ANY, program -> {
                program.thread.execute(instruction);
                program.assertKilled(Signal.SIGSEGV, TRAP_GP, 0);
            });
        }
        for (UserInstruction instruction :
                List.of(UserInstruction.SYSRETQ, UserInstruction.SYSRETL, UserInstruction.SWAPGS)) {
            cases.add(19, instruction + " is #GP(0) in 64-bit code", CODE_64, program -> {
                program.thread.execute(instruction);
                program.assertKilled(Signal.SIGSEGV, TRAP_GP, 0);
            });
        }
    }
}
