package dev.trapgate.emulator.semantics;

import static dev.trapgate.emulator.semantics.Profile.ANY;
import static dev.trapgate.emulator.semantics.Profile.CLASSIC;
import static dev.trapgate.emulator.semantics.Profile.CODE_32;
import static dev.trapgate.emulator.semantics.Profile.CODE_64;
import static dev.trapgate.emulator.semantics.Profile.MODERN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.CallingWay;
import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.UserInstruction;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.ModelSpecificRegisters;
import dev.trapgate.emulator.linux.arch.x86.entry.SyscallTable;
import dev.trapgate.entry.Gate;
import java.util.Optional;

/** Lines 1 to 8, and the vDSO's 33: numbers, tables, the segments of a program that begins. */
final class TableCases {

    private static final long ENOSYS = -Errno.ENOSYS.number();
    private static final long EINVAL = -Errno.EINVAL.number();
    private static final long EFAULT = -Errno.EFAULT.number();

    private TableCases() {}

    static void addTo(Cases cases) {
        numbers(cases, UserInstruction.INT_80);
        numbers(cases, UserInstruction.SYSCALL);
        x32(cases);
        demultiplexing(cases);
        beginning(cases);
        cases.add(33, "a vDSO function answers −errno", MODERN.and(CODE_64), program -> assertThat(
                        EmulatedGates.open(Gate.EMULATED_VDSO, program.machine)
                                .enter(Syscall.CLOCK_GETTIME.number(Abi.X86_64), 99, 0, 0, 0, 0, 0))
                .isEqualTo(EINVAL));
    }

    private static void numbers(Cases cases, UserInstruction way) {
        var where = way == UserInstruction.SYSCALL ? MODERN.and(CODE_64) : ANY;
        cases.add(1, "getpid by its number through " + way, where, program -> {
            program.number(way, Syscall.GETPID);
            program.thread.execute(way);
            assertThat(program.result(way)).isEqualTo(program.machine.process().tgid());
        });
        cases.add(1, "garbage above bit 31 of rax is ignored by " + way, where.and(CODE_64), program -> {
            int number = Syscall.GETPID.number(program.abi(way));
            program.set(GeneralRegisters.RAX, 0xdead_beef_0000_0000L | number);
            program.thread.execute(way);
            assertThat(program.result(way)).isEqualTo(program.machine.process().tgid());
        });
        answersEnosys(cases, where, way, "the table's size", table -> table.size());
        answersEnosys(cases, where, way, "−1", table -> -1);
        answersEnosys(cases, where, way, "the least int", table -> Integer.MIN_VALUE);
        answersEnosys(cases, where, way, "the greatest int", table -> Integer.MAX_VALUE);
    }

    /** Picks a number that a table does not have. */
    @FunctionalInterface
    private interface Outside {
        int number(SyscallTable table);
    }

    private static void answersEnosys(
            Cases cases,
            java.util.function.Predicate<Profile> where,
            UserInstruction way,
            String what,
            Outside outside) {
        cases.add(2, what + " answers ENOSYS through " + way, where, program -> {
            SyscallTable table = program.machine.table(program.abi(way)).orElseThrow();
            program.set(GeneralRegisters.RAX, outside.number(table) & 0xffff_ffffL);
            program.thread.execute(way);
            assertThat(program.result(way)).isEqualTo(ENOSYS);
        });
    }

    private static void x32(Cases cases) {
        for (int number : new int[] {39, 512, 547, 0}) {
            cases.add(
                    3, "x32 number " + number + " answers ENOSYS without the x32 ABI", MODERN.and(CODE_64), program -> {
                        program.set(GeneralRegisters.RAX, Abi.X32_SYSCALL_BIT | number);
                        program.thread.execute(UserInstruction.SYSCALL);
                        assertThat(program.result(UserInstruction.SYSCALL)).isEqualTo(ENOSYS);
                    });
        }
        for (int number : new int[] {512, 520, 547}) {
            cases.add(3, "number " + number + " is x32's own", MODERN.and(CODE_64), program -> {
                program.set(GeneralRegisters.RAX, number);
                program.thread.execute(UserInstruction.SYSCALL);
                assertThat(program.result(UserInstruction.SYSCALL)).isEqualTo(ENOSYS);
            });
        }
        cases.add(3, "x32 getpid answers with the x32 ABI", MODERN.and(CODE_64), program -> {
            try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN_X32, program.profile.vendor())) {
                long pid = machine.newThread().call(CallingWay.SYSCALL, Abi.X32_SYSCALL_BIT | 39, 0, 0, 0, 0, 0, 0);
                assertThat(pid).isEqualTo(machine.process().tgid());
            }
        });
    }

    private static void demultiplexing(Cases cases) {
        i386(cases, "socketcall 0 is EINVAL before its arguments are read", Syscall.SOCKETCALL, EINVAL, 0, 1);
        i386(cases, "socketcall 21 is EINVAL before its arguments are read", Syscall.SOCKETCALL, EINVAL, 21, 1);
        i386(cases, "socketcall with a bad pointer is EFAULT", Syscall.SOCKETCALL, EFAULT, 1, 1);
        i386(cases, "ipc with an unknown call is ENOSYS", Syscall.IPC, ENOSYS, 99, 0);
        i386(cases, "ipc with a version and an unknown call is ENOSYS", Syscall.IPC, ENOSYS, 0x1_0063, 0);
        i386(cases, "break is ENOSYS", Syscall.BREAK, ENOSYS, 0, 0);
        i386(cases, "ftime is ENOSYS", Syscall.FTIME, ENOSYS, 0, 0);
        i386(cases, "lock is ENOSYS", Syscall.LOCK, ENOSYS, 0, 0);
        cases.add(4, "old_mmap with an unaligned offset is EINVAL", ANY, program -> {
            long block = program.stack() - 256;
            for (int word = 0; word < 6; word++) {
                program.thread.task().uaccess().putUser32(block + 4L * word, word == 5 ? 1 : 4096);
            }
            program.set(GeneralRegisters.RAX, Syscall.MMAP.number(Abi.I386));
            program.set(GeneralRegisters.RBX, block);
            program.thread.execute(UserInstruction.INT_80);
            assertThat(program.result(UserInstruction.INT_80)).isEqualTo(EINVAL);
        });
    }

    private static void i386(Cases cases, String what, Syscall call, long answer, long first, long second) {
        cases.add(4, what, ANY, program -> {
            program.set(GeneralRegisters.RAX, call.number(Abi.I386));
            program.set(GeneralRegisters.RBX, first);
            program.set(GeneralRegisters.RCX, second);
            program.thread.execute(UserInstruction.INT_80);
            assertThat(program.result(UserInstruction.INT_80)).isEqualTo(answer);
        });
    }

    private static void beginning(Cases cases) {
        cases.add(6, "a 64-bit program's selectors", MODERN.and(CODE_64), program -> {
            assertThat(program.cpu.segments().cs().selector()).isEqualTo(0x33);
            assertThat(program.cpu.segments().ss().selector()).isEqualTo(0x2b);
        });
        cases.add(6, "a 32-bit program's selectors", MODERN.and(CODE_32), program -> {
            assertThat(program.cpu.segments().cs().selector()).isEqualTo(0x23);
            assertThat(program.cpu.segments().ss().selector()).isEqualTo(0x2b);
        });
        cases.add(6, "MSR_STAR", MODERN, program -> assertThat(
                        program.cpu.msrs().read(ModelSpecificRegisters.STAR) >>> 32)
                .isEqualTo(0x0023_0010));
        cases.add(7, "MSR_SYSCALL_MASK", MODERN, program -> assertThat(
                        program.cpu.msrs().read(ModelSpecificRegisters.FMASK))
                .isEqualTo(0x25_7fd5));
        cases.add(7, "SYSCALL clears every flag of the mask", MODERN.and(CODE_64), program -> {
            program.cpu.setRflags(-1L & ~Flags.VM);
            assertThat(program.cpu.syscall()).isZero();
            assertThat(program.cpu.rflags() & 0x25_7fd5).isZero();
        });
        cases.add(8, "registers and flags of a program that begins", ANY, program -> {
            for (int register = 0; register < GeneralRegisters.COUNT; register++) {
                if (register != GeneralRegisters.RSP) {
                    assertThat(program.get(register)).isZero();
                }
            }
            assertThat(program.cpu.rflags()).isEqualTo(0x202);
        });
        cases.add(8, "data segments of a program that begins", MODERN, program -> {
            int expected = CODE_64.test(program.profile) ? 0 : 0x2b;
            assertThat(program.cpu.segments().ds().selector()).isEqualTo(expected);
            assertThat(program.cpu.segments().es().selector()).isEqualTo(expected);
        });
        cases.add(28, "the classic kernel speaks i386 only", CLASSIC, program -> assertThat(
                        program.machine.table(Abi.X86_64))
                .isEqualTo(Optional.empty()));
    }
}
