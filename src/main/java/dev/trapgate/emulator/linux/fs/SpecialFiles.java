package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.drivers.CharacterDevices;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** What devices, FIFOs and sockets do when they are opened by name: {@code init_special_inode} of fs/inode.c. */
public final class SpecialFiles {

    /** A device on a file system that is mounted with {@code nodev}. */
    public static final FileOperations NODEV = new FileOperations() {
        @Override
        public long open(Task current, File file) {
            return ErrorNumbers.EACCES;
        }
    };

    /** A socket's name, or a device that no driver has. */
    private static final FileOperations NO_OPEN = new FileOperations() {
        @Override
        public long open(Task current, File file) {
            return ErrorNumbers.ENXIO;
        }
    };

    private SpecialFiles() {}

    /**
     * {@return what a special file does}
     *
     * @param type the type bits of its mode
     * @param device the number of the device that it stands for
     */
    public static FileOperations operations(int type, int device) {
        return switch (type) {
            case Inode.S_IFCHR -> CharacterDevices.find(device).orElse(NO_OPEN);
            case Inode.S_IFIFO -> PipeOperations.FIFO;
            default -> NO_OPEN;
        };
    }
}
