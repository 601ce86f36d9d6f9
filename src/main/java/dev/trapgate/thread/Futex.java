package dev.trapgate.thread;

import dev.trapgate.entry.UserBuffer;
import dev.trapgate.kernel.Kernel;
import java.lang.foreign.MemorySegment;

/**
 * A word of 32 bits that threads wait for. Its memory must stay while someone waits: take it from an arena that outlives them.
 *
 * @param address where the kernel finds it, a multiple of 4
 * @param memory its 4 bytes, for Java
 * @param sharing who may share it
 */
public record Futex(long address, MemorySegment memory, Sharing sharing) {

    /** Who may share a futex. */
    public enum Sharing {
        /** The threads of this process only, which is faster: {@code FUTEX_PRIVATE_FLAG}. */
        PRIVATE(128),
        /** Whoever has the same memory mapped shared. */
        SHARED(0);

        private final int flag;

        Sharing(int flag) {
            this.flag = flag;
        }

        int flag() {
            return flag;
        }
    }

    /** Refuses what the kernel would answer EINVAL to. */
    public Futex {
        if (memory.byteSize() < Integer.BYTES || address % Integer.BYTES != 0) {
            throw new IllegalArgumentException(String.format(
                    "a futex is 4 bytes at an address that is a multiple of 4, not %d bytes at 0x%x",
                    memory.byteSize(), address));
        }
    }

    /**
     * {@return a futex in native memory of this process}
     *
     * @param memory 4 bytes, at a multiple of 4
     * @param sharing who may share it
     * @throws IllegalArgumentException if it is not so, or on the heap
     */
    public static Futex in(MemorySegment memory, Sharing sharing) {
        if (!memory.isNative()) {
            throw new IllegalArgumentException(
                    "a futex is native memory, where the garbage collector moves nothing, not " + memory);
        }
        return new Futex(memory.address(), memory, sharing);
    }

    /**
     * {@return a futex in memory of a gate's own, which every gate has}
     *
     * @param buffer 4 bytes, at a multiple of 4
     * @param sharing who may share it
     * @throws IllegalArgumentException if it is not so
     */
    public static Futex in(UserBuffer buffer, Sharing sharing) {
        return new Futex(buffer.address(), buffer.segment(), sharing);
    }

    /**
     * {@return its address}
     *
     * @throws IllegalStateException if its memory is closed
     * @throws WrongThreadException if it is confined to another thread
     * @throws IllegalArgumentException if the kernel cannot address it
     */
    long addressFor(Kernel kernel) {
        boolean isJavas = memory.isNative() && memory.address() == address;
        if (!kernel.reaches(memory) && isJavas) {
            throw new IllegalArgumentException(
                    kernel.gate() + " cannot address " + memory + ": allocate the futex from this Linux's memory()");
        }
        return address;
    }
}
