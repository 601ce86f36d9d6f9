package dev.trapgate.emulator.linux.fs.tmpfs;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.fs.Dentry;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.FileSpace;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.Kstatfs;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.emulator.linux.fs.hostfs.HostTree;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

    /**
     * Makes a file system that begins with the files of another machine, which it never changes: changes are kept in memory.
     *
     * <p>A name comes in when it is first looked for, with its file's mode, owner, times and size; a file's contents are read
     * there until they are first changed, and are copied then, as a whole. What the other machine changes of a file before
     * it is first opened may be seen; extended attributes are not.
     *
     * @param device its device number
     * @param blocks its size in pages, as statfs(2) shows it
     * @param space the memory that it has
     * @param tree the files
     * @throws HostFileException if they are not there
     */
    public TmpfsSuperBlock(int device, long blocks, FileSpace space, HostTree tree) throws HostFileException {
        super(device, space);
        this.blocks = blocks;
        this.root = new Dentry(new LowerLayer(this, tree).root(), "/");
    }

    /**
     * Makes a directory of root's appear in the root, in place of what has the name there: a place to mount a file system on.
     *
     * @param name its name
     * @param mode permission bits
     * @param now the time, in nanoseconds since 1970
     * @return the directory, empty
     */
    public Dentry mountPoint(String name, int mode, long now) {
        TmpfsDirectory made = new TmpfsDirectory(this, new InodeOwner(0, 0, now), mode);
        return ((TmpfsDirectory) root.inode()).mountPoint(root, name, made);
    }

    /** {@return its root directory} */
    public Dentry root() {
        return root;
    }

    /** {@return what has a name in a directory of this file system, or null} */
    public @Nullable Dentry find(Dentry directory, String name) {
        return ((TmpfsDirectory) directory.inode()).find(directory, name);
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
     * Makes a regular file that belongs to root, without any check.
     *
     * @param directory where
     * @param name its name, which must be free
     * @param contents its bytes
     * @param mode permission bits
     * @param now the time, in nanoseconds since 1970
     * @return the new file; null if there is no memory for it
     */
    public @Nullable Dentry file(Dentry directory, String name, byte[] contents, int mode, long now) {
        TmpfsFile made = new TmpfsFile(this, new InodeOwner(0, 0, now), mode, REGULAR);
        for (int at = 0; at < contents.length; at += PAGE_SIZE) {
            PageFrames page = made.pages().obtain(at / PAGE_SIZE);
            if (page == null) {
                made.evictIfUnused();
                return null;
            }
            int size = Math.min(PAGE_SIZE, contents.length - at);
            MemorySegment.copy(contents, at, page.bytes(), ValueLayout.JAVA_BYTE, 0, size);
        }
        made.setSize(contents.length);
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
