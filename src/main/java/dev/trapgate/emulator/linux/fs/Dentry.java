package dev.trapgate.emulator.linux.fs;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A name in a directory: {@code struct dentry}. A file has one for each of its names. Names are bytes, kept as characters
 * 0 to 255.
 *
 * <p>There are none for names that lead nowhere. One changes under its file system's {@link SuperBlock#treeLock}; anyone
 * may read it.
 */
public final class Dentry {

    private final Inode inode;
    private volatile Dentry parent;
    private volatile String name;
    private volatile boolean unhashed;
    private volatile @Nullable Mount mounted;
    private final AtomicInteger users = new AtomicInteger();

    /**
     * Names a file.
     *
     * @param inode the file
     * @param parent the directory that holds the name
     * @param name the name
     */
    public Dentry(Inode inode, Dentry parent, String name) {
        this.inode = inode;
        this.parent = parent;
        this.name = name;
    }

    /**
     * Names a file that has no directory: a root, a pipe, a memfd.
     *
     * @param inode the file
     * @param name what /proc shows
     */
    public Dentry(Inode inode, String name) {
        this.inode = inode;
        this.name = name;
        this.parent = this;
    }

    /** {@return the file} */
    public Inode inode() {
        return inode;
    }

    /** {@return the directory that holds the name; itself for a root} */
    public Dentry parent() {
        return parent;
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return whether it has no directory: IS_ROOT} */
    public boolean isRoot() {
        return parent == this;
    }

    /** {@return whether the name was removed from its directory: {@code d_unlinked}} */
    public boolean isUnlinked() {
        return unhashed;
    }

    /** {@return whether {@code other} is this one or lies below it: {@code is_subdir}} */
    public boolean contains(Dentry other) {
        Dentry at = other;
        while (at != this && !at.isRoot()) {
            at = at.parent;
        }
        return at == this;
    }

    /** {@return the file system mounted over it, or null} */
    public @Nullable Mount mounted() {
        return mounted;
    }

    /** Mounts a file system over it. */
    public void mount(Mount mount) {
        mounted = mount;
    }

    /** Counts one more that has it open or stands there: {@code dget}. */
    void acquire() {
        users.incrementAndGet();
    }

    /** Counts one less: {@code dput}. A name that was removed ends with the last. */
    void release() {
        if (users.decrementAndGet() == 0 && unhashed && inode.superBlock().isWatched()) {
            Fsnotify.ended(this);
        }
    }

    /** {@return whether anybody has it open or stands there} */
    boolean isUsed() {
        return users.get() > 0;
    }

    /** Removes it from its directory's names: {@code d_drop}. */
    public void unhash() {
        unhashed = true;
    }

    /** Moves it: {@code d_move}. */
    public void move(Dentry directory, String newName) {
        parent = directory;
        name = newName;
    }
}
