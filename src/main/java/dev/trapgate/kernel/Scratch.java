package dev.trapgate.kernel;

import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Memory of a thread for the arguments of one call: paths, structures, copies of heap memory. What it lends is the caller's
 * until {@link #close()}; in the steady state nothing is allocated.
 *
 * <p>It keeps 16 KiB, grows to the largest need so far up to 1 MiB, and takes and gives back more than that for one call.
 */
public final class Scratch implements AutoCloseable {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final long INITIAL = 16 << 10;
    private static final long LARGEST_KEPT = 1 << 20;
    private static final long PAGE = 4096;
    /** The most bytes of UTF-8 that one char of a String takes. */
    private static final long UTF_8_PER_CHAR = 3;

    private final UserMemory memory;
    private final Life life;
    private final Kept kept;
    /** What is kept, here again: a call to a clock is over before three objects have been loaded to find it. */
    private MemorySegment segment;

    private long base;
    private long size;
    private final List<UserMemory.Scope> overflow = new ArrayList<>(0);
    private final List<UserBuffer> overflowing = new ArrayList<>(0);
    private long used;
    private long wanted = INITIAL;
    private boolean lent;
    /** The virtual thread whose turn it is. */
    private final AtomicReference<@Nullable Thread> taker = new AtomicReference<>();

    /** How long the memory is kept. */
    enum Life {
        /** For its thread's next call. */
        OF_ONE_THREAD,
        /** For the next call of whichever thread takes it. */
        IN_TURNS,
        /** Until closed. */
        ONE_CALL
    }

    /** What outlives a call, apart from this object, so that the cleaner can end it after the thread. */
    private static final class Kept implements Runnable {

        private UserMemory.Scope scope;
        private UserBuffer buffer;

        Kept(UserMemory memory, long size) {
            this.scope = memory.open();
            this.buffer = scope.allocate(size, PAGE);
        }

        void replace(UserMemory memory, long size) {
            scope.close();
            scope = memory.open();
            buffer = scope.allocate(size, PAGE);
        }

        @Override
        public void run() {
            scope.close();
        }
    }

    Scratch(UserMemory memory, Life life) {
        this.memory = memory;
        this.life = life;
        this.kept = new Kept(memory, INITIAL);
        this.segment = kept.buffer.segment();
        this.base = kept.buffer.address();
        this.size = segment.byteSize();
        CLEANER.register(this, kept);
    }

    /** {@return whether a virtual thread got it} */
    boolean take(Thread thread) {
        return taker.get() == null && taker.compareAndSet(null, thread);
    }

    boolean isTakenBy(Thread thread) {
        return taker.get() == thread;
    }

    /** {@return whether it was free} */
    boolean lend() {
        if (lent) {
            return false;
        }
        lent = true;
        used = 0;
        return true;
    }

    /** Gives the memory back: nothing that was taken from it may be used any more. */
    @Override
    public void close() {
        if (!overflow.isEmpty()) {
            overflow.forEach(UserMemory.Scope::close);
            overflow.clear();
            overflowing.clear();
            grow();
        }
        lent = false;
        if (life == Life.IN_TURNS) {
            taker.set(null);
        } else if (life == Life.ONE_CALL) {
            kept.run();
        }
    }

    private void grow() {
        long wish = Math.min(wanted, LARGEST_KEPT);
        if (size < wish) {
            kept.replace(memory, wish);
            segment = kept.buffer.segment();
            base = kept.buffer.address();
            size = segment.byteSize();
        }
    }

    /**
     * Takes memory, with whatever an earlier call left there.
     *
     * @param byteSize its size in bytes, 0 or more
     * @param byteAlignment a power of two from 1 to 4096
     * @return its address for the kernel
     */
    public long room(long byteSize, long byteAlignment) {
        if (byteSize < 0) {
            throw new IllegalArgumentException("a size of " + byteSize + " bytes is negative");
        }
        long start = -(-used & -byteAlignment);
        if (byteSize > size - start) {
            return roomElsewhere(byteSize, byteAlignment);
        }
        used = start + byteSize;
        return base + start;
    }

    private long roomElsewhere(long byteSize, long byteAlignment) {
        UserMemory.Scope scope = memory.open();
        overflow.add(scope);
        UserBuffer buffer = scope.allocate(byteSize, byteAlignment);
        overflowing.add(buffer);
        wanted = Math.max(wanted, Long.highestOneBit(used + byteSize + PAGE) << 1);
        return buffer.address();
    }

    /**
     * Takes memory and fills it with zeros.
     *
     * @param byteSize its size in bytes, 0 or more
     * @param byteAlignment a power of two from 1 to 4096
     * @return its address for the kernel
     */
    public long zeroed(long byteSize, long byteAlignment) {
        long address = room(byteSize, byteAlignment);
        at(address, byteSize).fill((byte) 0);
        return address;
    }

    /**
     * {@return Java's view of memory that was taken}
     *
     * @param address what {@link #room} answered, or an address inside that memory
     * @param byteSize how many bytes from there
     */
    public MemorySegment at(long address, long byteSize) {
        if (keeps(address, byteSize)) {
            return segment.asSlice(address - base, byteSize);
        }
        UserBuffer buffer = overflowing(address, byteSize);
        return buffer.segment().asSlice(address - buffer.address(), byteSize);
    }

    /**
     * {@return the eight bytes at an address of memory that was taken, without a view of them}
     *
     * @param address what {@link #room} answered, or an address inside that memory, a multiple of 8
     */
    public long longAt(long address) {
        return keeps(address, Long.BYTES)
                ? segment.get(Layouts.LONG, address - base)
                : at(address, Long.BYTES).get(Layouts.LONG, 0);
    }

    private boolean keeps(long address, long byteSize) {
        return holds(base, size, address, byteSize);
    }

    private UserBuffer overflowing(long address, long byteSize) {
        return overflowing.stream()
                .filter(buffer -> holds(buffer.address(), buffer.segment().byteSize(), address, byteSize))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        byteSize + " bytes at 0x" + Long.toHexString(address) + " were not taken from this memory"));
    }

    private static boolean holds(long base, long size, long address, long byteSize) {
        return byteSize <= size && Long.compareUnsigned(address - base, size - byteSize) <= 0;
    }

    /**
     * Copies a string and the NUL that ends it.
     *
     * @param text what the kernel is to read, as UTF-8
     * @return its address for the kernel
     * @throws IllegalArgumentException if the text contains a NUL, where the kernel would stop reading
     */
    public long string(String text) {
        int nul = text.indexOf(0);
        if (nul >= 0) {
            throw new IllegalArgumentException("the kernel would stop at the NUL at index " + nul + " of \""
                    + text.replace("\0", "\\0") + "\"; leave it out");
        }
        long most = text.length() * UTF_8_PER_CHAR + 1;
        long address = room(most, 1);
        if (keeps(address, most)) {
            segment.setString(address - base, text, StandardCharsets.UTF_8);
        } else {
            at(address, most).setString(0, text, StandardCharsets.UTF_8);
        }
        return address;
    }

    /**
     * Copies memory.
     *
     * @param bytes what the kernel is to read
     * @param byteAlignment a power of two from 1 to 4096
     * @return its address for the kernel
     */
    public long copy(MemorySegment bytes, long byteAlignment) {
        long address = room(bytes.byteSize(), byteAlignment);
        at(address, bytes.byteSize()).copyFrom(bytes);
        return address;
    }

    /** {@return the string at an address, if this memory holds one there} */
    Optional<String> stringAt(long address) {
        return Stream.concat(Stream.of(kept.buffer), overflowing.stream())
                .filter(buffer -> holds(buffer.address(), buffer.segment().byteSize(), address, 1))
                .findFirst()
                .map(buffer -> buffer.segment().getString(address - buffer.address()));
    }
}
