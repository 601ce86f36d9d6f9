package dev.trapgate.emulator.linux.kernel.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.CallingWay;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedThread;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.SyscallWork;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.host.FilteredThread;
import dev.trapgate.host.OpenGate;
import dev.trapgate.host.glibc.LibcSyscall;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeccompCallsTest {

    private static final int PR_GET_SECCOMP = 21;
    private static final int PR_SET_SECCOMP = 22;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_GET_NO_NEW_PRIVS = 39;

    private static final long LOAD_NUMBER = 0x20;
    private static final long RET = 0x06;

    private final EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL);
    private final EmulatedThread thread = machine.newThread();
    private final UserBuffer buffer = machine.memory(Abi.I386).open().allocate(4096, 8);

    @AfterEach
    void switchOff() {
        machine.close();
    }

    private static long error(Errno errno) {
        return -errno.number();
    }

    private long call(Syscall call, long... arguments) {
        return call(CallingWay.SYSCALL, call, arguments);
    }

    private long call(CallingWay way, Syscall call, long... arguments) {
        long[] six = java.util.Arrays.copyOf(arguments, 6);
        return thread.call(way, call.number(way.abi()), six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    private static long jumpUnless(long value) {
        return 0x15 | 1L << 24 | value << 32;
    }

    private static long ret(int answer) {
        return RET | (long) answer << 32;
    }

    /** Answers to getppid alone. */
    private static long[] onGetppid(int answer) {
        return new long[] {LOAD_NUMBER, jumpUnless(Syscall.GETPPID.number(Abi.X86_64)), ret(answer), ret(0x7fff_0000)};
    }

    private long program(long... steps) {
        buffer.segment().set(ValueLayout.JAVA_SHORT, 0, (short) steps.length);
        buffer.segment().set(ValueLayout.JAVA_LONG, 8, buffer.address() + 16);
        for (int i = 0; i < steps.length; i++) {
            buffer.segment().set(ValueLayout.JAVA_LONG, 16 + 8L * i, steps[i]);
        }
        return buffer.address();
    }

    private void install(long... steps) {
        assertThat(call(Syscall.PRCTL, PR_SET_NO_NEW_PRIVS, 1)).isZero();
        assertThat(call(Syscall.SECCOMP, 1, 0, program(steps))).isZero();
    }

    @Test
    void withoutNoNewPrivilegesAUserMayNotFilter() {
        assertThat(call(Syscall.SECCOMP, 1, 0, program(ret(0x7fff_0000)))).isEqualTo(error(Errno.EACCES));
        assertThat(call(Syscall.PRCTL, PR_GET_NO_NEW_PRIVS)).isZero();
        assertThat(call(Syscall.PRCTL, PR_SET_NO_NEW_PRIVS, 2)).isEqualTo(error(Errno.EINVAL));
        assertThat(call(Syscall.PRCTL, PR_SET_NO_NEW_PRIVS, 1, 1)).isEqualTo(error(Errno.EINVAL));
        assertThat(call(Syscall.PRCTL, PR_SET_NO_NEW_PRIVS, 1)).isZero();
        assertThat(call(Syscall.PRCTL, PR_GET_NO_NEW_PRIVS)).isEqualTo(1);
        assertThat(call(Syscall.PRCTL, PR_SET_SECCOMP, 2, program(ret(0x7fff_0000))))
                .isZero();
        assertThat(call(Syscall.PRCTL, PR_GET_SECCOMP)).isEqualTo(2);
        assertThat(call(Syscall.PRCTL, PR_SET_SECCOMP, 1)).isEqualTo(error(Errno.EINVAL));
    }

    @Test
    void refusesWhatTheManualSays() {
        assertThat(call(Syscall.SECCOMP, 9, 0, 0)).isEqualTo(error(Errno.EINVAL));
        assertThat(call(Syscall.SECCOMP, 0, 1, 0)).isEqualTo(error(Errno.EINVAL));
        assertThat(call(Syscall.SECCOMP, 0, 0, 1)).isEqualTo(error(Errno.EINVAL));
        assertThat(call(Syscall.SECCOMP, 1, 1 << 10, program(ret(0)))).isEqualTo(error(Errno.EINVAL));
        assertThat(call(Syscall.SECCOMP, 1, 0, 16)).isEqualTo(error(Errno.EFAULT));
        assertThat(call(Syscall.SECCOMP, 1, 0, program())).isEqualTo(error(Errno.EINVAL));
        assertThat(call(Syscall.PRCTL, PR_SET_NO_NEW_PRIVS, 1)).isZero();
        assertThat(call(Syscall.SECCOMP, 1, 0, program(0x20 | 64L << 32, ret(0))))
                .isEqualTo(error(Errno.EINVAL));
        assertThat(call(Syscall.SECCOMP, 1, 0, program(0x20 | 2L << 32, ret(0))))
                .isEqualTo(error(Errno.EINVAL));
        assertThat(call(Syscall.SECCOMP, 1, 0, program(0x28, ret(0)))).isEqualTo(error(Errno.EINVAL));
        assertThat(call(Syscall.SECCOMP, 1, 0, program(0x94 | 3L << 32, ret(0))))
                .isEqualTo(error(Errno.EINVAL));
        assertThat(call(Syscall.PRCTL, PR_GET_SECCOMP)).isZero();
    }

    @Test
    void tellsItsActionsAndSizes() {
        for (int action : new int[] {0, 0x8000_0000, 0x3_0000, 0x5_0000, 0x7fc0_0000, 0x7ff0_0000, 0x7ffc_0000}) {
            buffer.segment().set(ValueLayout.JAVA_INT, 0, action);
            assertThat(call(Syscall.SECCOMP, 2, 0, buffer.address())).isZero();
        }
        buffer.segment().set(ValueLayout.JAVA_INT, 0, 0x1_0000);
        assertThat(call(Syscall.SECCOMP, 2, 0, buffer.address())).isEqualTo(error(Errno.EOPNOTSUPP));
        assertThat(call(Syscall.SECCOMP, 3, 0, buffer.address())).isZero();
        assertThat(buffer.segment().get(ValueLayout.JAVA_SHORT, 4)).isEqualTo((short) 64);
    }

    @Test
    void answersAnErrnoWithoutMakingTheCall() {
        install(onGetppid(0x5_0000 | 42));

        assertThat(call(Syscall.GETPPID)).isEqualTo(-42);
        assertThat(call(Syscall.GETPID)).isEqualTo(1000);
        assertThat(call(CallingWay.INT80_64, Syscall.GETPPID)).isEqualTo(1);
    }

    @Test
    void anErrnoIsAtMost4095AndTheMostSevereOfTwoFiltersCounts() {
        install(onGetppid(0x5_ffff));
        assertThat(call(Syscall.GETPPID)).isEqualTo(-4095);
        install(onGetppid(0x7ffc_0000));
        assertThat(call(Syscall.GETPPID)).isEqualTo(-4095);
        install(onGetppid(0x5_0007));
        assertThat(call(Syscall.GETPPID)).isEqualTo(-7);
    }

    @Test
    void killsTheProcessOrTheThread() {
        EmulatedThread other = machine.newThread();
        install(onGetppid(0));
        call(Syscall.GETPPID);
        assertThat(thread.task().end()).hasToString("killed by SIGSYS");
        assertThat(other.task().end()).isNull();
        assertThat(other.call(CallingWay.SYSCALL, Syscall.GETPPID.number(Abi.X86_64), 0, 0, 0, 0, 0, 0))
                .isEqualTo(1);
    }

    @Test
    void killsTheWholeProcess() {
        EmulatedThread other = machine.newThread();
        install(onGetppid(0x8000_0000));
        call(Syscall.GETPPID);

        Signal signal = other.task().end().signal();
        assertThat(signal.number()).isEqualTo(Signal.SIGSYS);
        assertThat(signal.code()).isEqualTo(Signal.SYS_SECCOMP);
    }

    @Test
    void aFilterCanBeGivenToEveryThread() {
        EmulatedThread other = machine.newThread();
        assertThat(call(Syscall.PRCTL, PR_SET_NO_NEW_PRIVS, 1)).isZero();
        assertThat(call(Syscall.SECCOMP, 1, 1, program(onGetppid(0x5_0009)))).isZero();
        assertThat(other.call(CallingWay.SYSCALL, Syscall.GETPPID.number(Abi.X86_64), 0, 0, 0, 0, 0, 0))
                .isEqualTo(-9);
    }

    @Test
    void strictModeAllowsFourCalls() {
        assertThat(call(Syscall.PRCTL, PR_SET_SECCOMP, 1)).isZero();
        assertThat(call(Syscall.WRITE, 1, buffer.address(), 0)).isZero();
        call(Syscall.GETPID);
        assertThat(thread.task().end()).hasToString("killed by SIGKILL");
    }

    @Test
    void withoutATracerATracedCallIsNotThere() {
        install(onGetppid(0x7ff0_0000 | 5));

        assertThat(call(Syscall.GETPPID)).isEqualTo(error(Errno.ENOSYS));
    }

    @Test
    void aTracerIsToldAndMayChangeTheCallWhichIsLookedAtAgain() {
        install(onGetppid(0x7ff0_0000 | 5));
        List<Integer> told = new ArrayList<>();
        thread.task()
                .work()
                .trace(
                        new Quiet() {
                            @Override
                            public void seccomp(Task task, PtRegs regs, int data) {
                                told.add(data);
                                regs.setOrigAx(Syscall.GETPID.number(Abi.X86_64));
                            }
                        },
                        SyscallWork.Tracing.SYSCALL);

        assertThat(call(Syscall.GETPPID)).isEqualTo(1000);
        assertThat(told).containsExactly(5);
    }

    /** Looks on. */
    private abstract static class Quiet implements SyscallWork.Tracer {

        @Override
        public void enter(Task task, PtRegs regs) {
            // Nothing to change.
        }

        @Override
        public void exit(Task task, PtRegs regs) {
            // Nothing to change.
        }
    }

    /** Programs of arithmetic over the call's number, architecture and arguments, whose result is the errno. */
    @Test
    void filtersAnswerWhatTheRealKernelsAnswer() throws Exception {
        OpenGate.orSkip(Gate.LIBC_SYSCALL);
        SplittableRandom random = new SplittableRandom(7);
        long[] arguments = {0x1122_3344_5566_7788L, -1, 0x8000_0000L, 3, 0, 0xffff_ffff_0000_0001L};
        for (int i = 0; i < 60; i++) {
            long[] steps = randomProgram(random);
            long real = FilteredThread.of(steps).run(() -> LibcSyscall.call(Syscall.GETPPID, arguments));
            EmulatedThread own = machine.newThread();
            long number = Syscall.PRCTL.number(Abi.X86_64);
            own.call(CallingWay.SYSCALL, (int) number, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0);
            assertThat(own.call(CallingWay.SYSCALL, (int) number, PR_SET_SECCOMP, 2, program(steps), 0, 0, 0))
                    .isZero();
            long here = own.call(
                    CallingWay.SYSCALL,
                    Syscall.GETPPID.number(Abi.X86_64),
                    arguments[0],
                    arguments[1],
                    arguments[2],
                    arguments[3],
                    arguments[4],
                    arguments[5]);
            assertThat(here)
                    .as("program %d: %s", i, java.util.Arrays.toString(steps))
                    .isEqualTo(real);
            machine.release(own);
        }
    }

    private static long[] randomProgram(SplittableRandom random) {
        List<Long> steps = new ArrayList<>(List.of(
                LOAD_NUMBER, 0x15 | 1L << 16 | (long) Syscall.GETPPID.number(Abi.X86_64) << 32, ret(0x7fff_0000)));
        int count = 4 + random.nextInt(20);
        long[] alu = {0x04, 0x14, 0x24, 0x44, 0x54, 0xa4};
        for (int i = 0; i < count; i++) {
            long k = (long) random.nextInt() << 32;
            switch (random.nextInt(8)) {
                case 0 -> steps.add(0x20 | (long) loaded(random) << 32);
                case 1 -> steps.add(0x07L); // tax
                case 2 -> steps.add(0x84L); // neg
                case 3 -> steps.add((random.nextBoolean() ? 0x64 : 0x74) | (long) random.nextInt(32) << 32);
                case 4 -> steps.add(0x34 | (1L + random.nextInt(1000)) << 32); // div
                case 5 -> {
                    steps.add(0x02L); // st M[0]
                    steps.add(alu[random.nextInt(alu.length)] | k);
                    steps.add(0x61L); // ldx M[0]
                }
                case 6 -> {
                    long condition = new long[] {0x15, 0x25, 0x35, 0x45, 0x1d, 0x2d}[random.nextInt(6)];
                    steps.add(condition | 1L << 16 | k);
                    steps.add(0x0cL); // add x
                    steps.add(0x87L); // txa
                }
                default -> steps.add(alu[random.nextInt(alu.length)] | (random.nextBoolean() ? 0x08 : k));
            }
        }
        steps.add(0x54 | 0xfffL << 32);
        steps.add(0x44 | 0x5_0000L << 32);
        steps.add(0x16L); // ret a
        return steps.stream().mapToLong(Long::longValue).toArray();
    }

    /** Not the instruction pointer, which is another one here. */
    private static int loaded(SplittableRandom random) {
        int word = random.nextInt(14);
        return 4 * (word < 2 ? word : word + 2);
    }
}
