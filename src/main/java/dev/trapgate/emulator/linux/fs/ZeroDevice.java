package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** {@code /dev/zero}: reads zeros, takes everything without looking at it (drivers/char/mem.c, Linux 5.17). */
public final class ZeroDevice implements OpenFile {

    /** Makes the device. */
    public ZeroDevice() {}

    /** Clears page by page: a bad address further on makes the read a short one. */
    @Override
    public long read(Task current, long to, long count) {
        long left = current.uaccess().clearUser(to, count);
        return left == count && count != 0 ? ErrorNumbers.EFAULT : count - left;
    }

    @Override
    public long write(Task current, long from, long count) {
        return count;
    }
}
