package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is between the ends of a pipe: {@code struct pipe_inode_info} of fs/pipe.c, Linux 6.18. Its fields are read and
 * written under {@link #lock}.
 */
final class Pipe {

    /** How many buffers a pipe begins with: PIPE_DEF_BUFFERS. */
    static final int PIPE_DEF_BUFFERS = 16;

    /** What of a page is in a pipe: {@code struct pipe_buffer}. */
    static final class Buffer {

        private MemorySegment page = MemorySegment.NULL;
        private @Nullable PageFrames own;
        private int offset;
        private int length;
        private boolean merges;
        private boolean packet;

        private Buffer() {}

        /** {@return the page's bytes} */
        MemorySegment page() {
            return page;
        }

        /** {@return where in the page its bytes begin} */
        int offset() {
            return offset;
        }

        /** {@return how many bytes it has} */
        int length() {
            return length;
        }

        /** {@return whether another write may go behind its bytes: PIPE_BUF_FLAG_CAN_MERGE} */
        boolean merges() {
            return merges;
        }

        /** {@return whether one read takes no more than it: PIPE_BUF_FLAG_PACKET} */
        boolean isPacket() {
            return packet;
        }

        /** Takes bytes from its start. */
        void consume(int count) {
            offset += count;
            length -= count;
        }

        /** Adds bytes that were put behind its end. */
        void extend(int count) {
            length += count;
        }

        /** Says that others have the page too, so that it is not used again for another write. */
        private void share() {
            own = null;
        }
    }

    private static final AtomicLong ORDER = new AtomicLong();

    private final long order = ORDER.incrementAndGet();
    private final ReentrantLock lock = new ReentrantLock();
    private final WaitQueue readQueue = new WaitQueue();
    private final WaitQueue writeQueue = new WaitQueue();
    private Buffer[] ring = new Buffer[PIPE_DEF_BUFFERS];
    private int maxUsage = PIPE_DEF_BUFFERS;
    private int head;
    private int count;
    private @Nullable PageFrames spare;
    private int readers;
    private int writers;
    private int readerCounter = 1;
    private int writerCounter = 1;
    private int files;
    private volatile boolean polled;

    /** Makes an empty pipe that nobody has open. */
    Pipe() {}

    /** {@return what guards it: {@code mutex}} */
    ReentrantLock lock() {
        return lock;
    }

    /** {@return where readers wait: {@code rd_wait}} */
    WaitQueue readQueue() {
        return readQueue;
    }

    /** {@return where writers wait: {@code wr_wait}} */
    WaitQueue writeQueue() {
        return writeQueue;
    }

    /** {@return whether it has no buffer} */
    boolean isEmpty() {
        return count == 0;
    }

    /** {@return whether it takes no buffer more} */
    boolean isFull() {
        return count >= maxUsage;
    }

    /** {@return how many buffers it has} */
    int occupancy() {
        return count;
    }

    /** {@return how many buffers it takes: {@code max_usage}} */
    int maxUsage() {
        return maxUsage;
    }

    /** {@return the buffer that is so many after the oldest one} */
    Buffer buffer(int index) {
        return ring[head + index & ring.length - 1];
    }

    /** {@return the newest buffer} */
    Buffer last() {
        return buffer(count - 1);
    }

    /** {@return how many bytes are in it} */
    int size() {
        int bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += buffer(i).length;
        }
        return bytes;
    }

    /** {@return a page to put into it with {@link #addOwn}, or to give back with {@link #keep}} */
    PageFrames page() {
        PageFrames page = spare;
        spare = null;
        return page == null ? new PageFrames(1) : page;
    }

    /** Keeps a page for the next write. */
    void keep(PageFrames page) {
        spare = page;
    }

    /** Whether later writes may go behind a buffer's bytes. */
    enum Kind {
        /** They may. */
        STREAM,
        /** Each write is a packet. */
        PACKET
    }

    /** Adds the first bytes of a page that nobody else has. */
    void addOwn(PageFrames page, int length, Kind kind) {
        Buffer added = add(page.bytes(), 0, length);
        added.own = page;
        added.merges = kind == Kind.STREAM;
        added.packet = kind == Kind.PACKET;
    }

    /** Adds bytes of a page that others have too; nothing is added behind them. */
    void addShared(MemorySegment page, int offset, int length) {
        add(page, offset, length);
    }

    /** Adds some of another pipe's oldest buffers' bytes, shared with it: what tee(2) does. */
    void addTee(Buffer other, int length) {
        other.share();
        Buffer added = add(other.page, other.offset, length);
        added.packet = other.packet;
    }

    private Buffer add(MemorySegment page, int offset, int length) {
        if (count == ring.length) {
            resizeRing(2 * ring.length);
        }
        int index = head + count & ring.length - 1;
        Buffer buffer = ring[index];
        if (buffer == null) {
            buffer = new Buffer();
            ring[index] = buffer;
        }
        count++;
        buffer.page = page;
        buffer.own = null;
        buffer.offset = offset;
        buffer.length = length;
        buffer.merges = false;
        buffer.packet = false;
        return buffer;
    }

    /** Removes the oldest buffer. */
    void removeFirst() {
        Buffer gone = buffer(0);
        if (gone.own != null) {
            spare = gone.own;
        }
        gone.page = MemorySegment.NULL;
        gone.own = null;
        head = head + 1 & ring.length - 1;
        count--;
    }

    /** Moves another pipe's oldest buffer here as it is. */
    void moveFirst(Pipe from) {
        Buffer moved = from.buffer(0);
        Buffer added = add(moved.page, moved.offset, moved.length);
        added.own = moved.own;
        added.merges = moved.merges;
        added.packet = moved.packet;
        moved.own = null;
        from.removeFirst();
    }

    /** Changes how many buffers it takes, at least as many as it has. */
    void setMaxUsage(int buffers) {
        maxUsage = buffers;
    }

    private void resizeRing(int size) {
        Buffer[] larger = new Buffer[size];
        for (int i = 0; i < count; i++) {
            larger[i] = buffer(i);
        }
        ring = larger;
        head = 0;
    }

    /** {@return whether it was ever polled: {@code poll_usage}} */
    boolean wasPolled() {
        return polled;
    }

    /** Notes that it is polled. */
    void setPolled() {
        polled = true;
    }

    // Who has it open.

    /** {@return how many open files can read} */
    int readers() {
        return readers;
    }

    /** {@return how many open files can write} */
    int writers() {
        return writers;
    }

    /** {@return how often it was opened to read} */
    int readerCounter() {
        return readerCounter;
    }

    /** {@return how often it was opened to write} */
    int writerCounter() {
        return writerCounter;
    }

    /** {@return how many open files there were before: one more can read} */
    int addReader() {
        readerCounter++;
        return readers++;
    }

    /** {@return how many open files there were before: one more can write} */
    int addWriter() {
        writerCounter++;
        return writers++;
    }

    /** {@return how many are left: one less can read} */
    int removeReader() {
        return --readers;
    }

    /** {@return how many are left: one less can write} */
    int removeWriter() {
        return --writers;
    }

    /** Counts an open file; the inode is locked. */
    void addFile() {
        files++;
    }

    /** {@return how many open files are left; the inode is locked} */
    int removeFile() {
        return --files;
    }

    /** Locks two pipes, always in the same order: {@code pipe_double_lock}. */
    static void doubleLock(Pipe one, Pipe other) {
        Pipe first = one.order < other.order ? one : other;
        first.lock.lock();
        (first == one ? other : one).lock.lock();
    }

    /** Unlocks both. */
    static void doubleUnlock(Pipe one, Pipe other) {
        one.lock.unlock();
        other.lock.unlock();
    }
}
