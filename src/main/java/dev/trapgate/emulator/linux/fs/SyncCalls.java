package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** Making sure that what was written is safe: fs/sync.c, Linux 6.18. In memory it is as safe as it will be. */
public final class SyncCalls {

    private static final int SYNC_FILE_RANGE_ALL = 7;

    private SyncCalls() {}

    /** {@code sync(2)}. */
    public static long sync(Task current, PtRegs regs) {
        return 0;
    }

    /** {@code fsync(2)} and {@code fdatasync(2)}. */
    public static long fsync(Task current, PtRegs regs) {
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            return file.operations().fsync(current, file);
        } finally {
            file.release();
        }
    }

    /** {@code syncfs(2)}. */
    public static long syncfs(Task current, PtRegs regs) {
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        file.release();
        return 0;
    }

    /** {@code sync_file_range(2)}. */
    public static long syncFileRange(Task current, PtRegs regs) {
        boolean compat = regs.abi() == Abi.I386;
        long offset = compat ? Arguments.join(regs, 2) : regs.argument(2);
        long length = compat ? Arguments.join(regs, 4) : regs.argument(3);
        int flags = (int) regs.argument(compat ? 6 : 4);
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        file.release();
        if ((flags & ~SYNC_FILE_RANGE_ALL) != 0 || offset < 0 || offset + length < offset) {
            return ErrorNumbers.EINVAL;
        }
        int type = file.inode().type();
        boolean stored =
                type == Inode.S_IFREG || type == Inode.S_IFBLK || type == Inode.S_IFDIR || type == Inode.S_IFLNK;
        return stored ? 0 : ErrorNumbers.ESPIPE;
    }
}
