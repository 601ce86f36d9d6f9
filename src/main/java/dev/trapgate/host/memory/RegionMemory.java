package dev.trapgate.host.memory;

import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * User memory cut from one range of addresses that is reserved once and never unmapped.
 *
 * <p>Every address in {@code [base(), base() + byteSize())} can be read and written at any time, allocated or not. Code
 * that writes through pointers without asking the kernel, as the vDSO does, can therefore know by one comparison that a
 * write will not fault. Memory is only used where it is touched.
 *
 * <p>What a closed scope allocated is handed out again: an address kept beyond that is still mapped, but may be someone
 * else's. Java itself cannot reach it any more.
 */
public final class RegionMemory implements UserMemory {

    /** What small allocations of one scope are cut from; the least that a scope with any allocation takes. */
    static final long SLAB = 16 << 10;

    private static final long LEAST = 1 << 20;

    private final MemorySegment region;
    private final long base;
    private final Sharing sharing;
    private final Slabs slabs;

    /** Who else sees the region. */
    private enum Sharing {
        /** Nobody: pages can be given back, and are zeroed by that. */
        PRIVATE,
        /** Another process. */
        SHARED
    }

    private RegionMemory(MemorySegment region, long base, Sharing sharing) {
        this.region = region;
        this.base = base;
        this.sharing = sharing;
        this.slabs = new Slabs(Math.toIntExact(region.byteSize() / SLAB));
    }

    /** {@return memory of 1 GiB for the 64-bit gates, reserved when first asked for} */
    public static RegionMemory anywhere() {
        return Anywhere.MEMORY;
    }

    /** {@return memory of 512 MiB whose addresses fit in 32 bits, for the 32-bit gates, reserved when first asked for} */
    public static RegionMemory below4GiB() {
        return Below4GiB.MEMORY;
    }

    private static final class Anywhere {
        static final RegionMemory MEMORY = reserve(1L << 30, Placement.ANYWHERE);
    }

    private static final class Below4GiB {
        static final RegionMemory MEMORY = reserve(512L << 20, Placement.BELOW_4_GIB);
    }

    /**
     * Reserves a range of addresses, for good. Where the kernel refuses that much, half as much is tried, down to 1 MiB.
     *
     * @param byteSize its size in bytes, a multiple of 1 MiB from 1 MiB to 1 TiB
     * @param placement where it may lie
     * @return the memory, none of it allocated
     * @throws IllegalArgumentException if the size is not one of those
     * @throws MappingRefusedException if the kernel refuses even 1 MiB
     */
    public static RegionMemory reserve(long byteSize, Placement placement) {
        if (byteSize < LEAST || byteSize > 1L << 40 || byteSize % LEAST != 0) {
            throw new IllegalArgumentException(byteSize + " bytes: a region has 1 MiB to 1 TiB, in whole MiB");
        }
        MemorySegment region = map(byteSize, placement);
        Mapping.refuseHugePages(region);
        return new RegionMemory(region, region.address(), Sharing.PRIVATE);
    }

    /**
     * Takes a region that another process has mapped too, and whose calls are to use it.
     *
     * @param region the region as this process sees it, never unmapped; its size is a multiple of 1 MiB
     * @param base the address at which the other process sees it
     * @return the memory, none of it allocated; its addresses are the other process's
     */
    public static RegionMemory shared(MemorySegment region, long base) {
        return new RegionMemory(region, base, Sharing.SHARED);
    }

    private static MemorySegment map(long byteSize, Placement placement) {
        int flags = Mapping.MAP_PRIVATE | Mapping.MAP_ANONYMOUS | Mapping.MAP_NORESERVE;
        try {
            return Mapping.map(placement, byteSize, Mapping.READ_WRITE, flags);
        } catch (MappingRefusedException refused) {
            long half = byteSize / 2 / LEAST * LEAST;
            if (half < LEAST) {
                throw refused;
            }
            return map(half, placement);
        }
    }

    /** {@return the address of the region's first byte as the kernel knows it, page-aligned} */
    public long base() {
        return base;
    }

    /** {@return the region's size in bytes, which may be less than was asked for} */
    public long byteSize() {
        return region.byteSize();
    }

    /**
     * Tells whether memory belongs to this region, and so can be read and written at any time.
     *
     * @param address the address of its first byte
     * @param byteSize its size in bytes, 1 MiB at most
     * @return whether all of it lies in the region, allocated or not
     */
    public boolean contains(long address, long byteSize) {
        return Long.compareUnsigned(address - base(), byteSize() - byteSize) <= 0;
    }

    @Override
    public long limit() {
        return base() + byteSize();
    }

    @Override
    public Scope open() {
        return new SlabScope();
    }

    @Override
    public MemorySegment view(long address, long byteSize, Arena arena, Runnable whenClosed) {
        return sharing == Sharing.PRIVATE
                ? ArenaMemory.INSTANCE.view(address, byteSize, arena, whenClosed)
                : UserMemory.super.view(address, byteSize, arena, whenClosed);
    }

    /** What another process has beyond the region stays unread. */
    @Override
    public byte[] read(long address, int byteSize) {
        if (sharing == Sharing.PRIVATE) {
            return OwnMemory.read(address, byteSize);
        }
        long offset = address - base;
        if (offset < 0 || offset >= region.byteSize()) {
            return new byte[0];
        }
        return region.asSlice(offset, Math.min(byteSize, region.byteSize() - offset))
                .toArray(ValueLayout.JAVA_BYTE);
    }

    /** Consecutive slabs that one scope holds. */
    private record Run(int first, int count) {

        MemorySegment in(MemorySegment region) {
            return region.asSlice(first * SLAB, count * SLAB);
        }
    }

    /** Cuts small allocations from a slab, and gives large ones slabs of their own. */
    @SuppressWarnings("restricted") // ties slices of the region to the life of the scope
    private final class SlabScope implements Scope {

        private final ReentrantLock lock = new ReentrantLock();
        private final Arena lifetime = Arena.ofShared();
        private final List<Run> runs = new ArrayList<>(1);
        /** Unused rest of the newest slab, as offsets into the region. */
        private long next;

        private long end;

        @Override
        public UserBuffer allocate(long byteSize, long byteAlignment) {
            ArenaMemory.requireAllocatable(byteSize, byteAlignment);
            lock.lock();
            try {
                if (!lifetime.scope().isAlive()) {
                    throw new IllegalStateException("this scope is closed");
                }
                MemorySegment memory = byteSize > SLAB ? large(byteSize) : small(byteSize, byteAlignment);
                return new UserBuffer(base + (memory.address() - region.address()), memory.reinterpret(lifetime, null));
            } finally {
                lock.unlock();
            }
        }

        private MemorySegment small(long byteSize, long byteAlignment) {
            long start = -(-next & -byteAlignment);
            if (start + byteSize > end || runs.isEmpty()) {
                start = take(byteSize, 1).first() * SLAB;
                end = start + SLAB;
            }
            next = start + byteSize;
            return region.asSlice(start, byteSize).fill((byte) 0);
        }

        private MemorySegment large(long byteSize) {
            Run run = take(byteSize, Math.ceilDiv(byteSize, SLAB));
            zero(run); // small allocations may have left their bytes here
            return region.asSlice(run.first() * SLAB, byteSize);
        }

        private Run take(long byteSize, long count) {
            int first = slabs.take(count)
                    .orElseThrow(() -> new IllegalArgumentException(byteSize + " bytes cannot be had: this memory has "
                            + byteSize() + " bytes in all, and not so many free in one piece"));
            Run run = new Run(first, (int) count);
            runs.add(run);
            return run;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (!lifetime.scope().isAlive()) {
                    return;
                }
                lifetime.close();
                runs.forEach(this::giveBack);
            } finally {
                lock.unlock();
            }
        }

        private void zero(Run run) {
            MemorySegment pages = run.in(region);
            if (sharing == Sharing.PRIVATE) {
                Mapping.discard(pages);
            } else {
                pages.fill((byte) 0);
            }
        }

        private void giveBack(Run run) {
            if (run.count() > 1) {
                zero(run);
            }
            slabs.free(run.first(), run.count());
        }
    }
}
