package dev.trapgate.emulator.linux.fs;

/** The file systems that a kernel has without a path: {@code pipe_mnt}, {@code shm_mnt}, {@code anon_inode_mnt}. */
public final class KernelMounts {

    private static final long PIPEFS_MAGIC = 0x5049_5045;
    private static final long TMPFS_MAGIC = 0x0102_1994;
    private static final long ANON_INODE_FS_MAGIC = 0x0904_1934;
    private static final long PID_FS_MAGIC = 0x5049_4446;
    private static final long DEVPTS_SUPER_MAGIC = 0x1cd1;
    private static final int SHM_DEVICE = 1;
    private static final int PIPE_DEVICE = 14;
    private static final int ANON_DEVICE = 15;
    private static final int PIDFD_DEVICE = 16;
    private static final int DEVPTS_DEVICE = 24;

    private final PseudoSuperBlock pipes = new PseudoSuperBlock(PIPE_DEVICE, PIPEFS_MAGIC);
    private final PseudoSuperBlock shm = new PseudoSuperBlock(SHM_DEVICE, TMPFS_MAGIC);
    private final PseudoSuperBlock anonymous = new PseudoSuperBlock(ANON_DEVICE, ANON_INODE_FS_MAGIC);
    private final PseudoSuperBlock pidfds = new PseudoSuperBlock(PIDFD_DEVICE, PID_FS_MAGIC);
    private final PseudoSuperBlock devpts = new PseudoSuperBlock(DEVPTS_DEVICE, DEVPTS_SUPER_MAGIC);

    private final Inode anonInode;

    /**
     * Makes them empty.
     *
     * @param now the time, in nanoseconds since 1970
     */
    public KernelMounts(long now) {
        anonInode = new AnonInode(anonymous, now);
    }

    /** {@return what eventfds and their kind share: {@code anon_inode_inode}} */
    Inode anonInode() {
        return anonInode;
    }

    /** {@return where pipes are} */
    public PseudoSuperBlock pipes() {
        return pipes;
    }

    /** {@return where memfds are} */
    public PseudoSuperBlock shm() {
        return shm;
    }

    /** {@return where eventfds and their kind are} */
    public PseudoSuperBlock anonymous() {
        return anonymous;
    }

    /** {@return where descriptors of processes are: {@code pidfs_mnt}} */
    PseudoSuperBlock pidfds() {
        return pidfds;
    }

    /** {@return where the console's terminal is} */
    public PseudoSuperBlock devpts() {
        return devpts;
    }
}
