package dev.trapgate.emulator.linux.fs;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** One file system: {@code struct super_block}. */
public abstract class SuperBlock {

    /** {@link #magic} of a file system in memory. */
    public static final long TMPFS_MAGIC = 0x0102_1994;
    /** {@link #magic} of /proc. */
    public static final long PROC_SUPER_MAGIC = 0x9fa0;

    private final int device;
    private final FileSpace space;
    private final AtomicLong inodes;
    private final ReentrantLock treeLock = new ReentrantLock();
    private final AtomicInteger watches = new AtomicInteger();

    /**
     * Makes a file system.
     *
     * @param device its device number, as in {@code st_dev}
     */
    protected SuperBlock(int device) {
        this(device, FileSpace.NONE);
    }

    /**
     * Makes a file system whose files have contents of their own.
     *
     * @param device its device number, as in {@code st_dev}
     * @param space the memory for them
     */
    protected SuperBlock(int device, FileSpace space) {
        this(device, space, new AtomicLong());
    }

    /**
     * Makes a file system whose files are numbered together with those of others: {@code get_next_ino}.
     *
     * @param device its device number, as in {@code st_dev}
     * @param space the memory for them
     * @param inodes the last number given out
     */
    protected SuperBlock(int device, FileSpace space, AtomicLong inodes) {
        this.device = device;
        this.space = space;
        this.inodes = inodes;
    }

    /** {@return the memory for its files} */
    public final FileSpace space() {
        return space;
    }

    /** {@return its device number} */
    public final int device() {
        return device;
    }

    /** {@return a number for another inode, from 1} */
    public final long nextInodeNumber() {
        return inodes.incrementAndGet();
    }

    /**
     * {@return what guards its names: held while a name comes, goes or moves} It stands for the directories' {@code i_rwsem}
     * and {@code s_vfs_rename_mutex} together. It is taken before any inode's {@link Inode#lock}, and never two of them at
     * once; who only looks a name up takes none.
     */
    public final ReentrantLock treeLock() {
        return treeLock;
    }

    /** {@return whether any file of it is watched: {@code fsnotify_sb_has_watchers}} */
    final boolean isWatched() {
        return watches.get() != 0;
    }

    /** Counts a watch that comes, 1, or goes, −1. */
    final void countWatch(int change) {
        watches.addAndGet(change);
    }

    /** {@return what kind of file system it is: {@code f_type} of statfs(2)} */
    public abstract long magic();

    /** {@return whether nothing in it can be changed: SB_RDONLY, which answers EROFS} */
    public boolean isReadOnly() {
        return false;
    }

    /** {@return its size and what is left of it, as {@code statfs(2)}} */
    public Kstatfs statfs() {
        return Kstatfs.simple(magic());
    }
}
