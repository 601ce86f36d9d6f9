package dev.trapgate.emulator.linux.fs;

/** A character device: an inode that {@code init_special_inode} made. */
public final class DeviceInode extends Inode {

    private final int device;
    private final FileOperations operations;

    /**
     * Makes one without a name.
     *
     * @param superBlock where it lives
     * @param permissions its permission bits
     * @param device which device it stands for, as {@code st_rdev}
     * @param operations what that does
     */
    public DeviceInode(SuperBlock superBlock, int permissions, int device, FileOperations operations) {
        super(superBlock, S_IFCHR | permissions, 0, 0, 0);
        this.device = device;
        this.operations = operations;
    }

    @Override
    public int device() {
        return device;
    }

    @Override
    public FileOperations operations() {
        return operations;
    }
}
