package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.PseudoSuperBlock;
import dev.trapgate.emulator.linux.fs.tmpfs.InodeOwner;
import dev.trapgate.emulator.linux.fs.tmpfs.TmpfsFile;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.Task;

/** Shared memory without a file of its own: {@code shmem_zero_setup} of mm/shmem.c, Linux 6.18. */
final class SharedMemory {

    private static final int PERMISSIONS = 0777;

    private SharedMemory() {}

    /** {@return a file of zeros, with a reference, that /proc/self/maps calls {@code /dev/zero (deleted)}} */
    static File zeroSetup(Task current, long size) {
        return fileSetup(current, "dev/zero", size, PERMISSIONS);
    }

    /** {@return a file without a name in the tree: {@code shmem_kernel_file_setup}} */
    static File fileSetup(Task current, String name, long size, int permissions) {
        PseudoSuperBlock mount = current.process().mounts().shm();
        Credentials owner = current.credentials();
        long now = current.process().timekeeper().realtime();
        TmpfsFile inode = new TmpfsFile(
                mount, new InodeOwner(owner.fsuid(), owner.fsgid(), now), permissions, TmpfsFile.regularOperations());
        inode.setSize(size);
        inode.setLinks(0);
        return new File(mount.path(inode, name), File.O_RDWR, inode.operations());
    }
}
