package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.net.core.Net;
import java.util.concurrent.atomic.AtomicLong;

/** The file systems that a kernel has without a path: {@code pipe_mnt}, {@code shm_mnt}, {@code anon_inode_mnt}. */
public final class KernelMounts {

    private static final long PIPEFS_MAGIC = 0x5049_5045;
    private static final long ANON_INODE_FS_MAGIC = 0x0904_1934;
    private static final long DEVPTS_SUPER_MAGIC = 0x1cd1;
    private static final long SOCKFS_MAGIC = 0x534f_434b;
    private static final int SOCKET_DEVICE = 9;
    private static final int SHM_DEVICE = 1;
    private static final int PIPE_DEVICE = 14;
    private static final int ANON_DEVICE = 15;
    private static final int DEVPTS_DEVICE = 24;
    private static final long FIRST_INODE = 1 << 16;

    /** Far from the numbers of files in directories, as {@code get_next_ino} of a kernel that has been up for a while. */
    private final AtomicLong inodes = new AtomicLong(FIRST_INODE);

    private final PseudoSuperBlock pipes = new PseudoSuperBlock(PIPE_DEVICE, PIPEFS_MAGIC, inodes);
    private final PseudoSuperBlock shm;
    private final PseudoSuperBlock anonymous = new PseudoSuperBlock(ANON_DEVICE, ANON_INODE_FS_MAGIC, inodes);
    private final Pidfs pidfs = new Pidfs();
    private final PseudoSuperBlock devpts = new PseudoSuperBlock(DEVPTS_DEVICE, DEVPTS_SUPER_MAGIC);
    private final Net net = new Net(new PseudoSuperBlock(SOCKET_DEVICE, SOCKFS_MAGIC, inodes));
    private final Inode anonInode;

    /**
     * Makes them empty.
     *
     * @param space the memory for memfds
     * @param now the time, in nanoseconds since 1970
     */
    public KernelMounts(FileSpace space, long now) {
        this.shm = new PseudoSuperBlock(SHM_DEVICE, SuperBlock.TMPFS_MAGIC, space, inodes);
        anonInode = new AnonInode(anonymous, now);
    }

    /** {@return the last number that was given to a file without a path: {@code last_ino} of fs/inode.c} */
    public AtomicLong inodes() {
        return inodes;
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
    Pidfs pidfs() {
        return pidfs;
    }

    /** {@return where the console's terminal is} */
    public PseudoSuperBlock devpts() {
        return devpts;
    }

    /** {@return the network, with where sockets are: {@code sock_mnt}} */
    public Net net() {
        return net;
    }
}
