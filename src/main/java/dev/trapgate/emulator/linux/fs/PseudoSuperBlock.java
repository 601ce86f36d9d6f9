package dev.trapgate.emulator.linux.fs;

import java.util.concurrent.atomic.AtomicLong;

/** A file system that no path leads to, for pipes, memfds and the like: {@code init_pseudo} of fs/libfs.c. */
public final class PseudoSuperBlock extends SuperBlock {

    private final long magic;
    private final Mount mount;

    /**
     * Makes a file system and mounts it nowhere.
     *
     * @param device its device number
     * @param magic {@code f_type} of statfs(2)
     */
    public PseudoSuperBlock(int device, long magic) {
        this(device, magic, FileSpace.NONE, new AtomicLong());
    }

    /**
     * Makes a file system whose files are numbered together with those of others, and mounts it nowhere.
     *
     * @param device its device number
     * @param magic {@code f_type} of statfs(2)
     * @param inodes the last number given out: {@code get_next_ino}
     */
    public PseudoSuperBlock(int device, long magic, AtomicLong inodes) {
        this(device, magic, FileSpace.NONE, inodes);
    }

    /**
     * Makes a file system whose files have contents, and mounts it nowhere.
     *
     * @param device its device number
     * @param magic {@code f_type} of statfs(2)
     * @param space the memory for them
     * @param inodes the last number given out: {@code get_next_ino}
     */
    PseudoSuperBlock(int device, long magic, FileSpace space, AtomicLong inodes) {
        super(device, space, inodes);
        this.magic = magic;
        this.mount = new Mount(this, new Dentry(new RootInode(this), "/"), null);
    }

    /** {@return where its files are} */
    public Mount mount() {
        return mount;
    }

    /** {@return a place for a file of it that has no directory: {@code d_alloc_pseudo}} */
    public Path path(Inode inode, String name) {
        return new Path(mount, new Dentry(inode, name));
    }

    @Override
    public long magic() {
        return magic;
    }

    private static final class RootInode extends Inode {

        private static final int MODE = S_IFDIR | 0600;

        private RootInode(SuperBlock superBlock) {
            super(superBlock, MODE, 0, 0, 0);
        }

        @Override
        public FileOperations operations() {
            return NothingToDo.OPERATIONS;
        }
    }

    /** What a directory does that nobody can open. */
    private static final class NothingToDo implements FileOperations {

        private static final FileOperations OPERATIONS = new NothingToDo();
    }
}
