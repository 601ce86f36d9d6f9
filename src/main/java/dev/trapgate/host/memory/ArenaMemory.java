package dev.trapgate.host.memory;

import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory for the 64-bit native gates: any native memory of the JVM will do. */
public final class ArenaMemory implements UserMemory {

    /** The memory. It holds nothing itself, so one is enough. */
    public static final ArenaMemory INSTANCE = new ArenaMemory();

    /** One past the highest address of user space with four-level page tables, Documentation/arch/x86/x86_64/mm.rst. */
    private static final long USER_SPACE_END = 1L << 47;

    private static final long LARGEST_ALIGNMENT = 4096;

    private ArenaMemory() {}

    @Override
    public Scope open() {
        return new ArenaScope(Arena.ofShared());
    }

    @Override
    public long limit() {
        return USER_SPACE_END;
    }

    @Override
    @SuppressWarnings("restricted") // gives what the kernel mapped its size and its end
    public MemorySegment view(long address, long byteSize, Arena arena, Runnable whenClosed) {
        return MemorySegment.ofAddress(address).reinterpret(byteSize, arena, gone -> whenClosed.run());
    }

    @Override
    public byte[] read(long address, int byteSize) {
        return OwnMemory.read(address, byteSize);
    }

    /**
     * Checks what {@link UserMemory.Scope#allocate} promises to check.
     *
     * @param byteSize a size in bytes
     * @param byteAlignment an alignment in bytes
     * @throws IllegalArgumentException if either is outside its range
     */
    static void requireAllocatable(long byteSize, long byteAlignment) {
        if (byteSize < 0) {
            throw new IllegalArgumentException("a size of " + byteSize + " bytes is negative");
        }
        if (Long.bitCount(byteAlignment) != 1 || byteAlignment < 1 || byteAlignment > LARGEST_ALIGNMENT) {
            throw new IllegalArgumentException(
                    "an alignment of " + byteAlignment + " bytes is not a power of two from 1 to " + LARGEST_ALIGNMENT);
        }
    }

    /** A scope that is an arena. */
    private static final class ArenaScope implements Scope {

        private final Arena arena;

        ArenaScope(Arena arena) {
            this.arena = arena;
        }

        @Override
        public UserBuffer allocate(long byteSize, long byteAlignment) {
            requireAllocatable(byteSize, byteAlignment);
            MemorySegment segment = allocated(byteSize, byteAlignment);
            return new UserBuffer(segment.address(), segment);
        }

        private MemorySegment allocated(long byteSize, long byteAlignment) {
            try {
                return arena.allocate(byteSize, byteAlignment);
            } catch (OutOfMemoryError exhausted) {
                throw new IllegalArgumentException(
                        "there are no " + byteSize + " bytes of memory to be had: " + exhausted.getMessage(),
                        exhausted);
            }
        }

        @Override
        public void close() {
            if (arena.scope().isAlive()) {
                arena.close();
            }
        }
    }
}
