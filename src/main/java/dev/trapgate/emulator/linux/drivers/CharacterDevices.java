package dev.trapgate.emulator.linux.drivers;

import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.Optional;

/** Which operations a character device has: {@code chrdev_open} of fs/char_dev.c. */
public final class CharacterDevices {

    /** The device /dev/null, 1:3. */
    public static final int NULL = number(1, 3);
    /** The device /dev/zero, 1:5. */
    public static final int ZERO = number(1, 5);
    /** The device /dev/full, 1:7. */
    public static final int FULL = number(1, 7);
    /** The device /dev/random, 1:8. */
    public static final int RANDOM = number(1, 8);
    /** The device /dev/urandom, 1:9. */
    public static final int URANDOM = number(1, 9);

    /** What a terminal does where there is none. */
    public static final FileOperations NO_TERMINAL = new FileOperations() {
        @Override
        public long open(Task current, File file) {
            return ErrorNumbers.ENXIO;
        }
    };

    private static final int MAJOR_SHIFT = 8;

    private CharacterDevices() {}

    /** {@return a device's number, as {@code st_rdev} has it; both parts below 256} */
    public static int number(int major, int minor) {
        return major << MAJOR_SHIFT | minor;
    }

    /** {@return what a device does; empty for a number that no driver has, which open(2) answers with ENXIO} */
    public static Optional<FileOperations> find(int device) {
        for (FileOperations[] known : new FileOperations[][] {MemoryDevice.values(), RandomDevice.values()}) {
            for (FileOperations operations : known) {
                if (deviceOf(operations) == device) {
                    return Optional.of(operations);
                }
            }
        }
        return Optional.empty();
    }

    private static int deviceOf(FileOperations operations) {
        return operations instanceof MemoryDevice memory
                ? memory.device()
                : operations instanceof RandomDevice random ? random.device() : -1;
    }
}
