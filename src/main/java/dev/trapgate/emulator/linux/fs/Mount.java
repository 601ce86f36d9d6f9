package dev.trapgate.emulator.linux.fs;

import org.jspecify.annotations.Nullable;

/** A file system at a place of the tree: {@code struct vfsmount}. */
public final class Mount {

    private final SuperBlock superBlock;
    private final Dentry root;
    private final @Nullable Path at;

    /**
     * Mounts a file system.
     *
     * @param superBlock the file system
     * @param root its root directory
     * @param at where; null for the root of the whole tree, and for file systems that have no place (pipes)
     */
    public Mount(SuperBlock superBlock, Dentry root, @Nullable Path at) {
        this.superBlock = superBlock;
        this.root = root;
        this.at = at;
    }

    /** {@return its number, as {@code stx_mnt_id}: that of its file system, which is mounted once} */
    public int id() {
        return superBlock.device();
    }

    /** {@return the file system} */
    public SuperBlock superBlock() {
        return superBlock;
    }

    /** {@return its root directory} */
    public Dentry root() {
        return root;
    }

    /** {@return where it is mounted, or null} */
    public @Nullable Path at() {
        return at;
    }
}
