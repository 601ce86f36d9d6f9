package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** What an open file does: {@code struct file_operations}. Each answers a value or an error number negated. */
public interface FileOperations {

    /** It has a position that can be moved. */
    int FMODE_LSEEK = 4;
    /** It can be read at a place. */
    int FMODE_PREAD = 8;
    /** It can be written at a place. */
    int FMODE_PWRITE = 0x10;
    /** It has {@link #readIter}. */
    int FMODE_CAN_READ = 0x2_0000;
    /** It has {@link #writeIter}. */
    int FMODE_CAN_WRITE = 0x4_0000;
    /** It has no position at all. */
    int FMODE_STREAM = 0x20_0000;
    /** It writes without RWF_* flags: {@code write} in place of {@code write_iter}. */
    int FMODE_OLD_WRITE = 0x10_0000;
    /** It reads without RWF_* flags and each piece of memory by itself: {@code read} in place of {@code read_iter}. */
    int FMODE_OLD_READ = 0x8_0000;
    /** O_DIRECT may be set on it. */
    int FMODE_CAN_ODIRECT = 0x40_0000;
    /** It can send SIGIO: {@code fasync}. */
    int FMODE_FASYNC = 0x4000_0000;
    /** splice(2) can read it: {@code splice_read}. */
    int FMODE_SPLICE_READ = 0x1000_0000;
    /** splice(2) can write it: {@code splice_write}. */
    int FMODE_SPLICE_WRITE = 0x2000_0000;
    /** It can tell that it would wait: RWF_NOWAIT. */
    int FMODE_NOWAIT = 0x800_0000;
    /** What an ordinary file has. */
    int FMODE_ORDINARY = FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE | FMODE_CAN_READ | FMODE_CAN_WRITE;

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
    /** It is not open. */
    int POLLNVAL = 0x20;
    /** As POLLIN. */
    int POLLRDNORM = 0x40;
    /** Something urgent in a band. */
    int POLLRDBAND = 0x80;
    /** As POLLOUT. */
    int POLLWRNORM = 0x100;
    /** There is room to write in a band. */
    int POLLWRBAND = 0x200;
    /** The other end writes no more. */
    int POLLRDHUP = 0x2000;
    /** What a file that never blocks answers. */
    int DEFAULT_POLLMASK = POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM;

    /** {@return what its open files can do, bits of FMODE_*} */
    default int modes() {
        return FMODE_ORDINARY;
    }

    /**
     * Begins an open file, before it has a descriptor: {@code open}.
     *
     * @param current the calling task
     * @param file the open file
     * @return 0 or why it cannot be opened; it is not released then
     */
    default long open(Task current, File file) {
        return 0;
    }

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

    /**
     * Moves the position: {@code llseek}, asked only with FMODE_LSEEK.
     *
     * @param current the calling task
     * @param file the open file, its position locked
     * @param offset how far
     * @param whence SEEK_*, 0 to 4
     * @return the position
     */
    default long llseek(Task current, File file, long offset, int whence) {
        return Llseek.generic(file, offset, whence, Long.MAX_VALUE, file.inode().size());
    }

    /**
     * {@return whether {@link #poll} says more than that it never blocks: {@code file_can_poll}; epoll takes no others}
     */
    default boolean canPoll() {
        return false;
    }

    /**
     * Says what can be done without waiting. A file that has this has {@link #canPoll} too.
     *
     * <p>First it leaves its queues with {@code wait}, then it looks. Whatever changes the answer wakes those queues
     * afterwards, with the POLL* bits that have come as the key: that is all that poll(2), select(2) and epoll(7) need.
     *
     * @param current the calling task
     * @param file the open file
     * @param wait where to leave the queues that are woken when that changes: {@code poll_wait}
     * @return bits of POLL*
     */
    default int poll(Task current, File file, PollTable wait) {
        return DEFAULT_POLLMASK;
    }

    /**
     * Does what only this kind of file can: {@code unlocked_ioctl}.
     *
     * @param current the calling task
     * @param file the open file
     * @param command which
     * @param argument its argument
     * @return −ENOTTY if it does not know the command
     */
    default long ioctl(Task current, File file, int command, long argument) {
        return ErrorNumbers.ENOTTY;
    }

    /** {@return 0 once what was written is safe; −EINVAL where that means nothing} */
    default long fsync(Task current, File file) {
        return ErrorNumbers.EINVAL;
    }

    /**
     * Allocates or frees space: {@code fallocate}; mode and range have been checked.
     *
     * @param current the calling task
     * @param file the open file
     * @param mode FALLOC_FL_* bits
     * @param offset where, in bytes
     * @param length how much, in bytes, at least 1
     * @return 0
     */
    default long fallocate(Task current, File file, int mode, long offset, long length) {
        return ErrorNumbers.EOPNOTSUPP;
    }

    /**
     * Says whether it can be mapped: {@code mmap}. A file that can be but has no pages is mapped as anonymous memory.
     *
     * @param file the open file
     * @param flags VM_* flags of the mapping
     * @return the flags that the mapping gets; −ENODEV if it cannot be mapped, −EPERM if a seal forbids it
     */
    default long mmap(File file, long flags) {
        return file.inode().pages() == null ? ErrorNumbers.ENODEV : flags;
    }

    /** {@return 0 if F_SETFL may change the flags to these: {@code check_flags}} */
    default long checkFlags(int flags) {
        return 0;
    }

    /** {@return what close(2) answers: {@code flush}, for each descriptor that ends} */
    default long flush(File file) {
        return 0;
    }

    /** Ends the open file: the last descriptor and mapping are gone. */
    default void release(File file) {}
}
