package dev.trapgate.emulator.linux.fs.tmpfs;

import dev.trapgate.emulator.linux.fs.Dentry;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.FileSpace;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.Kstatfs;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import org.jspecify.annotations.Nullable;

/** A file system in memory. */
public final class TmpfsSuperBlock extends SuperBlock {

    /** What an open regular file does. */
    static final FileOperations REGULAR = TmpfsFileOperations.REGULAR;

    private static final long TMPFS_MAGIC = 0x0102_1994;
    private static final int PAGE_SIZE = 4096;
    private static final int NAME_MAX = 255;

    private final long blocks;
    private final Dentry root;

    /**
     * Makes a file system with an empty root directory.
     *
     * @param device its device number
     * @param blocks its size in pages, as statfs(2) shows it
     * @param space the memory that it has
     * @param mode the root directory's permission bits
     * @param now the time, in nanoseconds since 1970
     */
    public TmpfsSuperBlock(int device, long blocks, FileSpace space, int mode, long now) {
        super(device, space);
        this.blocks = blocks;
        this.root = new Dentry(new TmpfsDirectory(this, new InodeOwner(0, 0, now), mode), "/");
    }

    /** {@return its root directory} */
    public Dentry root() {
        return root;
    }

    /** {@return what has a name in a directory of this file system, or null} */
    public @Nullable Dentry find(Dentry directory, String name) {
        return ((TmpfsDirectory) directory.inode()).find(name);
    }

    /**
     * Makes a directory that belongs to root, without any check.
     *
     * @param directory where
     * @param name its name, which must be free
     * @param mode permission bits
     * @param now the time, in nanoseconds since 1970
     * @return the new directory
     */
    public Dentry mkdir(Dentry directory, String name, int mode, long now) {
        TmpfsDirectory made = new TmpfsDirectory(this, new InodeOwner(0, 0, now), mode);
        directory.inode().setLinks(directory.inode().links() + 1);
        return place(directory, name, made, now);
    }

    /**
     * Gives a file of this file system a name, without any check.
     *
     * @param directory where
     * @param name the name, which must be free
     * @param inode the file
     * @param now the time, in nanoseconds since 1970
     * @return the new name
     */
    public Dentry place(Dentry directory, String name, Inode inode, long now) {
        Dentry dentry = new Dentry(inode, directory, name);
        treeLock().lock();
        try {
            ((TmpfsDirectory) directory.inode()).add(dentry, now);
        } finally {
            treeLock().unlock();
        }
        return dentry;
    }

    @Override
    public long magic() {
        return TMPFS_MAGIC;
    }

    @Override
    public Kstatfs statfs() {
        return new Kstatfs(TMPFS_MAGIC, PAGE_SIZE, blocks, blocks, blocks, blocks, NAME_MAX);
    }
}
