package dev.trapgate.emulator.linux.fs.hostfs;

import dev.trapgate.emulator.linux.fs.FileSpace;
import dev.trapgate.emulator.linux.fs.Dentry;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.Kstatfs;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import java.util.List;

/**
 * A directory of the machine that the JVM runs on, mounted read-only with {@code nodev} and {@code nosuid}. What changes there
 * is seen when a name is next looked up or a file next opened, as on a network file system; a file that is open stays the
 * file that it was.
 */
public final class HostfsSuperBlock extends SuperBlock {

    private static final long HOSTFS_SUPER_MAGIC = 0x00c0_ffee;
    private static final int PAGE_SIZE = 4096;
    private static final int NAME_MAX = 255;

    private final HostTree tree;
    private final long blocks;
    private final Dentry root;

    /**
     * Makes the file system.
     *
     * @param device its device number
     * @param tree the directory
     * @param blocks its size in pages, as statfs(2) shows it; none is free
     * @param space the memory for what is mapped of its files
     * @throws HostFileException if the directory is not there
     */
    public HostfsSuperBlock(int device, HostTree tree, long blocks, FileSpace space) throws HostFileException {
        super(device, space);
        this.tree = tree;
        this.blocks = blocks;
        this.root = new Dentry(new HostfsDirectory(this, List.of(), tree.status(List.of())), "/");
    }

    /** {@return its root directory} */
    public Dentry root() {
        return root;
    }

    /**
     * Makes a directory appear in the root, in place of what has the name there: a place to mount a file system on.
     *
     * @param name its name
     * @param now the time, in nanoseconds since 1970
     * @return the directory, empty
     */
    public Dentry mountPoint(String name, long now) {
        return ((HostfsDirectory) root.inode()).mountPoint(root, name, now);
    }

    HostTree tree() {
        return tree;
    }

    /** {@return an inode for a file as it is now} */
    Inode inode(List<String> path, HostFileStatus status) {
        return switch (status.mode() & Inode.S_IFMT) {
            case Inode.S_IFDIR -> new HostfsDirectory(this, path, status);
            case Inode.S_IFLNK -> new HostfsSymlink(this, path, status);
            case Inode.S_IFREG -> new HostfsFile(this, path, status);
            default -> new HostfsSpecial(this, status);
        };
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public long magic() {
        return HOSTFS_SUPER_MAGIC;
    }

    @Override
    public Kstatfs statfs() {
        return new Kstatfs(HOSTFS_SUPER_MAGIC, PAGE_SIZE, blocks, 0, blocks, 0, NAME_MAX);
    }
}
