package dev.trapgate.emulator.linux.fs.hostfs;

import dev.trapgate.emulator.linux.drivers.CharacterDevices;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.SpecialFiles;

/**
 * A device, FIFO or socket of the other machine: it is shown and never opened there. Opening a device is refused as on any file
 * system mounted with {@code nodev}; a FIFO's name leads to a pipe of the emulated kernel's own.
 */
final class HostfsSpecial extends Inode {

    private final int device;

    HostfsSpecial(HostfsSuperBlock superBlock, HostFileStatus status) {
        super(superBlock, status.inode(), status.mode(), status.btime());
        this.device = CharacterDevices.number(status.major(), status.minor());
        HostfsStatus.apply(this, status);
    }

    @Override
    public int device() {
        return device;
    }

    @Override
    public FileOperations operations() {
        boolean isDevice = type() == S_IFCHR || type() == S_IFBLK;
        return isDevice ? SpecialFiles.NODEV : SpecialFiles.operations(type(), 0);
    }
}
