package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;

/** A counter that can be waited for: {@code struct eventfd_ctx} and {@code eventfd_fops} of fs/eventfd.c, Linux 6.18. */
final class Eventfd implements FileOperations {

    private static final int SIZE = Long.BYTES;
    /** ULLONG_MAX, which the counter never reaches. */
    private static final long ULLONG_MAX = -1;

    /** What a read takes. */
    enum Reads {
        /** The whole count. */
        ALL,
        /** One: EFD_SEMAPHORE. */
        ONE
    }

    private final Reads reads;
    private final WaitQueue queue = new WaitQueue();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long count;

    /**
     * Makes a counter.
     *
     * @param count where it begins, unsigned
     * @param reads what a read takes
     */
    Eventfd(long count, Reads reads) {
        this.count = count;
        this.reads = reads;
    }

    @Override
    public int modes() {
        return FMODE_LSEEK | FMODE_CAN_READ | FMODE_CAN_WRITE | FMODE_OLD_WRITE | FMODE_NOWAIT;
    }

    @Override
    public boolean canPoll() {
        return true;
    }

    /** {@code eventfd_poll}. */
    @Override
    public int poll(Task current, File file, PollTable wait) {
        wait.pollWait(queue);
        long now = count;
        int events = now != 0 ? POLLIN : 0;
        events |= now == ULLONG_MAX ? POLLERR : 0;
        return events | (Long.compareUnsigned(ULLONG_MAX - 1, now) > 0 ? POLLOUT : 0);
    }

    /** {@code eventfd_read}: the count is gone even if it cannot be told. */
    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        if (to.count() < SIZE) {
            return ErrorNumbers.EINVAL;
        }
        long taken = take();
        while (taken == 0) {
            if (file.isNonblocking() || iocb.has(Kiocb.RWF_NOWAIT)) {
                return ErrorNumbers.EAGAIN;
            }
            long error = WaitingTask.waitEvent(current, queue, WaitQueue.Share.SHARED, () -> count != 0);
            if (error != 0) {
                return error;
            }
            taken = take();
        }
        MemorySegment told = MemorySegment.ofArray(new long[1]);
        told.set(Arguments.LONG, 0, taken);
        return to.copyTo(told, 0, SIZE) == SIZE ? SIZE : ErrorNumbers.EFAULT;
    }

    private long take() {
        lock.lock();
        try {
            long before = count;
            long taken = reads == Reads.ONE && before != 0 ? 1 : before;
            count = before - taken;
            if (taken != 0) {
                queue.wakeUp(POLLOUT);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** {@code eventfd_write}, once for each piece of memory, as it is written without an iterator there. */
    @Override
    public long writeIter(Task current, File file, Kiocb iocb, IovIter from) {
        if (from.count() == 0 || from.length(0) == 0) {
            return ErrorNumbers.EINVAL;
        }
        long done = 0;
        do {
            long result = from.pieceLeft() == SIZE ? write(current, file, from) : ErrorNumbers.EINVAL;
            if (result < 0) {
                return done == 0 ? result : done;
            }
            done += result;
        } while (from.count() > 0);
        return done;
    }

    private long write(Task current, File file, IovIter from) {
        MemorySegment given = MemorySegment.ofArray(new long[1]);
        if (from.copyFrom(given, 0, SIZE) < SIZE) {
            return ErrorNumbers.EFAULT;
        }
        long added = given.get(Arguments.LONG, 0);
        if (added == ULLONG_MAX) {
            return ErrorNumbers.EINVAL;
        }
        while (!tryAdd(added)) {
            if (file.isNonblocking()) {
                return ErrorNumbers.EAGAIN;
            }
            long error = WaitingTask.waitEvent(current, queue, WaitQueue.Share.SHARED, () -> hasRoom(added));
            if (error != 0) {
                return error;
            }
        }
        return SIZE;
    }

    private boolean hasRoom(long added) {
        return Long.compareUnsigned(ULLONG_MAX - count, added) > 0;
    }

    private boolean tryAdd(long added) {
        lock.lock();
        try {
            long before = count;
            boolean fits = Long.compareUnsigned(ULLONG_MAX - before, added) > 0;
            if (fits) {
                count = before + added;
                queue.wakeUp(POLLIN);
            }
            return fits;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long llseek(Task current, File file, long offset, int whence) {
        return Llseek.noop(file);
    }

    @Override
    public void release(File file) {
        queue.wakeUp(POLLHUP);
    }
}
