package dev.trapgate.emulator;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.mm.Mm;
import dev.trapgate.emulator.linux.mm.Uaccess;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Memory of an emulated program, which Java reaches as a segment over the very frames that the program's pages have. */
final class EmulatedMemory implements UserMemory {

    private static final int PAGE = PageFrames.PAGE_SIZE;

    private final Mm mm;
    private final long limit;
    private final Supplier<Uaccess> access;

    /**
     * Allocates from a program's memory.
     *
     * @param mm the program's memory
     * @param limit the exclusive upper bound of addresses
     * @param access the calling thread's way to that memory; {@link IllegalStateException} once the program has ended
     */
    EmulatedMemory(Mm mm, long limit, Supplier<Uaccess> access) {
        this.access = access;
        this.mm = mm;
        this.limit = Math.min(limit, mm.taskSize());
    }

    @Override
    public Scope open() {
        return new Allocations();
    }

    @Override
    public long limit() {
        return limit;
    }

    @Override
    public byte[] read(long address, int byteSize) {
        byte[] bytes = new byte[byteSize];
        try {
            long left = access.get().copyFromUser(MemorySegment.ofArray(bytes), address, byteSize);
            return Arrays.copyOf(bytes, (int) (byteSize - left));
        } catch (IllegalStateException ended) {
            return new byte[0];
        }
    }

    private UserBuffer allocatePages(long byteSize, BooleanSupplier closed) {
        long size = Mm.pageUp(Math.max(byteSize, 1));
        if (!mm.hasRoomFor(size / PAGE)) {
            throw tooMuch(byteSize);
        }
        PageFrames frames = frames(byteSize, size);
        // A page on either side stays unmapped: what runs over the end is EFAULT, not a neighbor.
        long address = mm.place(size, limit, "[java]", frames);
        if (address < 0) {
            throw tooMuch(byteSize);
        }
        return new UserBuffer(address, frames.bytes().asSlice(0, byteSize), closed);
    }

    private static PageFrames frames(long byteSize, long size) {
        try {
            return new PageFrames(Math.toIntExact(size / PAGE));
        } catch (IllegalArgumentException | ArithmeticException problem) {
            throw new IllegalArgumentException(
                    byteSize + " bytes are more than an emulated program can have at once", problem);
        }
    }

    private static IllegalArgumentException tooMuch(long byteSize) {
        return new IllegalArgumentException("the emulated program's memory has no room for " + byteSize
                + " bytes more; close scopes or ask for less");
    }

    /** Whole pages, from the first address to the one after the last. */
    private record Range(long start, long end) {}

    /** Each allocation has pages of its own, so that it starts on a page and ends before an unmapped one. */
    private final class Allocations implements Scope {

        private final List<Range> buffers = new ArrayList<>();
        private volatile boolean closed;

        @Override
        public synchronized UserBuffer allocate(long byteSize, long byteAlignment) {
            if (byteSize < 0) {
                throw new IllegalArgumentException("a size of " + byteSize + " bytes; 0 or more is wanted");
            }
            if (byteAlignment < 1 || byteAlignment > PAGE || Long.bitCount(byteAlignment) != 1) {
                throw new IllegalArgumentException(
                        "an alignment of " + byteAlignment + " bytes; a power of two from 1 to 4096 is wanted");
            }
            if (closed) {
                throw new IllegalStateException("the scope has been closed; open another one");
            }
            UserBuffer buffer = allocatePages(byteSize, () -> closed);
            buffers.add(new Range(buffer.address(), buffer.address() + Mm.pageUp(Math.max(byteSize, 1))));
            return buffer;
        }

        @Override
        public synchronized void close() {
            closed = true;
            buffers.forEach(range -> mm.unmap(range.start(), range.end()));
            buffers.clear();
        }
    }
}
