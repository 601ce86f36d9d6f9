package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import java.util.Objects;

/** What the ends of pipes and FIFOs do: {@code pipeanon_fops} and {@code pipefifo_fops} of fs/pipe.c, Linux 6.18. */
public final class PipeOperations implements FileOperations {

    /** Those of a pipe. */
    static final FileOperations PIPE = new PipeOperations(FMODE_NOWAIT);
    /** Those of a FIFO, for its inode. */
    public static final FileOperations FIFO = new PipeOperations(0);

    private static final int PAGE_SIZE = PageFrames.PAGE_SIZE;
    private static final int FIONREAD = 0x541b;
    private static final int READABLE = POLLIN | POLLRDNORM;
    private static final int WRITABLE = POLLOUT | POLLWRNORM;

    /** Not an answer: there is nothing to read, or no room to write, yet. */
    private static final long WAIT = Long.MIN_VALUE;

    /** Whether a task comes to the pipe for the first time in a call. */
    private enum Turn {
        /** It does. */
        FIRST,
        /** It has waited. */
        WOKEN
    }

    private final int modes;

    private PipeOperations(int more) {
        modes = FMODE_STREAM | FMODE_FASYNC | FMODE_CAN_READ | FMODE_CAN_WRITE | more;
    }

    @Override
    public int modes() {
        return modes;
    }

    /** {@return the pipe that an open file of these operations has} */
    static Pipe pipe(File file) {
        return Objects.requireNonNull(file.inode().pipe(), "an open pipe");
    }

    private static boolean mustNotWait(File file, Kiocb iocb) {
        return file.isNonblocking() || iocb.has(Kiocb.RWF_NOWAIT);
    }

    /** {@code anon_pipe_read}. */
    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        if (to.count() == 0) {
            return 0;
        }
        Pipe pipe = pipe(file);
        long result = readOnce(pipe, to, Turn.FIRST);
        while (result == WAIT && !mustNotWait(file, iocb)) {
            if (waitReadable(current, pipe) != 0) {
                return ErrorNumbers.ERESTARTSYS;
            }
            result = readOnce(pipe, to, Turn.WOKEN);
        }
        if (result > 0) {
            touch(current, file);
        }
        return result == WAIT ? ErrorNumbers.EAGAIN : result;
    }

    /** {@return what could be read; WAIT if nothing could, but something may come} */
    private static long readOnce(Pipe pipe, IovIter to, Turn turn) {
        pipe.lock().lock();
        try {
            boolean wasFull = pipe.isFull();
            long done = take(pipe, to);
            if (wasFull && !pipe.isFull()) {
                pipe.writeQueue().wakeUp(WRITABLE);
            }
            // One wake-up wakes one reader, which wakes the next one if there is more.
            if (turn == Turn.WOKEN && !pipe.isEmpty()) {
                pipe.readQueue().wakeUp(READABLE);
            }
            return done == 0 && pipe.writers() > 0 ? WAIT : done;
        } finally {
            pipe.lock().unlock();
        }
    }

    private static void touch(Task current, File file) {
        if ((file.flags() & File.O_NOATIME) == 0) {
            file.inode().accessed(current.process().timekeeper().realtime());
        }
    }

    /** {@return how many bytes there were, 0 if there were none, or −EFAULT if none could be copied} */
    private static long take(Pipe pipe, IovIter to) {
        long done = 0;
        while (!pipe.isEmpty() && to.count() > 0) {
            Pipe.Buffer buffer = pipe.buffer(0);
            int wanted = (int) Math.min(buffer.length(), to.count());
            if (to.copyTo(buffer.page(), buffer.offset(), wanted) < wanted) {
                return done == 0 ? ErrorNumbers.EFAULT : done;
            }
            done += wanted;
            buffer.consume(wanted);
            boolean packet = buffer.isPacket();
            if (packet || buffer.length() == 0) {
                pipe.removeFirst();
            }
            if (packet) {
                break;
            }
        }
        return done;
    }

    /** {@return whether there is something to read, or nobody to write: {@code pipe_readable}} */
    static boolean isReadable(Pipe pipe) {
        pipe.lock().lock();
        try {
            return !pipe.isEmpty() || pipe.writers() == 0;
        } finally {
            pipe.lock().unlock();
        }
    }

    /** {@return whether there is room, or nobody to read: {@code pipe_writable}} */
    static boolean isWritable(Pipe pipe) {
        pipe.lock().lock();
        try {
            return !pipe.isFull() || pipe.readers() == 0;
        } finally {
            pipe.lock().unlock();
        }
    }

    /** {@return 0 once it {@link #isReadable}, or −ERESTARTSYS if a signal came first} */
    static long waitReadable(Task current, Pipe pipe) {
        return WaitingTask.waitEvent(current, pipe.readQueue(), WaitQueue.Share.EXCLUSIVE, () -> isReadable(pipe));
    }

    /** {@return 0 once it {@link #isWritable}, or −ERESTARTSYS if a signal came first} */
    static long waitWritable(Task current, Pipe pipe) {
        return WaitingTask.waitEvent(current, pipe.writeQueue(), WaitQueue.Share.EXCLUSIVE, () -> isWritable(pipe));
    }

    /** {@code anon_pipe_write}: what fits into one page goes in at once or not at all. */
    @Override
    public long writeIter(Task current, File file, Kiocb iocb, IovIter from) {
        if (from.count() == 0) {
            return 0;
        }
        Pipe pipe = pipe(file);
        // A pipe has no position: what went in is counted there.
        iocb.setPosition(0);
        long error = writeOnce(pipe, file, iocb, from, Turn.FIRST);
        while (error == WAIT && !mustNotWait(file, iocb) && !current.signalPending()) {
            waitWritable(current, pipe);
            error = writeOnce(pipe, file, iocb, from, Turn.WOKEN);
        }
        if (error == WAIT) {
            error = mustNotWait(file, iocb) ? ErrorNumbers.EAGAIN : ErrorNumbers.ERESTARTSYS;
        }
        return finish(current, file, iocb, error);
    }

    private static long writeOnce(Pipe pipe, File file, Kiocb iocb, IovIter from, Turn turn) {
        pipe.lock().lock();
        try {
            boolean wasEmpty = pipe.isEmpty();
            long error = pipe.readers() == 0 ? ErrorNumbers.EPIPE : put(pipe, file, iocb, from, turn);
            // Who polls once hears of every write, whether it added anything or not: edges of epoll(7) depend on it.
            if (pipe.wasPolled() || (wasEmpty && !pipe.isEmpty())) {
                pipe.readQueue().wakeUp(READABLE);
            }
            if (turn == Turn.WOKEN && !pipe.isFull()) {
                pipe.writeQueue().wakeUp(WRITABLE);
            }
            return error;
        } finally {
            pipe.lock().unlock();
        }
    }

    private static long finish(Task current, File file, Kiocb iocb, long error) {
        if (error == ErrorNumbers.EPIPE && !iocb.has(Kiocb.RWF_NOSIGNAL)) {
            current.send(Signal.of(Signal.SIGPIPE));
        }
        long done = iocb.position();
        if (done > 0) {
            file.inode().modified(current.process().timekeeper().realtime());
        }
        return done > 0 ? done : error;
    }

    /** Puts in what there is room for. {@return 0 once all is in; WAIT if there was no room; −EFAULT} */
    private static long put(Pipe pipe, File file, Kiocb iocb, IovIter from, Turn turn) {
        int rest = (int) from.count() & PageFrames.PAGE_MASK;
        if (turn == Turn.FIRST && rest != 0 && !pipe.isEmpty() && !merge(pipe.last(), iocb, from, rest)) {
            return ErrorNumbers.EFAULT;
        }
        boolean packets = (file.flags() & File.O_DIRECT) != 0;
        while (from.count() > 0 && !pipe.isFull()) {
            PageFrames page = pipe.page();
            int wanted = (int) Math.min(PAGE_SIZE, from.count());
            int copied = (int) from.copyFrom(page.bytes(), 0, wanted);
            if (copied < wanted) {
                pipe.keep(page);
                return ErrorNumbers.EFAULT;
            }
            pipe.addOwn(page, copied, packets ? Pipe.Kind.PACKET : Pipe.Kind.STREAM);
            iocb.setPosition(iocb.position() + copied);
        }
        return from.count() == 0 ? 0 : WAIT;
    }

    /**
     * Puts the bytes that do not fill a page of their own behind the newest buffer's, all or none.
     *
     * @return whether they could be read
     */
    private static boolean merge(Pipe.Buffer last, Kiocb iocb, IovIter from, int rest) {
        int end = last.offset() + last.length();
        if (!last.merges() || end + rest > PAGE_SIZE) {
            return true;
        }
        if (from.copyFrom(last.page(), end, rest) < rest) {
            return false;
        }
        last.extend(rest);
        iocb.setPosition(rest);
        return true;
    }

    @Override
    public boolean canPoll() {
        return true;
    }

    @Override
    public int poll(Task current, File file, PollTable wait) {
        Pipe pipe = pipe(file);
        pipe.setPolled();
        if (file.mayRead()) {
            wait.pollWait(pipe.readQueue());
        }
        if (file.mayWrite()) {
            wait.pollWait(pipe.writeQueue());
        }
        pipe.lock().lock();
        try {
            return (file.mayRead() ? readMask(file, pipe) : 0) | (file.mayWrite() ? writeMask(pipe) : 0);
        } finally {
            pipe.lock().unlock();
        }
    }

    private static int readMask(File file, Pipe pipe) {
        boolean hungUp = pipe.writers() == 0 && file.pipeVersion() != pipe.writerCounter();
        return (pipe.isEmpty() ? 0 : READABLE) | (hungUp ? POLLHUP : 0);
    }

    private static int writeMask(Pipe pipe) {
        return (pipe.isFull() ? 0 : WRITABLE) | (pipe.readers() == 0 ? POLLERR : 0);
    }

    @Override
    public long ioctl(Task current, File file, int command, long argument) {
        if (command != FIONREAD) {
            return ErrorNumbers.ENOTTY;
        }
        return Arguments.orFault(current.uaccess().putUser32(argument, size(pipe(file))));
    }

    private static int size(Pipe pipe) {
        pipe.lock().lock();
        try {
            return pipe.size();
        } finally {
            pipe.lock().unlock();
        }
    }

    /** {@code fifo_open}: each end waits for the other, unless O_NONBLOCK says otherwise. */
    @Override
    public long open(Task current, File file) {
        Inode inode = file.inode();
        Pipe pipe = attach(inode);
        long result = joinLocked(current, file, pipe);
        if (result != 0) {
            detach(inode, pipe);
        }
        return result;
    }

    static Pipe attach(Inode inode) {
        inode.lock().lock();
        try {
            Pipe there = inode.pipe();
            Pipe pipe = there == null ? new Pipe() : there;
            inode.setPipe(pipe);
            pipe.addFile();
            return pipe;
        } finally {
            inode.lock().unlock();
        }
    }

    private static void detach(Inode inode, Pipe pipe) {
        inode.lock().lock();
        try {
            if (pipe.removeFile() == 0) {
                inode.setPipe(null);
            }
        } finally {
            inode.lock().unlock();
        }
    }

    private static long joinLocked(Task current, File file, Pipe pipe) {
        pipe.lock().lock();
        try {
            return join(current, file, pipe);
        } finally {
            pipe.lock().unlock();
        }
    }

    /** Whether it is no FIFO: nobody waits for the other end of a pipe, even if it is opened through /proc. */
    private static boolean isPipe(File file) {
        return file.inode() instanceof PipeInode;
    }

    private static long join(Task current, File file, Pipe pipe) {
        if (file.mayRead() && file.mayWrite()) {
            boolean first = pipe.addReader() == 0;
            if (pipe.addWriter() == 0 || first) {
                wakePartner(pipe);
            }
            return 0;
        }
        if (file.mayRead()) {
            return joinReader(current, file, pipe);
        }
        return file.mayWrite() ? joinWriter(current, file, pipe) : ErrorNumbers.EINVAL;
    }

    private static long joinReader(Task current, File file, Pipe pipe) {
        if (pipe.addReader() == 0) {
            wakePartner(pipe);
        }
        if (isPipe(file) || pipe.writers() > 0) {
            return 0;
        }
        if (file.isNonblocking()) {
            // No hang-up is told until a writer was there.
            file.setPipeVersion(pipe.writerCounter());
            return 0;
        }
        int before = pipe.writerCounter();
        while (pipe.writerCounter() == before && !current.signalPending()) {
            waitForPartner(current, pipe);
        }
        if (pipe.writerCounter() != before) {
            return 0;
        }
        if (pipe.removeReader() == 0) {
            pipe.writeQueue().wakeUpAll(0);
        }
        return ErrorNumbers.ERESTARTSYS;
    }

    private static long joinWriter(Task current, File file, Pipe pipe) {
        if (!isPipe(file) && file.isNonblocking() && pipe.readers() == 0) {
            return ErrorNumbers.ENXIO;
        }
        if (pipe.addWriter() == 0) {
            wakePartner(pipe);
        }
        if (isPipe(file) || pipe.readers() > 0) {
            return 0;
        }
        int before = pipe.readerCounter();
        while (pipe.readerCounter() == before && !current.signalPending()) {
            waitForPartner(current, pipe);
        }
        if (pipe.readerCounter() != before) {
            return 0;
        }
        if (pipe.removeWriter() == 0) {
            pipe.readQueue().wakeUpAll(0);
        }
        return ErrorNumbers.ERESTARTSYS;
    }

    /** {@code wait_for_partner}: sleeps once, the pipe unlocked. */
    private static void waitForPartner(Task current, Pipe pipe) {
        WaitingTask waiter = new WaitingTask(current);
        pipe.readQueue().add(waiter, WaitQueue.Share.SHARED);
        pipe.lock().unlock();
        try {
            waiter.schedule(WaitingTask.FOREVER);
        } finally {
            pipe.readQueue().remove(waiter);
            pipe.lock().lock();
        }
    }

    private static void wakePartner(Pipe pipe) {
        pipe.readQueue().wakeUpAll(0);
    }

    /** {@code pipe_release}: the other side hears when this one is gone. */
    @Override
    public void release(File file) {
        Pipe pipe = pipe(file);
        pipe.lock().lock();
        try {
            int readers = file.mayRead() ? pipe.removeReader() : pipe.readers();
            int writers = file.mayWrite() ? pipe.removeWriter() : pipe.writers();
            if ((readers == 0) != (writers == 0)) {
                pipe.readQueue().wakeUpAll(READABLE | POLLERR | POLLHUP);
                pipe.writeQueue().wakeUpAll(WRITABLE | POLLERR | POLLHUP);
            }
        } finally {
            pipe.lock().unlock();
        }
        detach(file.inode(), pipe);
    }
}
