package dev.trapgate.host.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory.Scope;
import dev.trapgate.host.glibc.LibcSyscall;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionMemoryTest {

    private static final long MIB = 1 << 20;

    /** As much as these tests need; it stays mapped, so there is one. */
    private static final RegionMemory MEMORY = RegionMemory.reserve(4 * MIB, Placement.ANYWHERE);

    private final List<RegionMemory> low = new ArrayList<>();

    /** Low memory is scarce, and other tests of this JVM want some. */
    private RegionMemory reserveBelow4GiB(long byteSize) {
        RegionMemory region = RegionMemory.reserve(byteSize, Placement.BELOW_4_GIB);
        low.add(region);
        return region;
    }

    @AfterEach
    void giveBackLowMemory() {
        low.forEach(region -> LibcSyscall.call(Syscall.MUNMAP, region.base(), region.byteSize()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 16, 5_000, 16 << 10, 20_000, 1 << 20})
    void allocatesZeroedMemoryInsideTheRegionEvenAfterItWasUsed(long byteSize) {
        for (int round = 0; round < 3; round++) {
            try (Scope scope = MEMORY.open()) {
                scope.allocate(3, 1);
                UserBuffer buffer = scope.allocate(byteSize, 64);

                assertThat(buffer.address() % 64).isZero();
                assertThat(buffer.address()).isBetween(MEMORY.base(), MEMORY.limit() - byteSize);
                assertThat(buffer.segment().byteSize()).isEqualTo(byteSize);
                assertThat(buffer.segment().mismatch(zeroes(byteSize))).isEqualTo(-1);
                buffer.segment().fill((byte) 0x5a);
            }
        }
    }

    private static MemorySegment zeroes(long byteSize) {
        return MemorySegment.ofArray(new byte[(int) byteSize]);
    }

    @Test
    void zeroesALargeAllocationWhereSmallOnesHaveBeen() {
        RegionMemory memory = RegionMemory.reserve(MIB, Placement.ANYWHERE);
        try (Scope scope = memory.open()) {
            for (int i = 0; i < MIB / RegionMemory.SLAB; i++) {
                scope.allocate(RegionMemory.SLAB, 1).segment().fill((byte) 0x5a);
            }
        }
        try (Scope scope = memory.open()) {
            assertThat(scope.allocate(MIB, 1).segment().mismatch(zeroes(MIB))).isEqualTo(-1);
        }
    }

    @Test
    void givesEveryAllocationBytesOfItsOwn() {
        try (Scope one = MEMORY.open();
                Scope other = MEMORY.open()) {
            List<UserBuffer> buffers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                buffers.add((i % 2 == 0 ? one : other).allocate(1 + i * 300L, 1 << i % 13));
                buffers.getLast().segment().fill((byte) i);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(buffers.get(i).segment().toArray(ValueLayout.JAVA_BYTE))
                        .containsOnly((byte) i);
            }
        }
    }

    @Test
    void givesAllItHasAndSaysWhenThatIsNotEnough() {
        RegionMemory memory = RegionMemory.reserve(MIB, Placement.ANYWHERE);
        for (int round = 0; round < 3; round++) {
            try (Scope scope = memory.open()) {
                scope.allocate(MIB, 4096);

                assertThatThrownBy(() -> scope.allocate(1, 1))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("1 bytes cannot be had: this memory has 1048576 bytes in all, and not so many free"
                                + " in one piece");
            }
        }
    }

    @Test
    void fillsTheGapThatAClosedScopeLeft() {
        RegionMemory memory = RegionMemory.reserve(MIB, Placement.ANYWHERE);
        try (Scope around = memory.open()) {
            around.allocate(8, 8);
            long address = addressInAScopeOfItsOwn(memory, around);

            assertThat(around.allocate(4 * RegionMemory.SLAB, 8).address()).isGreaterThan(address);
            assertThat(around.allocate(3 * RegionMemory.SLAB, 8).address()).isEqualTo(address);
        }
    }

    /** Allocates three slabs that are free again at the end, but one that is not behind them. */
    private static long addressInAScopeOfItsOwn(RegionMemory memory, Scope around) {
        try (Scope gap = memory.open()) {
            long address = gap.allocate(3 * RegionMemory.SLAB, 8).address();
            around.allocate(RegionMemory.SLAB, 8);
            return address;
        }
    }

    @Test
    void refusesWhatNoMemoryCouldGive() {
        try (Scope scope = MEMORY.open()) {
            assertThatThrownBy(() -> scope.allocate(-1, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> scope.allocate(1_000_000_000_000L, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1000000000000 bytes cannot be had");
            assertThatThrownBy(() -> scope.allocate(Long.MAX_VALUE, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> scope.allocate(1, 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> scope.allocate(1, 3)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> scope.allocate(1, 8192)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void endsEveryAllocationWithItsScope() {
        Scope scope = MEMORY.open();
        UserBuffer small = scope.allocate(8, 8);
        UserBuffer large = scope.allocate(100_000, 8);
        scope.close();
        scope.close();

        assertThatThrownBy(() -> small.segment().get(ValueLayout.JAVA_BYTE, 0))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> large.segment().get(ValueLayout.JAVA_BYTE, 0))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> scope.allocate(8, 8))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this scope is closed");
    }

    @Test
    void placesLowMemoryWhere32BitsReach() {
        RegionMemory region = reserveBelow4GiB(MIB);

        assertThat(region.limit()).isBetween(MIB, 1L << 32);
        assertThat(RegionMemory.below4GiB().limit()).isBetween(MIB, 1L << 32);
    }

    /** MAP_32BIT means the second GiB only; a JVM with its class space there leaves no room in it. */
    @Test
    void findsRoomBelow4GiBWhereThereIsNoneInTheSecondGiB() {
        RegionMemory.below4GiB();
        Stream<RegionMemory> regions = Stream.generate(() -> reserveBelow4GiB(64 * MIB));

        assertThat(regions.limit(12))
                .allMatch(region -> region.limit() <= 1L << 32)
                .anyMatch(region -> region.base() < 1L << 30 || region.base() >= 1L << 31);
    }

    @Test
    void takesHalfAsMuchWhereTheKernelRefusesTheWhole() {
        RegionMemory.below4GiB(); // so that the test does not take what the gate is to have
        RegionMemory region = reserveBelow4GiB(4L << 30);

        assertThat(region.byteSize()).isBetween(MIB, 2L << 30);
        try (Scope scope = region.open()) {
            assertThat(scope.allocate(8, 8).segment().get(ValueLayout.JAVA_LONG, 0))
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 4096, MIB + 1, 2L << 40})
    void refusesARegionOfAnImpossibleSize(long byteSize) {
        assertThatThrownBy(() -> RegionMemory.reserve(byteSize, Placement.ANYWHERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(byteSize + " bytes");
    }

    @Test
    void sayWhyTheKernelRefusesAMapping() {
        assertThatThrownBy(() -> Mapping.map(1L << 60, Mapping.READ_WRITE, Mapping.MAP_PRIVATE | Mapping.MAP_ANONYMOUS))
                .isInstanceOf(MappingRefusedException.class)
                .hasMessageContaining("ENOMEM");
    }

    @Test
    void servesManyThreadsWithoutGivingTwoTheSameBytes() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> clean = new ArrayList<>();
            for (int thread = 0; thread < 64; thread++) {
                byte mark = (byte) (thread + 1);
                clean.add(threads.submit(() -> marksStayWhereTheyWerePut(mark)));
            }
            for (Future<Boolean> each : clean) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    private static boolean marksStayWhereTheyWerePut(byte mark) {
        for (int round = 0; round < 200; round++) {
            try (Scope scope = MEMORY.open()) {
                MemorySegment memory = scope.allocate(100 + round * 90L, 8).segment();
                boolean zeroed = memory.get(ValueLayout.JAVA_BYTE, 99) == 0;
                memory.fill(mark);
                LockSupport.parkNanos(1);
                boolean kept = memory.get(ValueLayout.JAVA_BYTE, 0) == mark
                        && memory.get(ValueLayout.JAVA_BYTE, memory.byteSize() - 1) == mark;
                if (!zeroed || !kept) {
                    return false;
                }
            }
        }
        return true;
    }
}
