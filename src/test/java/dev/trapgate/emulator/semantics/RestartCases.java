package dev.trapgate.emulator.semantics;

import static dev.trapgate.emulator.cpu.GeneralRegisters.RAX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RBP;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RCX;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RDI;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSI;
import static dev.trapgate.emulator.cpu.GeneralRegisters.RSP;
import static dev.trapgate.emulator.semantics.Profile.ANY;
import static dev.trapgate.emulator.semantics.Profile.CODE_32;
import static dev.trapgate.emulator.semantics.Profile.CODE_64;
import static dev.trapgate.emulator.semantics.Profile.INTEL;
import static dev.trapgate.emulator.semantics.Profile.MODERN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.CallingWay;
import dev.trapgate.emulator.UserInstruction;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.SignalAction;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import java.util.function.Predicate;

/** Lines 29 to 32: restarts, handlers, and the vsyscall page. */
final class RestartCases {

    private static final long EINTR = -Errno.EINTR.number();
    private static final long HANDLER = 0x0804_8100L;
    private static final long VSYSCALL_PAGE = 0xffff_ffff_ff60_0000L;

    private RestartCases() {}

    static void addTo(Cases cases) {
        restarts(cases, CallingWay.INT80_32, CODE_32);
        restarts(cases, CallingWay.INT80_64, CODE_64);
        restarts(cases, CallingWay.SYSCALL, CODE_64);
        restarts(cases, CallingWay.VSYSCALL, CODE_32);
        handlers(cases, UserInstruction.INT_80, ANY);
        handlers(cases, UserInstruction.SYSCALL, CODE_64);
        handlers(cases, UserInstruction.SYSENTER, INTEL.and(CODE_32));
        vsyscallPage(cases);
    }

    /** A call that a signal breaks off the first time, and that answers 42 the second. */
    private static SyscallHandler brokenOffOnce(long by) {
        boolean[] done = {false};
        return (task, regs) -> {
            if (done[0]) {
                return 42;
            }
            done[0] = true;
            task.signalWakeUp();
            if (by == -516) {
                task.setRestart((again, sameRegs) -> 43);
            }
            return by;
        };
    }

    private static void restarts(Cases cases, CallingWay way, Predicate<Profile> where) {
        for (long by : new long[] {-512, -513, -514}) {
            cases.add(30, way + " broken off by " + by + " is made again without a handler", where, program -> {
                program.machine
                        .table(way.abi())
                        .orElseThrow()
                        .replace(Syscall.GETPID.number(way.abi()), brokenOffOnce(by));
                assertThat(program.thread.call(way, Syscall.GETPID.number(way.abi()), 0, 0, 0, 0, 0, 0))
                        .isEqualTo(42);
            });
        }
        cases.add(30, way + " broken off by −516 goes on by restart_syscall", where, program -> {
            program.machine
                    .table(way.abi())
                    .orElseThrow()
                    .replace(Syscall.GETPID.number(way.abi()), brokenOffOnce(-516));
            assertThat(program.thread.call(way, Syscall.GETPID.number(way.abi()), 0, 0, 0, 0, 0, 0))
                    .isEqualTo(43);
            assertThat(Syscall.RESTART_SYSCALL.number(way.abi())).isEqualTo(way.abi() == Abi.I386 ? 0 : 219);
        });
        cases.add(29, way + " restarts two bytes before its return, with the number in ax", where, program -> {
            long[] at = new long[2];
            program.machine.table(way.abi()).orElseThrow().replace(Syscall.GETPID.number(way.abi()), (task, regs) -> {
                if (at[0] == 0) {
                    at[0] = regs.ip();
                    task.signalWakeUp();
                    return -512;
                }
                at[1] = regs.origAx();
                return 0;
            });
            program.thread.call(way, Syscall.GETPID.number(way.abi()), 0, 0, 0, 0, 0, 0);
            assertThat(at[1]).isEqualTo(Syscall.GETPID.number(way.abi()));
            int length = way == CallingWay.VSYSCALL ? program.cpu.mmu().read8(at[0] - 2, 0) : 0;
            assertThat(length).isIn(0, 0xcd, 0xeb);
        });
    }

    private static void handled(
            Cases cases, UserInstruction way, Predicate<Profile> where, long by, long flags, long answer) {
        String name = way + " broken off by " + by + (flags == 0 ? "" : " with SA_RESTART");
        cases.add(
                30, name + (answer == EINTR ? " is EINTR" : " is made again") + " after a handler", where, program -> {
                    program.handle(Signal.SIGUSR1, HANDLER, flags);
                    program.hookGetpid(way, (task, regs) -> {
                        task.send(Signal.of(Signal.SIGUSR1));
                        return by;
                    });
                    program.set(RBP, program.stack() - 64);
                    long number = program.get(RAX);
                    program.thread.execute(way);
                    assertThat(program.cpu.rip()).isEqualTo(HANDLER);
                    boolean again = answer != EINTR;
                    assertThat(program.savedAx()).isEqualTo(again ? number : EINTR);
                    assertThat(program.get(program.profile.width() == Width.BITS_64 ? RDI : RAX))
                            .isEqualTo(Signal.SIGUSR1);
                });
    }

    private static void handlers(Cases cases, UserInstruction way, Predicate<Profile> where) {
        handled(cases, way, where, -512, 0, EINTR);
        handled(cases, way, where, -512, SignalAction.SA_RESTART, 0);
        handled(cases, way, where, -513, 0, 0);
        handled(cases, way, where, -514, SignalAction.SA_RESTART, EINTR);
        handled(cases, way, where, -516, SignalAction.SA_RESTART, EINTR);
        cases.add(31, "a handler starts with DF, RF and TF clear, after " + way, where, program -> {
            program.handle(Signal.SIGUSR1, HANDLER, 0);
            program.hookGetpid(way, (task, regs) -> {
                task.send(Signal.of(Signal.SIGUSR1));
                regs.setFlags(regs.flags() | Flags.DF | Flags.RF | Flags.TF | Flags.CF);
                return 0;
            });
            program.set(RBP, program.stack() - 64);
            program.thread.execute(way);
            assertThat(program.cpu.rip()).isEqualTo(HANDLER);
            assertThat(program.cpu.rflags() & (Flags.DF | Flags.RF | Flags.TF)).isZero();
            assertThat(program.cpu.rflags() & Flags.CF).isNotZero();
            assertThat(program.get(program.profile.width() == Width.BITS_64 ? RDI : RAX))
                    .isEqualTo(Signal.SIGUSR1);
        });
    }

    private static void vsyscallPage(Cases cases) {
        Predicate<Profile> where = MODERN.and(CODE_64);
        cases.add(32, "0x400 is time", where, program -> {
            callPage(program, 0x400, 0, 0);
            assertThat(program.cpu.rip()).isEqualTo(0x1234);
            assertThat(program.get(RAX)).isPositive();
            assertThat(program.get(RSP)).isEqualTo(program.stack() - 56);
        });
        cases.add(32, "0 is gettimeofday", where, program -> {
            long buffer = program.stack() - 128;
            callPage(program, 0, buffer, 0);
            assertThat(program.cpu.rip()).isEqualTo(0x1234);
            assertThat(program.get(RAX)).isZero();
            assertThat(program.cpu.mmu().read64(buffer, 0)).isPositive();
        });
        cases.add(32, "0x800 is getcpu", where, program -> {
            callPage(program, 0x800, 0, 0);
            assertThat(program.cpu.rip()).isEqualTo(0x1234);
            assertThat(program.get(RAX)).isZero();
        });
        for (long offset : new long[] {0xc00, 0x401, 0x8, 0x7ff}) {
            cases.add(32, "0x" + Long.toHexString(offset) + " is SIGSEGV", where, program -> {
                callPage(program, offset, 0, 0);
                assertThat(program.thread.task().end().signal().number()).isEqualTo(Signal.SIGSEGV);
            });
        }
        cases.add(32, "a read is SIGSEGV, MAPERR, error 5", where, program -> {
            program.set(RSP, VSYSCALL_PAGE);
            program.set(RCX, 0);
            program.cpu.setRip(program.machine.kernelVsyscall() + 9);
            program.thread.step();
            program.assertKilled(Signal.SIGSEGV, 14, 5);
            assertThat(program.thread.task().end().signal().code()).isEqualTo(Signal.SEGV_MAPERR);
            assertThat(program.thread.task().end().signal().address()).isEqualTo(VSYSCALL_PAGE);
        });
    }

    private static void callPage(Program program, long offset, long first, long second) {
        long sp = program.stack() - 64;
        program.thread.task().uaccess().putUser64(sp, 0x1234);
        program.set(RSP, sp);
        program.set(RDI, first);
        program.set(RSI, second);
        program.cpu.setRip(VSYSCALL_PAGE + offset);
        program.thread.step();
    }
}
