package dev.trapgate.emulator.linux.fs;

import java.util.concurrent.atomic.AtomicLong;

/** One file system: {@code struct super_block}. */
public abstract class SuperBlock {

    private final int device;
    private final AtomicLong inodes = new AtomicLong();

    /**
     * Makes a file system.
     *
     * @param device its device number, as in {@code st_dev}
     */
    protected SuperBlock(int device) {
        this.device = device;
    }

    /** {@return its device number} */
    public final int device() {
        return device;
    }

    /** {@return a number for another inode, from 1} */
    public final long nextInodeNumber() {
        return inodes.incrementAndGet();
    }

    /** {@return what kind of file system it is: {@code f_type} of statfs(2)} */
    public abstract long magic();
}
