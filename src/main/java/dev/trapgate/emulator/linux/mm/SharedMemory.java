package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.PseudoSuperBlock;
import dev.trapgate.emulator.linux.fs.tmpfs.InodeOwner;
import dev.trapgate.emulator.linux.fs.tmpfs.TmpfsFile;
import dev.trapgate.emulator.linux.kernel.Task;

/** Shared memory without a file that a program opened: {@code shmem_file_setup} of mm/shmem.c, Linux 6.18. */
final class SharedMemory {

    private static final int PERMISSIONS = 0777;

    private SharedMemory() {}

    /** {@return a file of zeros, with a reference, that /proc/self/maps calls {@code /dev/zero (deleted)}} */
    static File zeroSetup(Task current, long size) {
        return fileSetup(current, "/dev/zero (deleted)", size, PERMISSIONS);
    }

    /** {@return a file of zeros, with a reference; its name is only what /proc shows} */
    static File fileSetup(Task current, String name, long size, int permissions) {
        PseudoSuperBlock mount = current.process().mounts().shm();
        TmpfsFile inode = TmpfsFile.regular(mount, InodeOwner.of(current), permissions);
        inode.setSize(size);
        return new File(mount.path(inode, name), File.O_RDWR, inode.operations());
    }
}
