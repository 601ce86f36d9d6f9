package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The file system of processes and threads, each a file: fs/pidfs.c, Linux 6.18. */
final class Pidfs {

    private static final int DEVICE = 16;
    private static final long PID_FS_MAGIC = 0x5049_4446;

    /** The most that attributes of all processes may take, in bytes; Linux has no bound but the host's memory. */
    private static final long ROOM = 16 << 20;

    private final PseudoSuperBlock superBlock =
            new PseudoSuperBlock(DEVICE, PID_FS_MAGIC, new FileSpace(ROOM), new AtomicLong());
    private final Map<Integer, Inode> inodes = new HashMap<>();

    /** {@return where a process or a thread is, always the same file: {@code path_from_stashed}} */
    synchronized Path path(Task current, int pid) {
        KernelProcess process = current.process();
        inodes.keySet().removeIf(other -> !Pidfd.lives(process.globals().pids(), other));
        long now = process.timekeeper().realtime();
        Inode inode = inodes.computeIfAbsent(pid, first -> new PidInode(superBlock, now));
        return superBlock.path(inode, "anon_inode:[pidfd]");
    }

    /** A process or a thread, of which nothing can be changed but its attributes. */
    private static final class PidInode extends Inode {

        private static final int PERMISSIONS = 0700;

        private final Xattrs xattrs = new Xattrs(Xattrs.Keeper.PIDFS);

        private PidInode(SuperBlock superBlock, long now) {
            super(superBlock, PERMISSIONS, 0, 0, now);
            setLinks(1);
        }

        @Override
        public boolean isRegular() {
            return true;
        }

        @Override
        public boolean isPrivate() {
            return true;
        }

        @Override
        public Xattrs xattrs() {
            return xattrs;
        }

        @Override
        public long truncate(long size, long now) {
            return setattr();
        }

        @Override
        public long setattr() {
            return ErrorNumbers.EOPNOTSUPP;
        }

        @Override
        public FileOperations operations() {
            throw new IllegalStateException("a pidfd has no path");
        }
    }
}
