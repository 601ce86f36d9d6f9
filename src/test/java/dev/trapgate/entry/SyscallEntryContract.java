package dev.trapgate.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What every gate promises, whatever kernel is behind it. A gate's test extends this and names its entry. */
public abstract class SyscallEntryContract {

    private static final int NO_SUCH_NUMBER = 100_000;

    /** In nanoseconds; on a busy machine the JIT compiler takes its time. */
    private static final long COMPILED_BY_THEN = 60_000_000_000L;

    /** {@return the entry under test; skips the test with the gate's reason where it is not available} */
    protected abstract SyscallEntry entry();

    /** {@return the most bytes that a call may leave on the heap, 0 but for a gate that states otherwise} */
    protected long bytesPerCall() {
        return 0;
    }

    /** {@return how many calls to make at a time when counting what they allocate: fewer for a gate that is slow} */
    protected long callsPerRound() {
        return 10_000;
    }

    /** {@return what becomes of memory when its scope is closed} */
    protected ClosedMemory closedMemory() {
        return ClosedMemory.OUT_OF_REACH;
    }

    /** What can still be done with memory whose scope is closed. */
    protected enum ClosedMemory {
        /** Nothing; its addresses may belong to another allocation. */
        OUT_OF_REACH,
        /** Nothing, and the kernel knows nothing of it any more. */
        UNMAPPED
    }

    private long call(Syscall call, long... arguments) {
        SyscallEntry entry = entry();
        Optional<String> refusal = entry.refusal(call.number(entry.abi()));
        assumeTrue(refusal.isEmpty(), () -> refusal.orElse(""));
        return enter(entry, call, arguments);
    }

    private static long enter(SyscallEntry entry, Syscall call, long... arguments) {
        long[] six = java.util.Arrays.copyOf(arguments, 6);
        return entry.enter(call.number(entry.abi()), six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    private static long error(Errno errno) {
        return -errno.number();
    }

    @Test
    void namesItsGateAndThatGatesAbi() {
        assertThat(entry().abi()).isEqualTo(entry().gate().abi());
        assertThat(entry().linkage()).isEqualTo(Linkage.ORDINARY);
    }

    @Test
    void answersTheSameProcessIdEveryTime() {
        long first = call(Syscall.GETPID);

        assertThat(first).isPositive();
        assertThat(call(Syscall.GETPID)).isEqualTo(first);
    }

    @Test
    void answersAnErrorAsItsNumberNegated() {
        assertThat(call(Syscall.CLOSE, -1)).isEqualTo(error(Errno.EBADF));
    }

    @Test
    void takesA32BitArgumentSignExtendedOrZeroExtended() {
        assertThat(call(Syscall.CLOSE, 0xffff_ffffL)).isEqualTo(error(Errno.EBADF));
        assertThat(call(Syscall.CLOSE, -1L)).isEqualTo(error(Errno.EBADF));
    }

    @Test
    void answersEnosysToANumberThatNoKernelKnowsOrRefusesIt() {
        SyscallEntry entry = entry();
        if (entry.refusal(NO_SUCH_NUMBER).isEmpty()) {
            assertThat(entry.enter(NO_SUCH_NUMBER, 0, 0, 0, 0, 0, 0)).isEqualTo(error(Errno.ENOSYS));
        } else {
            assertThatThrownBy(() -> entry.enter(NO_SUCH_NUMBER, 0, 0, 0, 0, 0, 0))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining(String.valueOf(NO_SUCH_NUMBER));
        }
    }

    @Test
    void answersEfaultToAPointerThatIsNotMapped() {
        assertThat(call(Syscall.UNAME, 1)).isEqualTo(error(Errno.EFAULT));
    }

    @Test
    void writesIntoItsOwnMemory() {
        try (UserMemory.Scope scope = entry().memory().open()) {
            UserBuffer name = scope.allocate(390, 8);

            assertThat(call(Syscall.UNAME, name.address())).isZero();
            assertThat(name.segment().getString(0)).isEqualTo("Linux");
        }
    }

    @Test
    void readsTheClockIntoItsOwnMemory() {
        try (UserMemory.Scope scope = entry().memory().open()) {
            UserBuffer now = scope.allocate(16, 8);

            assertThat(call(Syscall.CLOCK_GETTIME, 0, now.address())).isZero();
            assertThat(now.segment().get(ValueLayout.JAVA_INT, 0)).isNotZero();
        }
    }

    @Test
    void allocatesZeroedMemoryBelowItsLimitWithTheAlignmentAskedFor() {
        UserMemory memory = entry().memory();
        for (int round = 0; round < 3; round++) {
            try (UserMemory.Scope scope = memory.open()) {
                UserBuffer buffer = scope.allocate(10_000, 4096);

                assertThat(buffer.address() % 4096).isZero();
                assertThat(buffer.address()).isBetween(1L, memory.limit() - 10_000);
                assertThat(buffer.segment().byteSize()).isEqualTo(10_000);
                assertThat(buffer.segment().toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
                buffer.segment().fill((byte) 0x5a);
            }
        }
    }

    @Test
    void refusesMemoryThatCannotBe() {
        try (UserMemory.Scope scope = entry().memory().open()) {
            assertThatThrownBy(() -> scope.allocate(-1, 8)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> scope.allocate(8, 3)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> scope.allocate(8, 8192)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> scope.allocate(Long.MAX_VALUE, 8)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void memoryOfAClosedScopeIsUnknownToAKernelThatUnmapsIt() {
        assumeTrue(closedMemory() == ClosedMemory.UNMAPPED, "its addresses may have been allocated anew");
        UserMemory.Scope scope = entry().memory().open();
        UserBuffer time = scope.allocate(16, 8);
        assertThat(call(Syscall.CLOCK_GETTIME, 0, time.address())).isZero();
        scope.close();
        scope.close();

        assertThat(call(Syscall.CLOCK_GETTIME, 0, time.address())).isEqualTo(error(Errno.EFAULT));
    }

    @Test
    void memoryOfAClosedScopeCannotBeReachedFromJava() {
        UserMemory.Scope scope = entry().memory().open();
        UserBuffer buffer = scope.allocate(8, 8);
        scope.close();
        scope.close();

        assertThatThrownBy(() -> buffer.segment().get(ValueLayout.JAVA_BYTE, 0))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void criticalLinkageMakesPromptCallsAndRefusesTheOthers() {
        SyscallEntry critical = critical();
        assertThat(critical.linkage()).isEqualTo(Linkage.CRITICAL);
        assertThat(critical.critical()).isSameAs(critical);
        if (critical.refusal(Syscall.GETPPID.number(critical.abi())).isEmpty()) {
            assertThat(enter(critical, Syscall.GETPPID)).isEqualTo(call(Syscall.GETPPID));
        }

        int read = Syscall.READ.number(critical.abi());
        assertThat(critical.refusal(read)).isPresent();
        assertThatThrownBy(() -> critical.enter(read, 0, 0, 0, 0, 0, 0))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("read");
    }

    @Test
    void criticalLinkageStillReadsClocksThatMaySleep() {
        SyscallEntry critical = critical();
        long clockOfThisProcess = -6; // MAKE_PROCESS_CPUCLOCK(0, CPUCLOCK_SCHED) of linux/posix-timers.h
        try (UserMemory.Scope scope = critical.memory().open()) {
            UserBuffer time = scope.allocate(16, 8);

            assertThat(enter(critical, Syscall.CLOCK_GETTIME, clockOfThisProcess, time.address()))
                    .isZero();
            assertThat(enter(critical, Syscall.CLOCK_GETTIME, -1, time.address()))
                    .isEqualTo(error(Errno.EINVAL));
        }
    }

    private SyscallEntry critical() {
        SyscallEntry entry = entry();
        try {
            return entry.critical();
        } catch (UnsupportedOperationException none) {
            assumeTrue(false, none.getMessage());
            throw none;
        }
    }

    /** Compiled code allocates nothing; interpreted code does, so the first rounds may: it goes on until it is compiled. */
    @Test
    void allocatesNothingOnTheHeapOnceCompiled() {
        SyscallEntry entry = entry();
        int number = cheapCall(entry).number(entry.abi());

        long deadline = System.nanoTime() + COMPILED_BY_THEN;
        long least = bytesPerCall(entry, number);
        while (least > bytesPerCall() && System.nanoTime() < deadline) {
            least = Math.min(least, bytesPerCall(entry, number));
        }
        assertThat(least).isLessThanOrEqualTo(bytesPerCall());
    }

    private long bytesPerCall(SyscallEntry entry, int number) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long calls = callsPerRound();
        long before = threads.getCurrentThreadAllocatedBytes();
        enterOften(entry, number, calls);
        return (threads.getCurrentThreadAllocatedBytes() - before) / calls;
    }

    /**
     * Makes a call often, for its allocations to be counted.
     *
     * @param entry {@link #entry()}
     * @param number which call, made with −1 and zeros
     * @param calls how often
     */
    protected void enterOften(SyscallEntry entry, int number, long calls) {
        for (long i = 0; i < calls; i++) {
            entry.enter(number, -1, 0, 0, 0, 0, 0);
        }
    }

    private static Syscall cheapCall(SyscallEntry entry) {
        return entry.refusal(Syscall.GETPPID.number(entry.abi())).isEmpty() ? Syscall.GETPPID : Syscall.CLOCK_GETTIME;
    }

    @Test
    void makesABatchOfCallsInTheirOrder() {
        SyscallEntry entry = entry();
        int cheap = cheapCall(entry).number(entry.abi());
        long answer = entry.enter(cheap, 99, 0, 0, 0, 0, 0);
        try (Arena arena = Arena.ofConfined()) {
            SyscallBatch batch = new SyscallBatch(arena, 3);
            for (int i = 0; i < 3; i++) {
                batch.add(cheap, 99, 0, 0, 0, 0, 0);
            }

            assertThat(batch.enter(entry, SyscallBatch.OnError.GO_ON)).isEqualTo(3);
            assertThat(batch.result(0)).isEqualTo(answer);
            assertThat(batch.result(2)).isEqualTo(answer);
        }
    }

    @Test
    void stopsABatchAtAnErrorOrGoesOnAsAsked() {
        SyscallEntry entry = entry();
        int clock = Syscall.CLOCK_GETTIME.number(entry.abi());
        try (Arena arena = Arena.ofConfined();
                UserMemory.Scope scope = entry.memory().open()) {
            long time = scope.allocate(16, 8).address();
            SyscallBatch batch = new SyscallBatch(arena, 3);
            batch.add(clock, 0, time, 0, 0, 0, 0);
            batch.add(clock, 99, time, 0, 0, 0, 0);
            batch.add(clock, 1, time, 0, 0, 0, 0);

            assertThat(batch.enter(entry, SyscallBatch.OnError.GO_ON)).isEqualTo(3);
            assertThat(batch.result(1)).isEqualTo(error(Errno.EINVAL));
            assertThat(batch.result(2)).isZero();

            assertThat(batch.enter(entry, SyscallBatch.OnError.STOP)).isEqualTo(2);
            assertThat(batch.result(0)).isZero();
            assertThat(batch.result(1)).isEqualTo(error(Errno.EINVAL));
            assertThatThrownBy(() -> batch.result(2))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("of 3 calls in this batch, the first 2 have been made");
        }
    }

    @Test
    void everyPlatformThreadSeesItsOwnErrors() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            assertEveryErrorIsTheCallers(threads, 16);
        }
    }

    @Test
    void everyVirtualThreadSeesItsOwnErrors() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertEveryErrorIsTheCallers(threads, 200);
        }
    }

    private void assertEveryErrorIsTheCallers(ExecutorService threads, int tasks) throws Exception {
        SyscallEntry entry = entry();
        List<Future<Long>> wrong = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            boolean even = task % 2 == 0;
            Callable<Long> calls = () -> wrongAnswers(entry, even);
            wrong.add(threads.submit(calls));
        }
        for (Future<Long> count : wrong) {
            assertThat(count.get()).isZero();
        }
    }

    /** Half the threads provoke EBADF or EFAULT, the others EINVAL, each letting others run between its calls. */
    private static long wrongAnswers(SyscallEntry entry, boolean even) {
        int clock = Syscall.CLOCK_GETTIME.number(entry.abi());
        int close = Syscall.CLOSE.number(entry.abi());
        boolean closes = even && entry.refusal(close).isEmpty();
        long wrong = 0;
        for (int i = 0; i < 300; i++) {
            long answer = closes ? entry.enter(close, -1, 0, 0, 0, 0, 0) : entry.enter(clock, 99, 0, 0, 0, 0, 0);
            wrong += answer == error(closes ? Errno.EBADF : Errno.EINVAL) ? 0 : 1;
            LockSupport.parkNanos(1);
        }
        return wrong;
    }
}
