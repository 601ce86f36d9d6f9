package dev.trapgate.emulator.linux.fs;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An open file: {@code struct file}, which descriptors and mappings share. It ends with the last of them.
 */
public final class File {

    /** Access mode bits of the flags. */
    public static final int O_ACCMODE = 3;
    /** Only to write. */
    public static final int O_WRONLY = 1;
    /** To read and to write. */
    public static final int O_RDWR = 2;

    private final Path path;
    private final FileOperations operations;
    private final AtomicInteger references = new AtomicInteger(1);
    private final ReentrantLock positionLock = new ReentrantLock();
    private volatile int flags;
    private long position;

    /**
     * Opens a file, with one reference.
     *
     * @param path which
     * @param flags O_* flags as F_GETFL shows them, of x86-64
     * @param operations what it does
     */
    public File(Path path, int flags, FileOperations operations) {
        this.path = path;
        this.flags = flags;
        this.operations = operations;
    }

    /** {@return which file} */
    public Path path() {
        return path;
    }

    /** {@return the file itself} */
    public Inode inode() {
        return path.inode();
    }

    /** {@return what it does} */
    public FileOperations operations() {
        return operations;
    }

    /** {@return O_* flags} */
    public int flags() {
        return flags;
    }

    /** Changes the flags that F_SETFL may change. */
    public void setFlags(int value) {
        flags = value;
    }

    /** {@return whether it was opened to read: FMODE_READ} */
    public boolean mayRead() {
        return (flags & O_ACCMODE) != O_WRONLY;
    }

    /** {@return whether it was opened to write: FMODE_WRITE} */
    public boolean mayWrite() {
        return (flags & O_ACCMODE) == O_WRONLY || (flags & O_ACCMODE) == O_RDWR;
    }

    /** {@return what guards the position: {@code f_pos_lock}} */
    public ReentrantLock positionLock() {
        return positionLock;
    }

    /** {@return the position in bytes; read and written under {@link #positionLock}} */
    public long position() {
        return position;
    }

    /** Changes the position. */
    public void setPosition(long value) {
        position = value;
    }

    /** Adds a reference: {@code get_file}. */
    public File acquire() {
        references.incrementAndGet();
        return this;
    }

    /** Drops a reference; with the last one the file is released: {@code fput}. */
    public void release() {
        if (references.decrementAndGet() == 0) {
            operations.release(this);
        }
    }
}
