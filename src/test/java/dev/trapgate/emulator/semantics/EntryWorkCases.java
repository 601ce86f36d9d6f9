package dev.trapgate.emulator.semantics;

import static dev.trapgate.emulator.cpu.GeneralRegisters.RAX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RDI;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSI;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSP;
import static dev.trapgate.emulator.semantics.Profile.CLASSIC;
import static dev.trapgate.emulator.semantics.Profile.CODE_32;
import static dev.trapgate.emulator.semantics.Profile.CODE_64;
import static dev.trapgate.emulator.semantics.Profile.MODERN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.CallingWay;
import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.UserInstruction;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.entry.vdso.VdsoLookup;
import dev.trapgate.emulator.linux.kernel.SyscallWork;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;

/** Lines 5, 27, 33 and 34: what is done around a call, the way to 64-bit code, the vDSO's functions, errors. */
final class EntryWorkCases {

    private static final int REFUSED = 42;
    private static final long FILTER = 0x5_0000 | REFUSED;

    private EntryWorkCases() {}

    static void addTo(Cases cases) {
        order(cases, CallingWay.SYSCALL, MODERN.and(CODE_64));
        order(cases, CallingWay.INT80_64, MODERN.and(CODE_64));
        order(cases, CallingWay.INT80_32, MODERN.and(CODE_32));
        order(cases, CallingWay.VSYSCALL, MODERN.and(CODE_32));
        classicOrder(cases);
        farther(cases);
        vdso(cases);
        errors(cases);
    }

    /** Keeps who is asked, and has getppid made instead of getpid. */
    private record Witness(List<String> told, CallingWay way) implements SyscallWork.Tracer, SyscallWork.Observer {

        @Override
        public void enter(Task task, PtRegs regs) {
            told.add("ptrace");
            if (regs.origAx() == Syscall.GETPID.number(way.abi())) {
                regs.setOrigAx(Syscall.GETPPID.number(way.abi()));
            }
        }

        @Override
        public void exit(Task task, PtRegs regs) {
            told.add("ptrace after");
        }

        @Override
        public void enter(Task task, PtRegs regs, long nr) {
            told.add("observer of " + (nr == Syscall.GETPPID.number(way.abi()) ? "getppid" : "number " + nr));
        }

        @Override
        public void exit(Task task, PtRegs regs, long result) {
            told.add("observer of " + result);
        }
    }

    private static long call(Program program, CallingWay way, Syscall call, long... arguments) {
        long[] six = java.util.Arrays.copyOf(arguments, 6);
        return program.thread.call(way, call.number(way.abi()), six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    /** A filter that answers an errno to getppid. */
    private static void filter(Program program, CallingWay way) {
        int word = way.abi() == Abi.I386 ? 4 : 8;
        long at = program.stack() - 0x400;
        UserStructure memory = new UserStructure(0x60);
        memory.set16(0, 4);
        memory.setWord(word, at + 0x20, word);
        memory.set64(0x20, 0x20);
        memory.set64(0x28, 0x15 | 1L << 24 | (long) Syscall.GETPPID.number(way.abi()) << 32);
        memory.set64(0x30, 0x06 | FILTER << 32);
        memory.set64(0x38, 0x06 | 0x7fff_0000L << 32);
        assertThat(memory.to(program.thread.task().uaccess(), at)).isTrue();
        assertThat(call(program, way, Syscall.PRCTL, 38, 1)).isZero();
        assertThat(call(program, way, Syscall.PRCTL, 22, 2, at)).isZero();
    }

    private static void order(Cases cases, CallingWay way, Predicate<Profile> where) {
        cases.add(5, way + ": ptrace, then tracepoint and audit with the number read again", where, program -> {
            List<String> told = new ArrayList<>();
            Witness witness = new Witness(told, way);
            program.thread.task().work().trace(witness, SyscallWork.Tracing.SYSCALL);
            program.thread.task().work().setTracepoint(witness);
            program.thread.task().work().setAudit(witness);
            assertThat(call(program, way, Syscall.GETPID)).isEqualTo(1);
            assertThat(told)
                    .containsExactly(
                            "ptrace",
                            "observer of getppid",
                            "observer of getppid",
                            "observer of 1",
                            "observer of 1",
                            "ptrace after");
        });
        cases.add(5, way + ": seccomp sees what the tracer made of the call", where, program -> {
            filter(program, way);
            List<String> told = new ArrayList<>();
            Witness witness = new Witness(told, way);
            assertThat(call(program, way, Syscall.GETPID)).isEqualTo(1000);
            program.thread.task().work().trace(witness, SyscallWork.Tracing.SYSCALL);
            program.thread.task().work().setTracepoint(witness);
            assertThat(call(program, way, Syscall.GETPID)).isEqualTo(-REFUSED);
            assertThat(told).containsExactly("ptrace", "observer of -" + REFUSED, "ptrace after");
        });
        cases.add(5, way + ": syscall user dispatch comes before everybody else", where, program -> {
            filter(program, way);
            List<String> told = new ArrayList<>();
            assertThat(call(program, way, Syscall.PRCTL, 59, 1, 0, 0, 0)).isZero();
            program.thread.task().work().trace(new Witness(told, way), SyscallWork.Tracing.SYSCALL);
            call(program, way, Syscall.GETPPID);
            assertThat(program.thread.task().end()).hasToString("killed by SIGSYS");
            assertThat(told).isEmpty();
        });
    }

    private static void classicOrder(Cases cases) {
        for (CallingWay way : List.of(CallingWay.INT80_32, CallingWay.VSYSCALL)) {
            cases.add(5, way + ": ptrace, then audit, on the classic kernel", CLASSIC, program -> {
                List<String> told = new ArrayList<>();
                Witness witness = new Witness(told, way);
                program.thread.task().work().trace(witness, SyscallWork.Tracing.SYSCALL);
                program.thread.task().work().setAudit(witness);
                assertThat(call(program, way, Syscall.GETPID)).isEqualTo(1);
                assertThat(told).containsExactly("ptrace", "observer of getppid", "observer of 1", "ptrace after");
            });
        }
    }

    /** By IRET, which the emulated program's few instructions have, in the far jump's place. */
    private static void farther(Cases cases) {
        cases.add(27, "a 32-bit program goes to CS 0x33 and uses the 64-bit syscall", MODERN.and(CODE_32), program -> {
            long sp = program.stack() - 64;
            program.cpu.mmu().write32(sp, program.machine.address(UserInstruction.SYSCALL), Paging.USER);
            program.cpu.mmu().write32(sp + 4, 0x33, Paging.USER);
            program.cpu.mmu().write32(sp + 8, 0x202, Paging.USER);
            program.set(RSP, sp);
            program.thread.execute(UserInstruction.IRETD);
            assertThat(program.cpu.is64BitMode()).isTrue();
            program.set(RAX, Syscall.GETPID.number(Abi.X86_64));
            assertThat(program.thread.step()).isTrue();
            assertThat(program.get(RAX)).isEqualTo(1000);
            assertThat(program.cpu.rip()).isEqualTo(program.machine.address(UserInstruction.SYSCALL) + 2);
        });
    }

    private static void vdso(Cases cases) {
        Predicate<Profile> where = MODERN.and(CODE_64);
        for (String name : List.of("clock_gettime", "gettimeofday", "time", "getcpu", "clock_getres", "getrandom")) {
            cases.add(33, "the vDSO exports __vdso_" + name + " as LINUX_2.6", where, program -> {
                VdsoLookup lookup = lookup(program);
                assertThat(lookup.find("__vdso_" + name, "LINUX_2.6")).isPresent();
                assertThat(lookup.find("__vdso_" + name, "LINUX_2.5")).isEmpty();
            });
        }
        cases.add(33, "a vDSO function answers the kernel's error as it is", where, program -> {
            OptionalLong getcpu = lookup(program).find("__vdso_getcpu", "LINUX_2.6");
            long sp = program.stack() - 64;
            assertThat(program.thread.task().uaccess().putUser64(sp, 0x1234)).isTrue();
            program.set(RSP, sp);
            program.set(RDI, 16);
            program.set(RSI, 0);
            program.cpu.setRip(getcpu.orElseThrow());
            int steps = 0;
            while (program.cpu.rip() != 0x1234 && steps < 20) {
                assertThat(program.thread.step()).isTrue();
                steps++;
            }
            assertThat(program.get(RAX)).isEqualTo(-Errno.EFAULT.number());
            assertThat(program.get(RSP)).isEqualTo(sp + 8);
        });
    }

    private static VdsoLookup lookup(Program program) {
        return new VdsoLookup(program.thread.task().uaccess(), program.machine.vdso(Width.BITS_64));
    }

    private static void errors(Cases cases) {
        for (long result : new long[] {-4095, -4096, -1, Long.MIN_VALUE}) {
            cases.add(
                    34,
                    result + (Errno.isError(result) ? " is" : " is not") + " an error",
                    MODERN.and(CODE_64),
                    program -> {
                        program.machine
                                .table(Abi.X86_64)
                                .orElseThrow()
                                .replace(Syscall.GETPID.number(Abi.X86_64), (task, regs) -> result);
                        long answer = call(program, CallingWay.SYSCALL, Syscall.GETPID);
                        assertThat(answer).isEqualTo(result);
                        assertThat(Errno.isError(answer)).isEqualTo(Long.compareUnsigned(answer, -4096) > 0);
                    });
        }
        cases.add(34, "the raw exit ends the calling thread alone", MODERN.and(CODE_64), program -> {
            SyscallEntry gate = EmulatedGates.open(Gate.EMULATED_SYSCALL, program.machine);
            Assertions.assertThatThrownBy(() -> gate.enter(Syscall.EXIT.number(Abi.X86_64), 3, 0, 0, 0, 0, 0))
                    .isInstanceOf(EmulatedEndException.class)
                    .hasMessageContaining("exited with status 3");
            assertThat(program.thread.task().end()).isNull();
            assertThat(program.machine.process().end()).isNull();
        });
    }
}
