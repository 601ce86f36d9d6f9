package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.PtRegs32;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.nio.charset.StandardCharsets;

/** Reading, writing, and opening the few devices there are: fs/read_write.c, fs/open.c, Linux 5.17. */
public final class FileCalls {

    private static final long MAX_RW_COUNT = 0x7fff_f000L;
    private static final int PATH_MAX = 4096;
    private static final OpenFile NULL = new NullDevice();
    private static final OpenFile ZERO = new ZeroDevice();

    private FileCalls() {}

    /** {@code read(2)}. */
    public static long read(Task current, PtRegs regs) {
        OpenFile file = current.process().files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        long to = regs.argument(2);
        long count = regs.argument(3);
        long refusal = refusal(current, regs, to, count);
        return refusal != 0 ? refusal : file.read(current, to, Math.min(count, MAX_RW_COUNT));
    }

    /** {@code write(2)}. */
    public static long write(Task current, PtRegs regs) {
        OpenFile file = current.process().files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        long from = regs.argument(2);
        long count = regs.argument(3);
        long refusal = refusal(current, regs, from, count);
        return refusal != 0 ? refusal : file.write(current, from, Math.min(count, MAX_RW_COUNT));
    }

    /** The order of vfs_read: the address first, then a count that is negative as the program's ssize_t. */
    private static long refusal(Task current, PtRegs regs, long address, long count) {
        if (!current.uaccess().accessOk(address, count)) {
            return ErrorNumbers.EFAULT;
        }
        boolean negative = regs instanceof PtRegs32 ? (int) count < 0 : count < 0;
        return negative ? ErrorNumbers.EINVAL : 0;
    }

    /** {@code close(2)}. */
    public static long close(Task current, PtRegs regs) {
        return current.process().files().close((int) regs.argument(1)) ? 0 : ErrorNumbers.EBADF;
    }

    /** {@code open(2)} of a device. */
    public static long open(Task current, PtRegs regs) {
        return openDevice(current, regs.argument(1));
    }

    /** {@code openat(2)} of a device by its absolute name. */
    public static long openat(Task current, PtRegs regs) {
        return openDevice(current, regs.argument(2));
    }

    private static long openDevice(Task current, long address) {
        byte[] name = new byte[PATH_MAX];
        int length = 0;
        while (length < PATH_MAX) {
            long left = current.uaccess()
                    .copyFromUser(java.lang.foreign.MemorySegment.ofArray(name).asSlice(length), address + length, 1);
            if (left != 0) {
                return ErrorNumbers.EFAULT;
            }
            if (name[length] == 0) {
                break;
            }
            length++;
        }
        if (length == PATH_MAX) {
            return ErrorNumbers.ENAMETOOLONG;
        }
        OpenFile file = device(new String(name, 0, length, StandardCharsets.ISO_8859_1));
        if (file == NOTHING) {
            return ErrorNumbers.ENOENT;
        }
        int descriptor = current.process().files().install(file);
        return descriptor < 0 ? ErrorNumbers.EMFILE : descriptor;
    }

    private static final OpenFile NOTHING = new NullDevice();

    private static OpenFile device(String path) {
        return switch (path) {
            case "/dev/null" -> NULL;
            case "/dev/zero" -> ZERO;
            default -> NOTHING;
        };
    }
}
