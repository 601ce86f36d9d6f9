package dev.trapgate.emulator.linux.fs.tmpfs;

import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.SpecialFiles;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.fs.Xattrs;

/** A device, a FIFO or a socket: {@code init_special_inode}. */
final class TmpfsSpecial extends Inode {

    private final int device;
    private final FileOperations operations;
    private final Xattrs xattrs = new Xattrs();

    TmpfsSpecial(SuperBlock superBlock, InodeOwner owner, int mode, int device) {
        this(superBlock, owner, mode, device, SpecialFiles.operations(mode & S_IFMT, device));
    }

    /** Makes one whose name leads elsewhere than its number says. */
    TmpfsSpecial(SuperBlock superBlock, InodeOwner owner, int mode, int device, FileOperations operations) {
        super(superBlock, mode, owner.uid(), owner.gid(), owner.now());
        this.device = device;
        this.operations = operations;
    }

    @Override
    public int device() {
        return device;
    }

    @Override
    public Xattrs xattrs() {
        return xattrs;
    }

    @Override
    public FileOperations operations() {
        return operations;
    }
}
