package dev.trapgate.emulator;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.mm.Mm;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.util.ArrayList;
import java.util.List;

/** Memory of an emulated program, which Java reaches as a segment over the very frames that the program's pages have. */
final class EmulatedMemory implements UserMemory {

    private static final int PAGE = PageFrames.PAGE_SIZE;

    private final Mm mm;
    private final long limit;

    /**
     * Allocates from a program's memory.
     *
     * @param mm the program's memory
     * @param limit the exclusive upper bound of addresses
     */
    EmulatedMemory(Mm mm, long limit) {
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

    private UserBuffer allocatePages(long byteSize) {
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
        return new UserBuffer(address, frames.bytes().asSlice(0, byteSize));
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

    /** Each allocation has pages of its own, so that it starts on a page and ends before an unmapped one. */
    private final class Allocations implements Scope {

        private final List<UserBuffer> buffers = new ArrayList<>();

        @Override
        public synchronized UserBuffer allocate(long byteSize, long byteAlignment) {
            if (byteSize < 0) {
                throw new IllegalArgumentException("a size of " + byteSize + " bytes; 0 or more is wanted");
            }
            if (byteAlignment < 1 || byteAlignment > PAGE || Long.bitCount(byteAlignment) != 1) {
                throw new IllegalArgumentException(
                        "an alignment of " + byteAlignment + " bytes; a power of two from 1 to 4096 is wanted");
            }
            UserBuffer buffer = allocatePages(byteSize);
            buffers.add(buffer);
            return buffer;
        }

        @Override
        public synchronized void close() {
            for (UserBuffer buffer : buffers) {
                long end =
                        buffer.address() + Mm.pageUp(Math.max(buffer.segment().byteSize(), 1));
                mm.unmap(buffer.address(), end);
            }
            buffers.clear();
        }
    }
}
