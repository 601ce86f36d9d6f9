package dev.trapgate.emulator.linux.kernel.entry;

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
import dev.trapgate.emulator.linux.kernel.SyscallWork;
import dev.trapgate.emulator.linux.kernel.SyscallWork.Tracing;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SyscallTraceTest {

    private final EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL);
    private final EmulatedThread thread = machine.newThread();
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void switchOff() {
        machine.close();
    }

    private long call(CallingWay way, Syscall call, long... arguments) {
        long[] six = java.util.Arrays.copyOf(arguments, 6);
        return thread.call(way, call.number(way.abi()), six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    /** Keeps what it is told, and puts another number in the place of one. */
    private final class Keeper implements SyscallWork.Tracer, SyscallWork.Observer {

        private final String name;
        private final int replaced;
        private final int by;

        Keeper(String name, int replaced, int by) {
            this.name = name;
            this.replaced = replaced;
            this.by = by;
        }

        @Override
        public void enter(Task task, PtRegs regs) {
            told.add(name + " enter " + regs.origAx());
            if (regs.origAx() == replaced) {
                regs.setOrigAx(by);
            }
        }

        @Override
        public void exit(Task task, PtRegs regs) {
            told.add(name + " exit " + regs.ax());
        }

        @Override
        public void enter(Task task, PtRegs regs, long nr) {
            told.add(name + " enter " + nr);
        }

        @Override
        public void exit(Task task, PtRegs regs, long result) {
            told.add(name + " exit " + result);
        }
    }

    private static final int NONE = -99;

    @ParameterizedTest
    @EnumSource(value = CallingWay.class)
    void aTracerSeesBothEndsAndMayChangeTheCall(CallingWay way) {
        int getpid = Syscall.GETPID.number(way.abi());
        int getppid = Syscall.GETPPID.number(way.abi());
        thread.task().work().trace(new Keeper("tracer", getpid, getppid), Tracing.SYSCALL);

        assertThat(call(way, Syscall.GETPID)).isEqualTo(1);
        assertThat(told).containsExactly("tracer enter " + getpid, "tracer exit 1");
        thread.task().work().detach();
        assertThat(call(way, Syscall.GETPID)).isEqualTo(1000);
        assertThat(told).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(value = CallingWay.class)
    void aTracerSkipsACallByItsNumber(CallingWay way) {
        thread.task().work().trace(new Keeper("tracer", Syscall.GETPID.number(way.abi()), -1), Tracing.SYSCALL);

        assertThat(call(way, Syscall.GETPID)).isEqualTo(-Errno.ENOSYS.number());
    }

    @ParameterizedTest
    @EnumSource(value = CallingWay.class)
    void aTracerThatMakesTheCallsItselfHasThemNotMade(CallingWay way) {
        thread.task().work().trace(new Keeper("tracer", NONE, NONE), Tracing.SYSEMU);

        assertThat(call(way, Syscall.GETPID)).isEqualTo(-Errno.ENOSYS.number());
        assertThat(told).containsExactly("tracer enter " + Syscall.GETPID.number(way.abi()));
    }

    @ParameterizedTest
    @EnumSource(value = CallingWay.class, names = "VSYSCALL", mode = Mode.EXCLUDE)
    void everybodyIsAskedInTheKernelsOrder(CallingWay way) {
        SyscallWork work = thread.task().work();
        int getpid = Syscall.GETPID.number(way.abi());
        int getppid = Syscall.GETPPID.number(way.abi());
        work.trace(new Keeper("tracer", getpid, getppid), Tracing.SYSCALL);
        work.setTracepoint(new Keeper("tracepoint", NONE, NONE));
        work.setAudit(new Keeper("audit", NONE, NONE));

        assertThat(call(way, Syscall.GETPID)).isEqualTo(1);
        assertThat(told)
                .containsExactly(
                        "tracer enter " + getpid,
                        "tracepoint enter " + getppid,
                        "audit enter " + getppid,
                        "audit exit 1",
                        "tracepoint exit 1",
                        "tracer exit 1");
        work.detach();
        work.setTracepoint(null);
        work.setAudit(null);
        assertThat(work.bits()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = CallingWay.class)
    void aProgramUntracedHasNoWork(CallingWay way) {
        assertThat(call(way, Syscall.GETPID)).isEqualTo(1000);
        assertThat(thread.task().work().bits()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Abi.class,
            names = {"X86_64", "I386"})
    void userDispatchRefusesWhatItMust(Abi abi) {
        CallingWay way = abi == Abi.X86_64 ? CallingWay.SYSCALL : CallingWay.INT80_64;
        long einval = -Errno.EINVAL.number();

        assertThat(call(way, Syscall.PRCTL, 59, 2)).isEqualTo(einval);
        assertThat(call(way, Syscall.PRCTL, 59, 0, 1)).isEqualTo(einval);
        assertThat(call(way, Syscall.PRCTL, 59, 0, 0, 1)).isEqualTo(einval);
        assertThat(call(way, Syscall.PRCTL, 59, 0, 0, 0, 1)).isEqualTo(einval);
        assertThat(call(way, Syscall.PRCTL, 59, 1, 5, 0)).isEqualTo(einval);
        assertThat(thread.task().work().bits()).isZero();
        if (abi == Abi.X86_64) {
            assertThat(call(way, Syscall.PRCTL, 59, 1, 0, 0, -8)).isEqualTo(-Errno.EFAULT.number());
        }
    }
}
