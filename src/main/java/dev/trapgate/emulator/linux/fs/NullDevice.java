package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.Task;

/** {@code /dev/null}: reads nothing, takes everything without looking at it (drivers/char/mem.c, Linux 5.17). */
public final class NullDevice implements OpenFile {

    /** Makes the device. */
    public NullDevice() {}

    @Override
    public long read(Task current, long to, long count) {
        return 0;
    }

    @Override
    public long write(Task current, long from, long count) {
        return count;
    }
}
