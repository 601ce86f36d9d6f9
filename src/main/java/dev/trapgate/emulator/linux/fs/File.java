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
    /** Each write goes to the end. */
    public static final int O_APPEND = 0x400;
    /** Never wait. */
    public static final int O_NONBLOCK = 0x800;
    /** Send SIGIO. */
    public static final int O_ASYNC = 0x2000;
    /** Bypass the page cache; packets on a pipe. */
    public static final int O_DIRECT = 0x4000;
    /** Sizes beyond 2 GiB are fine. */
    public static final int O_LARGEFILE = 0x8000;
    /** Leave the time of access alone. */
    public static final int O_NOATIME = 0x4_0000;
    /** Close in execve(2). */
    public static final int O_CLOEXEC = 0x8_0000;
    /** Only a place in the tree. */
    public static final int O_PATH = 0x20_0000;

    private final Path path;
    private final FileOperations operations;
    private final int mode;
    private final boolean vanished;
    private final AtomicInteger references = new AtomicInteger(1);
    private final ReentrantLock positionLock = new ReentrantLock();
    private volatile int flags;
    private volatile int ownerType;
    private volatile int owner;
    private volatile int ownerSignal;
    private volatile boolean created;
    private volatile int pipeVersion;
    private final FileWatchers watchers;
    private long position;

    /**
     * Opens a file, with one reference.
     *
     * @param path which
     * @param flags O_* flags as F_GETFL shows them, of x86-64
     * @param operations what it does
     */
    public File(Path path, int flags, FileOperations operations) {
        this(path, flags, operations, new FileWatchers());
    }

    /** Opens a file that knows already who watches it. */
    File(Path path, int flags, FileOperations operations, FileWatchers watchers) {
        this.path = path;
        this.watchers = watchers;
        this.flags = flags;
        this.operations = operations;
        this.mode = operations.modes();
        path.dentry().acquire();
        this.vanished = !path.inode().opened();
    }

    /** {@return whether its file lost its last name, and all it had, before it was opened} */
    boolean hasVanished() {
        return vanished;
    }

    /** Forgets it, which was never fully opened: its operations do not hear of it. */
    void abandon() {
        inode().closed();
        path.dentry().release();
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

    /** {@return whether calls on it must not wait: O_NONBLOCK} */
    public boolean isNonblocking() {
        return (flags & O_NONBLOCK) != 0;
    }

    /** {@return whether it is only a place in the tree: FMODE_PATH} */
    public boolean isPathOnly() {
        return (flags & O_PATH) != 0;
    }

    /** {@return whether it was opened to read: FMODE_READ} */
    public boolean mayRead() {
        int access = flags & O_ACCMODE;
        return (access == 0 || access == O_RDWR) && !isPathOnly();
    }

    /** {@return whether it was opened to write: FMODE_WRITE} */
    public boolean mayWrite() {
        int access = flags & O_ACCMODE;
        return (access == O_WRONLY || access == O_RDWR) && !isPathOnly();
    }

    /** {@return whether it has a mode, a FMODE_* bit of {@link FileOperations}} */
    public boolean has(int fmode) {
        return (mode & fmode) != 0;
    }

    /** {@return whether it has the old {@code read} or {@code write} only, which know no RWF_* flags, as /dev/full does} */
    boolean hasOnlyOld(Kiocb.Direction direction) {
        return has(direction == Kiocb.Direction.WRITE ? FileOperations.FMODE_OLD_WRITE : FileOperations.FMODE_OLD_READ);
    }

    /** {@return whether calls that use the position exclude each other: FMODE_ATOMIC_POS} */
    public boolean hasAtomicPosition() {
        int type = inode().type();
        return type == Inode.S_IFREG || type == Inode.S_IFDIR;
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

    /** {@return whom SIGIO goes to: an id, 0 for nobody} */
    public int owner() {
        return owner;
    }

    /** {@return what the owner's id names: F_OWNER_TID 0, F_OWNER_PID 1, F_OWNER_PGRP 2} */
    public int ownerType() {
        return ownerType;
    }

    /** Says whom SIGIO goes to: {@code f_setown}. */
    public void setOwner(int type, int id) {
        ownerType = type;
        owner = id;
    }

    /** {@return the signal in place of SIGIO, 0 for that one} */
    public int ownerSignal() {
        return ownerSignal;
    }

    /** Changes the signal in place of SIGIO. */
    public void setOwnerSignal(int signal) {
        ownerSignal = signal;
    }

    /** {@return whether open(2) made the file: FMODE_CREATED} */
    boolean wasCreated() {
        return created;
    }

    /** Notes that open(2) made the file. */
    void setCreated() {
        created = true;
    }

    /** {@return how often a FIFO had been opened to write when this end of it was: {@code f_pipe}} */
    int pipeVersion() {
        return pipeVersion;
    }

    /** Notes how often the FIFO has been opened to write. */
    void setPipeVersion(int count) {
        pipeVersion = count;
    }

    /** {@return who watches it: {@code f_ep}} */
    FileWatchers watchers() {
        return watchers;
    }

    /** Adds a reference: {@code get_file}. */
    public File acquire() {
        references.incrementAndGet();
        return this;
    }

    /** {@return whether a reference was added: not to a file that has been released} */
    boolean tryAcquire() {
        int count = references.get();
        while (count != 0) {
            if (references.compareAndSet(count, count + 1)) {
                return true;
            }
            count = references.get();
        }
        return false;
    }

    /** {@return how many references there are: {@code file_count}} */
    public int references() {
        return references.get();
    }

    /** Drops a reference; with the last one the file is released: {@code fput}. */
    public void release() {
        if (references.decrementAndGet() != 0) {
            return;
        }
        if (!isPathOnly()) {
            Fsnotify.close(this);
            watchers.release();
            FileLocks locks = inode().locksIfAny();
            if (locks != null) {
                locks.removeFile(this);
            }
            operations.release(this);
        }
        inode().closed();
        path.dentry().release();
    }

    /** {@return whether a reference was dropped: not the last one} */
    boolean releaseUnlessLast() {
        int count = references.get();
        while (count > 1) {
            if (references.compareAndSet(count, count - 1)) {
                return true;
            }
            count = references.get();
        }
        return false;
    }

    /**
     * Ends one descriptor of it: {@code filp_close}.
     *
     * @param owner the table that had the descriptor: its record locks on the file end
     * @return 0 or what flushing answers
     */
    long close(FilesStruct owner) {
        long result = 0;
        if (!isPathOnly()) {
            result = operations.flush(this);
            FileLocks locks = inode().locksIfAny();
            if (locks != null) {
                locks.removePosix(owner);
            }
        }
        release();
        return result;
    }
}
