package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.kernel.WaitingTask;

/**
 * Opening a FIFO: {@code fifo_open} of fs/pipe.c, Linux 6.18. Each end waits for the other, unless O_NONBLOCK says otherwise.
 */
final class FifoOpen {

    private FifoOpen() {}

    /** Opens one end, or both. {@return 0 or an error number negated} */
    static long open(Task current, File file) {
        Inode inode = file.inode();
        Pipe pipe = attach(inode);
        long result = joinLocked(current, file, pipe);
        if (result != 0) {
            detach(inode, pipe);
        }
        return result;
    }

    /** {@return the pipe behind a FIFO or pipe, with one more open file; a new one if nobody has it open} */
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

    /** Forgets an open file of a pipe; with the last one the pipe goes: {@code put_pipe_info}. */
    static void detach(Inode inode, Pipe pipe) {
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
}
