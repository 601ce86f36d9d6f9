package dev.trapgate.host.vdso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.SyscallEntryContract;
import dev.trapgate.entry.UserMemory.Scope;
import dev.trapgate.host.OpenGate;
import dev.trapgate.host.glibc.LibcSyscall;
import dev.trapgate.host.memory.RegionMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class VdsoEntryTest extends SyscallEntryContract {

    private static final int GETTIMEOFDAY = VdsoFunction.GETTIMEOFDAY.number();
    private static final int TIME = VdsoFunction.TIME.number();
    private static final int CLOCK_GETTIME = VdsoFunction.CLOCK_GETTIME.number();
    private static final int CLOCK_GETRES = VdsoFunction.CLOCK_GETRES.number();
    private static final int GETCPU = VdsoFunction.GETCPU.number();
    private static final int GETRANDOM = VdsoFunction.GETRANDOM.number();

    private static final int CLOCK_MONOTONIC = 1;
    private static final int FIRST_AUXILIARY_CLOCK = 16;
    private static final long EFAULT = -14;
    private static final long EINVAL = -22;

    private static final SyscallEntry KERNEL = LibcSyscall.ENTRY;

    private Scope scope;
    private MemorySegment buffer;

    @Override
    protected SyscallEntry entry() {
        return OpenGate.orSkip(Gate.VDSO);
    }

    @BeforeEach
    void allocate() {
        scope = entry().memory().open();
        buffer = scope.allocate(64, 8).segment();
    }

    @AfterEach
    void free() {
        scope.close();
    }

    private static Stream<SyscallEntry> linkages() {
        SyscallEntry ordinary = OpenGate.orSkip(Gate.VDSO);
        return Stream.of(ordinary, ordinary.critical());
    }

    private static long enter(SyscallEntry entry, int number, long... arguments) {
        long[] six = java.util.Arrays.copyOf(arguments, 6);
        return entry.enter(number, six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    /** Nanoseconds for a timespec that the call is expected to write. */
    private long nanoseconds(SyscallEntry entry, int clock) {
        buffer.fill((byte) -1);
        assertThat(enter(entry, CLOCK_GETTIME, clock, buffer.address())).isZero();
        assertThat(nanosecondsPart()).isBetween(0L, 999_999_999L);
        return seconds() * 1_000_000_000 + nanosecondsPart();
    }

    private long seconds() {
        return buffer.get(ValueLayout.JAVA_LONG, 0);
    }

    private long nanosecondsPart() {
        return buffer.get(ValueLayout.JAVA_LONG, 8);
    }

    /** All clocks that need no privilege: 2 and 3 are the process's and the thread's, which the vDSO passes on. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 11})
    void readsEveryClockBetweenTheSystemCallsOwnReadings(int clock) {
        for (SyscallEntry entry : linkages().toList()) {
            for (int round = 0; round < 200; round++) {
                long before = nanoseconds(KERNEL, clock);
                long between = nanoseconds(entry, clock);
                long after = nanoseconds(KERNEL, clock);

                assertThat(between).isBetween(before, after);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void tellsTheTimeBetweenTheSystemCallsOwnReadings(SyscallEntry entry) {
        long before = enter(KERNEL, TIME);
        long between = enter(entry, TIME, buffer.address());
        long withoutMemory = enter(entry, TIME, 0);
        long after = enter(KERNEL, TIME);

        assertThat(between).isBetween(before, after).isEqualTo(seconds());
        assertThat(withoutMemory).isBetween(between, after);
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void tellsTheTimeOfDayAndTheZone(SyscallEntry entry) {
        long before = microseconds(KERNEL);
        long between = microseconds(entry);
        long after = microseconds(KERNEL);
        buffer.fill((byte) -1);
        long zone = buffer.address() + 32;

        assertThat(between).isBetween(before, after);
        assertThat(enter(entry, GETTIMEOFDAY, 0, zone)).isZero();
        long answered = buffer.get(ValueLayout.JAVA_LONG, 32);
        assertThat(enter(KERNEL, GETTIMEOFDAY, 0, zone)).isZero();
        assertThat(answered).isEqualTo(buffer.get(ValueLayout.JAVA_LONG, 32));
        assertThat(seconds()).isEqualTo(-1);
        assertThat(enter(entry, GETTIMEOFDAY, 0, 0)).isZero();
    }

    private long microseconds(SyscallEntry entry) {
        assertThat(enter(entry, GETTIMEOFDAY, buffer.address(), 0)).isZero();
        return seconds() * 1_000_000 + buffer.get(ValueLayout.JAVA_LONG, 8);
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void tellsTheCpuAndNodeThatTheThreadIsOn(SyscallEntry entry) {
        assertThat(IntStream.range(0, 1_000).anyMatch(round -> {
                    long before = cpuAndNode(KERNEL);
                    long between = cpuAndNode(entry);
                    return cpuAndNode(KERNEL) == before && between == before;
                }))
                .isTrue();
        assertThat(enter(entry, GETCPU, 0, 0, 0)).isZero();
        assertThat(enter(entry, GETCPU, buffer.address(), 0, 0)).isZero();
        assertThat(enter(entry, GETCPU, 0, buffer.address(), 0)).isZero();
    }

    private long cpuAndNode(SyscallEntry entry) {
        buffer.fill((byte) -1);
        assertThat(enter(entry, GETCPU, buffer.address(), buffer.address() + 4, 0))
                .isZero();
        return buffer.get(ValueLayout.JAVA_LONG, 0);
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void tellsEveryClocksResolutionAsTheSystemCallDoes(SyscallEntry entry) {
        for (int clock = -2; clock < FIRST_AUXILIARY_CLOCK; clock++) {
            buffer.fill((byte) -1);
            long answer = enter(KERNEL, CLOCK_GETRES, clock, buffer.address());
            long seconds = seconds();
            long nanoseconds = nanosecondsPart();
            buffer.fill((byte) -1);

            assertThat(enter(entry, CLOCK_GETRES, clock, buffer.address())).isEqualTo(answer);
            assertThat(seconds()).isEqualTo(seconds);
            assertThat(nanosecondsPart()).isEqualTo(nanoseconds);
            assertThat(enter(entry, CLOCK_GETRES, clock, 0)).isEqualTo(answer);
        }
    }

    /** Linux 6.18's vDSO knows these clocks' resolution even while they are switched off; the kernel answers EINVAL. */
    @ParameterizedTest
    @MethodSource("linkages")
    void tellsAnAuxiliaryClocksResolutionAsTheVdsoDoes(SyscallEntry entry) {
        for (int clock = FIRST_AUXILIARY_CLOCK; clock < FIRST_AUXILIARY_CLOCK + 8; clock++) {
            assertThat(enter(entry, CLOCK_GETRES, clock, buffer.address())).isIn(0L, EINVAL);
        }
    }

    @Test
    void fillsABufferWithRandomBytesUpToItsEnd() {
        MemorySegment large = scope.allocate(300_000, 1).segment();

        assertThat(enter(entry(), GETRANDOM, large.address(), large.byteSize() - 100, 0))
                .isEqualTo(large.byteSize() - 100);
        assertThat(large.asSlice(large.byteSize() - 100).toArray(ValueLayout.JAVA_BYTE))
                .containsOnly(0);
        int[] seen = new int[256];
        for (byte value : large.asSlice(0, 256_000).toArray(ValueLayout.JAVA_BYTE)) {
            seen[value & 0xff]++;
        }
        // 1,000 of each are expected, with a standard deviation of 32.
        assertThat(IntStream.of(seen)).allMatch(count -> count > 700 && count < 1_300);
    }

    @Test
    void answersTheLengthOfShortDrawsAndZeroForNone() {
        assertThat(enter(entry(), GETRANDOM, buffer.address(), 0, 0)).isZero();
        for (int length = 1; length <= 64; length++) {
            buffer.fill((byte) 0);
            assertThat(enter(entry(), GETRANDOM, buffer.address(), length, 0)).isEqualTo(length);
            assertThat(buffer.asSlice(length).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(new byte[64 - length]);
        }
    }

    @Test
    void answersEinvalToFlagsThatGetrandomDoesNotKnow() {
        assertThat(enter(entry(), GETRANDOM, buffer.address(), 8, 0x100)).isEqualTo(EINVAL);
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void answersEinvalToClocksThatThereAreNot(SyscallEntry entry) {
        for (long clock : new long[] {12, 15, 99, Integer.MAX_VALUE, 0x7fff_ffff_0000_0063L}) {
            assertThat(enter(entry, CLOCK_GETTIME, clock, buffer.address())).isEqualTo(EINVAL);
            assertThat(enter(entry, CLOCK_GETRES, clock, buffer.address())).isEqualTo(EINVAL);
        }
        assertThat(enter(entry, CLOCK_GETTIME, -1, buffer.address())).isEqualTo(EINVAL);
        assertThat(enter(entry, CLOCK_GETTIME, 99, 1)).isEqualTo(EINVAL);
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void takesTheClockFromTheLowHalfOfItsArgument(SyscallEntry entry) {
        assertThat(enter(entry, CLOCK_GETTIME, 0x1234_5678_0000_0001L, buffer.address()))
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void answersEfaultToEveryPointerThatCannotBeWritten(SyscallEntry entry) {
        for (long pointer : HostilePointers.all()) {
            assertThat(enter(entry, CLOCK_GETTIME, CLOCK_MONOTONIC, pointer)).isEqualTo(EFAULT);
            assertThat(enter(entry, CLOCK_GETRES, CLOCK_MONOTONIC, pointer)).isEqualTo(EFAULT);
            assertThat(enter(entry, GETTIMEOFDAY, pointer, 0)).isEqualTo(EFAULT);
            assertThat(enter(entry, GETTIMEOFDAY, 0, pointer)).isEqualTo(EFAULT);
            assertThat(enter(entry, GETTIMEOFDAY, buffer.address(), pointer)).isEqualTo(EFAULT);
            assertThat(enter(entry, TIME, pointer)).isEqualTo(EFAULT);
            assertThat(enter(entry, GETCPU, pointer, 0, 0)).isEqualTo(EFAULT);
            assertThat(enter(entry, GETCPU, 0, pointer, 0)).isEqualTo(EFAULT);
            assertThat(enter(entry, GETCPU, buffer.address(), 0, pointer)).isZero();
        }
        assertThat(enter(entry, CLOCK_GETTIME, CLOCK_MONOTONIC, 0)).isEqualTo(EFAULT);
    }

    @Test
    void answersEfaultToRandomBytesForMemoryThatCannotBeWritten() {
        for (long pointer : HostilePointers.all()) {
            assertThat(enter(entry(), GETRANDOM, pointer, 8, 0)).isEqualTo(EFAULT);
        }
        assertThat(enter(entry(), GETRANDOM, 0, 8, 0)).isEqualTo(EFAULT);
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void answersEfaultToAWriteAcrossTheBoundaryOfWhatIsMapped(SyscallEntry entry) {
        long end = HostilePointers.boundary();

        assertThat(enter(entry, CLOCK_GETTIME, CLOCK_MONOTONIC, end - 15)).isEqualTo(EFAULT);
        assertThat(enter(entry, CLOCK_GETTIME, CLOCK_MONOTONIC, end - 8)).isEqualTo(EFAULT);
        assertThat(enter(entry, CLOCK_GETTIME, CLOCK_MONOTONIC, end - 16)).isZero();
        assertThat(enter(entry, CLOCK_GETRES, CLOCK_MONOTONIC, end - 8)).isEqualTo(EFAULT);
        assertThat(enter(entry, GETTIMEOFDAY, end - 8, 0)).isEqualTo(EFAULT);
        assertThat(enter(entry, GETTIMEOFDAY, 0, end - 4)).isEqualTo(EFAULT);
        assertThat(enter(entry, TIME, end - 4)).isEqualTo(EFAULT);
        assertThat(enter(entry, GETCPU, end - 2, 0, 0)).isEqualTo(EFAULT);
        assertThat(enter(entry, GETCPU, 0, end - 2, 0)).isEqualTo(EFAULT);
    }

    @Test
    void answersAShortDrawLikeTheKernelWhereTheBufferRunsOut() {
        long end = HostilePointers.boundary();

        assertThat(enter(entry(), GETRANDOM, end - 64, 128, 0)).isEqualTo(enter(KERNEL, GETRANDOM, end - 64, 128, 0));
        assertThat(enter(entry(), GETRANDOM, buffer.address(), -1, 0x100)).isEqualTo(EINVAL);
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void writesToMemoryThatIsNotItsOwn(SyscallEntry entry) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment foreign = arena.allocate(16, 8);
            long before = nanoseconds(KERNEL, CLOCK_MONOTONIC);

            assertThat(enter(entry, CLOCK_GETTIME, CLOCK_MONOTONIC, foreign.address()))
                    .isZero();
            assertThat(foreign.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000 + foreign.get(ValueLayout.JAVA_LONG, 8))
                    .isBetween(before, nanoseconds(KERNEL, CLOCK_MONOTONIC));
        }
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void answersWithoutEnteringTheKernel(SyscallEntry entry) throws Exception {
        assumeThat(Clocksource.current()).isIn("tsc", "kvm-clock", "hyperv_clocksource_tsc_page");
        long address = buffer.address();
        long last = RegionMemory.anywhere().limit();
        List<Long> answers = RefusingKernel.run(
                () -> {},
                () -> List.of(
                        enter(entry, CLOCK_GETTIME, 0, address),
                        enter(entry, CLOCK_GETTIME, 1, address),
                        enter(entry, CLOCK_GETTIME, 4, address),
                        enter(entry, CLOCK_GETTIME, 5, address),
                        enter(entry, CLOCK_GETTIME, 6, address),
                        enter(entry, CLOCK_GETTIME, 7, address),
                        enter(entry, CLOCK_GETTIME, 11, address),
                        enter(entry, CLOCK_GETTIME, 1, last - 16),
                        enter(entry, GETTIMEOFDAY, address, address + 32),
                        enter(entry, GETTIMEOFDAY, 0, 0),
                        enter(entry, GETCPU, address, address + 4, 0),
                        enter(entry, TIME, address) > 1_000_000_000 ? 0L : -1L));

        assertThat(answers).containsOnly(0L);
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void readsResolutionsWithoutEnteringTheKernelWhereTheVdsoCan(SyscallEntry entry) throws Exception {
        assumeThat(Vdso.ofThisProcess().address(VdsoFunction.CLOCK_GETRES)).isPresent();
        long address = buffer.address();
        List<Long> answers = RefusingKernel.run(
                () -> {}, () -> List.of(enter(entry, CLOCK_GETRES, 1, address), enter(entry, CLOCK_GETRES, 1, 0)));

        assertThat(answers).containsOnly(0L);
    }

    /** The state may need a new key just then: the kernel reseeds its generator about once a minute. */
    @Test
    void drawsRandomBytesWithoutEnteringTheKernelOnceTheStateIsSeeded() throws Exception {
        assumeThat(GetrandomStates.OF_THIS_PROCESS.count()).isPositive();
        SyscallEntry entry = entry();
        long address = buffer.address();
        List<Long> answers = new ArrayList<>();
        for (int attempt = 0; attempt < 5; attempt++) {
            answers.add(RefusingKernel.run(
                    () -> enter(entry, GETRANDOM, address, 8, 0), () -> enter(entry, GETRANDOM, address, 8, 0)));
        }

        assertThat(answers).contains(8L);
    }

    @ParameterizedTest
    @MethodSource("linkages")
    void entersTheKernelForClocksOfTheCpuAndForForeignMemory(SyscallEntry entry) throws Exception {
        long address = buffer.address();
        try (Arena arena = Arena.ofShared()) {
            long foreign = arena.allocate(16, 8).address();
            List<Long> answers = RefusingKernel.run(
                    () -> {},
                    () -> List.of(
                            enter(entry, CLOCK_GETTIME, 2, address),
                            enter(entry, CLOCK_GETTIME, -6, address),
                            enter(entry, CLOCK_GETTIME, 1, foreign),
                            enter(entry, TIME, foreign)));

            assertThat(answers).containsOnly(RefusingKernel.REFUSED);
        }
    }

    @Test
    void handsEveryOtherCallToItsFallbackAndSaysSo() {
        int getppid = Syscall.GETPPID.number(Gate.VDSO.abi());

        assertThat(entry().refusal(getppid)).isEmpty();
        assertThat(entry().through(getppid)).isEqualTo(Gate.SYSCALL);
        assertThat(enter(entry(), getppid)).isEqualTo(enter(KERNEL, getppid));
        assertThat(enter(entry().critical(), getppid)).isEqualTo(enter(KERNEL, getppid));
    }

    @ParameterizedTest
    @EnumSource
    void makesEveryCallThatTheVdsoStandsFor(VdsoFunction function) {
        assertThat(entry().refusal(function.number())).isEmpty();
        assertThat(entry().through(function.number())).isEqualTo(Gate.VDSO);
    }

    @Test
    void neverSleepsByCriticalLinkage() {
        SyscallEntry critical = entry().critical();

        assertThat(critical.refusal(GETRANDOM))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("getrandom may sleep"));
        assertThatThrownBy(() -> enter(critical, GETRANDOM, buffer.address(), 8, 0))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(critical.refusal(CLOCK_GETTIME)).isEmpty();
    }

    @Test
    void takesOnlyAFallbackThatSpeaksItsLanguageAndMaySleep() {
        assertThat(VdsoEntry.open(KERNEL).linkage()).isEqualTo(Linkage.ORDINARY);
        assertThatThrownBy(() -> VdsoEntry.open(KERNEL.critical()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("LIBC_SYSCALL by CRITICAL linkage cannot stand in for the vDSO");
    }

    @Test
    void tellsWhatItFound() {
        assertThat(VdsoEntry.findings())
                .containsEntry("clocksource", Clocksource.current())
                .hasEntrySatisfying("vDSO functions", names -> assertThat(names).contains("clock_gettime"))
                .hasEntrySatisfying("vDSO", where -> assertThat(where)
                        .endsWith(
                                "at 0x" + Long.toHexString(Vdso.ofThisProcess().loadAddress())));
    }

    /** Compiled code allocates nothing; interpreted code may. */
    @ParameterizedTest
    @MethodSource("linkages")
    void allocatesNothingWhicheverCallItIs(SyscallEntry entry) {
        long address = buffer.address();

        assertAllocatesNothing(() -> enter6(entry, CLOCK_GETTIME, 1, address));
        assertAllocatesNothing(() -> enter6(entry, CLOCK_GETTIME, 99, address));
        assertAllocatesNothing(() -> enter6(entry, CLOCK_GETTIME, 1, 1));
        assertAllocatesNothing(() -> enter6(entry, CLOCK_GETRES, 1, address));
        assertAllocatesNothing(() -> enter6(entry, GETTIMEOFDAY, address, address + 32));
        assertAllocatesNothing(() -> enter6(entry, TIME, address, 0));
        assertAllocatesNothing(() -> enter6(entry, GETCPU, address, address + 8));
        if (entry.linkage() == Linkage.ORDINARY) {
            assertAllocatesNothing(() -> enter6(entry, GETRANDOM, address, 8));
        }
    }

    private static void enter6(SyscallEntry entry, int number, long a1, long a2) {
        entry.enter(number, a1, a2, 0, 0, 0, 0);
    }

    private static void assertAllocatesNothing(Runnable call) {
        assertThat(IntStream.range(0, 100).mapToLong(round -> allocatedBytes(call)))
                .anyMatch(bytes -> bytes == 0);
    }

    private static long allocatedBytes(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 5_000; i++) {
            call.run();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void survivesTenThousandCallsWithHostileArguments() {
        Random random = new Random(2026);
        long[] hostile = HostilePointers.all();
        int[] calls = {CLOCK_GETTIME, CLOCK_GETRES, GETTIMEOFDAY, GETCPU, TIME};
        List<SyscallEntry> entries = linkages().toList();
        for (int i = 0; i < 10_000; i++) {
            int number = calls[random.nextInt(calls.length)];
            long first = number == CLOCK_GETTIME || number == CLOCK_GETRES
                    ? random.nextInt(200) - 100
                    : hostile[random.nextInt(hostile.length)];
            long second = hostile[random.nextInt(hostile.length)];
            long answer = enter(entries.get(i % 2), number, first, second, random.nextLong());

            assertThat(answer)
                    .isEqualTo(enter(KERNEL, number, first, second, 0))
                    .isNegative();
        }
    }

    @Test
    void givesEveryPlatformThreadItsOwnAnswers() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
            assertEveryAnswerIsTheCallers(threads, 64);
        }
    }

    @Test
    void givesEveryVirtualThreadItsOwnAnswers() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertEveryAnswerIsTheCallers(threads, 500);
        }
    }

    /** Two threads that used one state of getrandom at once would draw the same bytes. */
    private void assertEveryAnswerIsTheCallers(ExecutorService threads, int tasks) throws Exception {
        SyscallEntry entry = entry();
        Set<Draw> draws = ConcurrentHashMap.newKeySet();
        List<Future<List<String>>> surprises = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            Callable<List<String>> calls = () -> surprises(entry, draws);
            surprises.add(threads.submit(calls));
        }
        for (Future<List<String>> surprise : surprises) {
            assertThat(surprise.get()).isEmpty();
        }
        assertThat(draws).hasSize(tasks * ROUNDS);
    }

    private static final int ROUNDS = 100;

    private record Draw(long first, long second) {}

    private static List<String> surprises(SyscallEntry entry, Set<Draw> draws) {
        List<String> surprises = new ArrayList<>();
        SyscallEntry critical = entry.critical();
        try (Scope scope = entry.memory().open()) {
            MemorySegment own = scope.allocate(32, 8).segment();
            for (int round = 0; round < ROUNDS; round++) {
                expect(surprises, 16, enter(entry, GETRANDOM, own.address(), 16, 0));
                draws.add(new Draw(own.get(ValueLayout.JAVA_LONG, 0), own.get(ValueLayout.JAVA_LONG, 8)));
                expect(surprises, EINVAL, enter(entry, CLOCK_GETTIME, 99, own.address()));
                expect(surprises, 0, enter(critical, CLOCK_GETTIME, 1, own.address()));
                expect(surprises, EFAULT, enter(critical, TIME, 1));
                expect(surprises, EFAULT, enter(entry, GETCPU, -1, 0, 0));
                expect(surprises, 0, enter(entry, GETTIMEOFDAY, own.address(), 0));
                expect(surprises, EINVAL, enter(entry, GETRANDOM, own.address(), 8, 0x100));
            }
        }
        return surprises;
    }

    private static void expect(List<String> surprises, long expected, long found) {
        if (expected != found) {
            surprises.add("expected " + expected + ", found " + found);
        }
    }
}
