package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/** Where in a file a call works: at an offset that the program gave and finds changed, or at the file's position. */
final class FileOffset {

    private final long address;
    private long value;

    private FileOffset(long address, long value) {
        this.address = address;
        this.value = value;
    }

    /**
     * {@return where to work; null if the program's offset cannot be read}
     *
     * @param current the calling task
     * @param file the open file
     * @param address where the program has a {@code loff_t}; 0 for the file's position
     */
    static @Nullable FileOffset fetch(Task current, File file, long address) {
        if (address == 0) {
            return new FileOffset(0, file.position());
        }
        return Arguments.fetch(current, address, Long.BYTES)
                ? new FileOffset(address, current.buffer().get(Arguments.LONG, 0))
                : null;
    }

    /** {@return whether the program gave it} */
    boolean isGiven() {
        return address != 0;
    }

    /** {@return the offset in bytes} */
    long value() {
        return value;
    }

    /** Moves it; the file's position too, unless the program gave it. */
    void move(File file, long to) {
        value = to;
        if (address == 0 && !file.has(FileOperations.FMODE_STREAM)) {
            file.setPosition(to);
        }
    }

    /** {@return whether the program was told, where it gave the offset} */
    boolean tell(Task current) {
        return address == 0 || Arguments.putLong(current, address, value) == 0;
    }
}
