package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file of any type: {@code struct inode}. Its fields are read and written under {@link #lock}, the kernel's
 * {@code i_rwsem}, where they belong together.
 */
public abstract class Inode {

    /** Bits of the mode that say the type: S_IFMT. */
    public static final int S_IFMT = 0xf000;
    /** A socket. */
    public static final int S_IFSOCK = 0xc000;
    /** A symbolic link. */
    public static final int S_IFLNK = 0xa000;
    /** A regular file. */
    public static final int S_IFREG = 0x8000;
    /** A block device. */
    public static final int S_IFBLK = 0x6000;
    /** A directory. */
    public static final int S_IFDIR = 0x4000;
    /** A character device. */
    public static final int S_IFCHR = 0x2000;
    /** A FIFO. */
    public static final int S_IFIFO = 0x1000;

    /** Set the user id on execution. */
    public static final int S_ISUID = 04000;
    /** Set the group id on execution; in a directory, files get its group. */
    public static final int S_ISGID = 02000;
    /** In a directory, only their owners remove files. */
    public static final int S_ISVTX = 01000;
    /** The group may execute. */
    public static final int S_IXGRP = 010;
    /** Anyone may execute, as a set of bits. */
    public static final int S_IXUGO = 0111;
    /** All bits of the mode but the type: S_IALLUGO. */
    public static final int S_IALLUGO = 07777;

    private static final long DAY = 24L * 60 * 60 * 1_000_000_000;

    private final SuperBlock superBlock;
    private final long number;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile int mode;
    private volatile int uid;
    private volatile int gid;
    private volatile int links;
    private volatile boolean linkable;
    private volatile long size;
    private volatile long atime;
    private volatile long mtime;
    private volatile long ctime;
    private final long btime;
    private volatile @Nullable Pipe pipe;
    private volatile @Nullable FileLocks locks;
    private volatile long writeHint;
    private volatile List<InotifyWatch> watches = List.of();
    private final AtomicLong charged = new AtomicLong();
    private final AtomicInteger opens = new AtomicInteger();
    private final AtomicBoolean evicted = new AtomicBoolean();

    /**
     * Makes a file without a name.
     *
     * @param superBlock where it lives
     * @param mode type and permission bits
     * @param uid its owner
     * @param gid its group
     * @param now the time, in nanoseconds since 1970, for all its times
     */
    protected Inode(SuperBlock superBlock, int mode, int uid, int gid, long now) {
        this(superBlock, superBlock.nextInodeNumber(), mode, now);
        this.uid = uid;
        this.gid = gid;
    }

    /**
     * Makes a file of root's that has a number already.
     *
     * @param superBlock where it lives
     * @param number its number there
     * @param mode type and permission bits
     * @param made when it was made, in nanoseconds since 1970, for all its times
     */
    protected Inode(SuperBlock superBlock, long number, int mode, long made) {
        this.superBlock = superBlock;
        this.number = number;
        this.mode = mode;
        this.atime = made;
        this.mtime = made;
        this.ctime = made;
        this.btime = made;
    }

    /** {@return where it lives} */
    public final SuperBlock superBlock() {
        return superBlock;
    }

    /** {@return whether its file system had memory for so many more bytes of it, which it has until it is gone} */
    public final boolean charge(long bytes) {
        boolean fits = superBlock.space().take(bytes);
        if (fits) {
            charged.addAndGet(bytes);
        }
        return fits;
    }

    /** Charges for bytes of it that no program asked for, whether there is memory for them or not. */
    public final void chargeAnyhow(long bytes) {
        superBlock.space().takeAnyhow(bytes);
        charged.addAndGet(bytes);
    }

    /** Gives memory back that it was charged for. */
    public final void uncharge(long bytes) {
        charged.addAndGet(-bytes);
        superBlock.space().give(bytes);
    }

    /** Counts an open file of it. {@return whether it is still there: not if it was gone before} */
    final boolean opened() {
        opens.incrementAndGet();
        return !evicted.get();
    }

    /** Forgets an open file of it. */
    final void closed() {
        opens.decrementAndGet();
        evictIfUnused();
    }

    /** Gives its memory back, once it has neither a name nor an open file: {@code iput_final}. */
    public final void evictIfUnused() {
        boolean isFile = superBlock.space() != FileSpace.NONE;
        if (isFile && links == 0 && opens.get() == 0 && evicted.compareAndSet(false, true)) {
            evict();
            superBlock.space().give(charged.getAndSet(0));
        }
    }

    /** Frees its contents: nobody will see them again. */
    protected void evict() {
        // Most files have none.
    }

    /** {@return its number within its file system} */
    public final long number() {
        return number;
    }

    /** {@return what guards it: {@code i_rwsem}} */
    public final ReentrantLock lock() {
        return lock;
    }

    /** {@return type and permission bits} */
    public final int mode() {
        return mode;
    }

    /** Changes the mode; the type must stay. */
    public final void setMode(int value) {
        mode = value;
    }

    /** {@return the type bits of the mode} */
    public final int type() {
        return mode & S_IFMT;
    }

    /** {@return its owner} */
    public final int uid() {
        return uid;
    }

    /** {@return its group} */
    public final int gid() {
        return gid;
    }

    /** Changes owner and group. */
    public final void setOwner(int user, int group) {
        uid = user;
        gid = group;
    }

    /** {@return how many names it has} */
    public final int links() {
        return links;
    }

    /** Changes the count of its names. */
    public final void setLinks(int value) {
        links = value;
    }

    /** {@return whether it may get a first name by linkat(2): I_LINKABLE} */
    public final boolean isLinkable() {
        return linkable;
    }

    /** Allows it a first name: O_TMPFILE without O_EXCL. */
    public final void makeLinkable() {
        linkable = true;
    }

    /** {@return its size in bytes: {@code i_size}} */
    public final long size() {
        return size;
    }

    /** Changes its size; the pages are its file system's concern. */
    public final void setSize(long value) {
        size = value;
    }

    /** {@return when it was last read, in nanoseconds since 1970} */
    public final long atime() {
        return atime;
    }

    /** Sets when it was last read. */
    public final void setAtime(long value) {
        atime = value;
    }

    /** {@return when its contents last changed, in nanoseconds since 1970} */
    public final long mtime() {
        return mtime;
    }

    /** Sets when its contents last changed. */
    public final void setMtime(long value) {
        mtime = value;
    }

    /** {@return when it last changed in any way, in nanoseconds since 1970} */
    public final long ctime() {
        return ctime;
    }

    /** Sets when it last changed in any way. */
    public final void setCtime(long value) {
        ctime = value;
    }

    /** {@return when it was made, in nanoseconds since 1970} */
    public final long btime() {
        return btime;
    }

    /** Notes a change of its contents, of names for a directory. */
    public final void modified(long now) {
        mtime = now;
        ctime = now;
    }

    /** Notes that it was read: {@code touch_atime} with relatime, which writes when the time says nothing new. */
    public final void accessed(long now) {
        if (superBlock.isReadOnly()) {
            return;
        }
        if (mtime >= atime || ctime >= atime || now - atime >= DAY) {
            atime = now;
        }
    }

    /** {@return 0 if its mode, owner and times may be changed at all; why not: {@code setattr}} */
    public long setattr() {
        return 0;
    }

    /** {@return whether its bits of execution must stay: F_SEAL_EXEC} */
    public boolean keepsExecution() {
        return false;
    }

    /** {@return how much room its contents take, in units of 512 bytes: {@code i_blocks}} */
    public long blocks() {
        return 0;
    }

    /** {@return the number of the device that it stands for; 0 if it stands for none} */
    public int device() {
        return 0;
    }

    /** {@return the pipe behind a FIFO or pipe that is open, or null: {@code i_pipe}; under {@link #lock}} */
    final @Nullable Pipe pipe() {
        return pipe;
    }

    /** Changes the pipe behind it. */
    final void setPipe(@Nullable Pipe value) {
        pipe = value;
    }

    /** {@return the locks on it, none if nobody ever locked it: {@code i_flctx}} */
    final @Nullable FileLocks locksIfAny() {
        return locks;
    }

    /** {@return the locks on it} */
    final FileLocks locks() {
        FileLocks there = locks;
        if (there != null) {
            return there;
        }
        lock.lock();
        try {
            FileLocks made = locks == null ? new FileLocks() : locks;
            locks = made;
            return made;
        } finally {
            lock.unlock();
        }
    }

    /** {@return how long what is written is expected to live, a RWH_* number} */
    final long writeHint() {
        return writeHint;
    }

    /** Changes how long what is written is expected to live. */
    final void setWriteHint(long hint) {
        writeHint = hint;
    }

    /** {@return who watches it: {@code i_fsnotify_marks}} */
    final List<InotifyWatch> watches() {
        return watches;
    }

    /** Adds one that watches it. */
    final void addWatch(InotifyWatch watch) {
        synchronized (this) {
            List<InotifyWatch> more = new ArrayList<>(watches);
            more.add(watch);
            watches = List.copyOf(more);
        }
        superBlock.countWatch(1);
    }

    /** Removes one that watched it. */
    final void removeWatch(InotifyWatch watch) {
        synchronized (this) {
            watches = watches.stream().filter(other -> other != watch).toList();
        }
        superBlock.countWatch(-1);
    }

    /** {@return whether calls take it for a regular file, which some are that show no type} */
    public boolean isRegular() {
        return type() == S_IFREG;
    }

    /** {@return its pages, or null if it has none: only regular files have} */
    public @Nullable PageCache pages() {
        return null;
    }

    /** {@return its extended attributes, or null if it can have none} */
    public @Nullable Xattrs xattrs() {
        return null;
    }

    /** {@return whether security modules leave it alone: S_PRIVATE} */
    public boolean isPrivate() {
        return false;
    }

    /** {@return where files of its kind end at the latest: {@code s_maxbytes}} */
    public long maxBytes() {
        return Long.MAX_VALUE;
    }

    /** {@return the name of its protocol, which sockfs shows as an extended attribute; null if it is no socket} */
    public @Nullable String protocolName() {
        return null;
    }

    /**
     * Cuts or extends its contents, with times and mode as {@code truncate(2)} leaves them. {@link #lock} is held.
     *
     * @param size the new size in bytes, 0 or more
     * @param now the time, in nanoseconds since 1970
     * @return 0 or an error number negated
     */
    public long truncate(long size, long now) {
        return ErrorNumbers.EINVAL;
    }

    /** {@return what an open file of it does: {@code i_fop}} */
    public abstract FileOperations operations();
}
