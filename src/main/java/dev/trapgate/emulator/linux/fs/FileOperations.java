package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** What an open file does: {@code struct file_operations}. Each answers a value or an error number negated. */
public interface FileOperations {

    /** There is something to read. */
    int POLLIN = 1;
    /** Something urgent. */
    int POLLPRI = 2;
    /** There is room to write. */
    int POLLOUT = 4;
    /** Something is wrong. */
    int POLLERR = 8;
    /** The other end is gone. */
    int POLLHUP = 0x10;
    /** As POLLIN. */
    int POLLRDNORM = 0x40;
    /** As POLLOUT. */
    int POLLWRNORM = 0x100;
    /** What a file that never blocks answers. */
    int DEFAULT_POLLMASK = POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM;

    /**
     * Reads: {@code read_iter}.
     *
     * @param current the calling task
     * @param file the open file
     * @param iocb where to read; moved on by what was read
     * @param to where to put it
     * @return how many bytes were read
     */
    default long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        return ErrorNumbers.EINVAL;
    }

    /**
     * Writes: {@code write_iter}.
     *
     * @param current the calling task
     * @param file the open file
     * @param iocb where to write; moved on by what was written
     * @param from what to write
     * @return how many bytes were written
     */
    default long writeIter(Task current, File file, Kiocb iocb, IovIter from) {
        return ErrorNumbers.EINVAL;
    }

    /** {@return what can be done without blocking, bits of POLL*} */
    default int poll(File file) {
        return DEFAULT_POLLMASK;
    }

    /** Ends the open file: the last descriptor and mapping are gone. */
    default void release(File file) {}
}
