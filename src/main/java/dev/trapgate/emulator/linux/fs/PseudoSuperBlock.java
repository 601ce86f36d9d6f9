package dev.trapgate.emulator.linux.fs;

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
        this(device, magic, FileSpace.NONE);
    }

    /**
     * Makes a file system whose files have contents, and mounts it nowhere.
     *
     * @param device its device number
     * @param magic {@code f_type} of statfs(2)
     * @param space the memory for them
     */
    PseudoSuperBlock(int device, long magic, FileSpace space) {
        super(device, space);
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
