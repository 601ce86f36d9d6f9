package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/**
 * The size of open files and the room they take: {@code ftruncate} and {@code fallocate} of fs/open.c, mm/fadvise.c,
 * mm/readahead.c, Linux 6.18.
 */
public final class SpaceCalls {

    private static final int KEEP_SIZE = 1;
    private static final int PUNCH_HOLE = 2;
    private static final int COLLAPSE_RANGE = 8;
    private static final int ZERO_RANGE = 0x10;
    private static final int INSERT_RANGE = 0x20;
    private static final int UNSHARE_RANGE = 0x40;
    private static final int WRITE_ZEROES = 0x80;
    private static final int MODES =
            PUNCH_HOLE | COLLAPSE_RANGE | ZERO_RANGE | INSERT_RANGE | UNSHARE_RANGE | WRITE_ZEROES;
    private static final long MAX_NON_LFS = Integer.MAX_VALUE;
    private static final int LAST_ADVICE = 5;

    private SpaceCalls() {}

    /** {@code ftruncate(2)}; without O_LARGEFILE sizes end at 2 GiB − 1. */
    public static long ftruncate(Task current, PtRegs regs) {
        long size = regs.abi() == Abi.I386 ? (int) regs.argument(2) : regs.argument(2);
        return doSysFtruncate(current, (int) regs.argument(1), size);
    }

    /** {@code ftruncate64} of i386. */
    public static long ftruncate64(Task current, PtRegs regs) {
        return doSysFtruncate(current, (int) regs.argument(1), Arguments.join(regs, 2));
    }

    private static long doSysFtruncate(Task current, int descriptor, long size) {
        if (size < 0) {
            return ErrorNumbers.EINVAL;
        }
        File file = current.files().get(descriptor);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            boolean small = (file.flags() & File.O_LARGEFILE) == 0;
            if (!file.inode().isRegular() || !file.mayWrite() || (small && size > MAX_NON_LFS)) {
                return ErrorNumbers.EINVAL;
            }
            return Attributes.truncate(current, file.path().dentry(), size, Attributes.Touch.ALWAYS);
        } finally {
            file.release();
        }
    }

    /** {@code fallocate(2)}. */
    public static long fallocate(Task current, PtRegs regs) {
        boolean compat = regs.abi() == Abi.I386;
        long offset = compat ? Arguments.join(regs, 3) : regs.argument(3);
        long length = compat ? Arguments.join(regs, 5) : regs.argument(4);
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            return vfsFallocate(current, file, (int) regs.argument(2), offset, length);
        } finally {
            file.release();
        }
    }

    private static long vfsFallocate(Task current, File file, int mode, long offset, long length) {
        if (offset < 0 || length <= 0) {
            return ErrorNumbers.EINVAL;
        }
        if (!isKnown(mode)) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        if (!file.mayWrite()) {
            return ErrorNumbers.EBADF;
        }
        return switch (file.inode().isRegular() ? Inode.S_IFREG : file.inode().type()) {
            case Inode.S_IFIFO -> ErrorNumbers.ESPIPE;
            case Inode.S_IFDIR -> ErrorNumbers.EISDIR;
            case Inode.S_IFREG ->
                length > file.inode().maxBytes() - offset
                        ? ErrorNumbers.EFBIG
                        : fallocate(current, file, mode, offset, length);
            default -> ErrorNumbers.ENODEV;
        };
    }

    private static long fallocate(Task current, File file, int mode, long offset, long length) {
        long result = file.operations().fallocate(current, file, mode, offset, length);
        if (result == 0) {
            Fsnotify.modify(file);
        }
        return result;
    }

    private static boolean isKnown(int mode) {
        boolean keeps = (mode & KEEP_SIZE) != 0;
        return switch (mode & ~KEEP_SIZE) {
            case 0, UNSHARE_RANGE, ZERO_RANGE -> true;
            case PUNCH_HOLE -> keeps;
            case COLLAPSE_RANGE, INSERT_RANGE, WRITE_ZEROES -> !keeps;
            default -> (mode & ~(MODES | KEEP_SIZE)) == 0 && Integer.bitCount(mode & MODES) == 0;
        };
    }

    /** {@code fadvise64(2)}; the length has the width of a register. */
    public static long fadvise64(Task current, PtRegs regs) {
        boolean compat = regs.abi() == Abi.I386;
        long length = compat ? regs.argument(4) : regs.argument(3);
        return ksysFadvise(current, regs, length, (int) regs.argument(compat ? 5 : 4));
    }

    /** {@code fadvise64_64} of i386. */
    public static long fadvise6464(Task current, PtRegs regs) {
        return ksysFadvise(current, regs, Arguments.join(regs, 4), (int) regs.argument(6));
    }

    private static long ksysFadvise(Task current, PtRegs regs, long length, int advice) {
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        file.release();
        if (file.inode().type() == Inode.S_IFIFO) {
            return ErrorNumbers.ESPIPE;
        }
        return length < 0 || advice < 0 || advice > LAST_ADVICE ? ErrorNumbers.EINVAL : 0;
    }

    /** {@code readahead(2)}: everything is in memory already. */
    public static long readahead(Task current, PtRegs regs) {
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        file.release();
        if (!file.mayRead()) {
            return ErrorNumbers.EBADF;
        }
        return file.inode().type() == Inode.S_IFREG ? 0 : ErrorNumbers.EINVAL;
    }
}
