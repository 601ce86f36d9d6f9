package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.FilesStruct.OnExec;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** Commands that all files know: fs/ioctl.c, Linux 6.18. The others go to {@link FileOperations#ioctl}. */
public final class IoctlCalls {

    private static final int FIBMAP = 1;
    private static final int FIGETBSZ = 2;
    private static final int FIONREAD = 0x541b;
    private static final int FIONBIO = 0x5421;
    private static final int FIONCLEX = 0x5450;
    private static final int FIOCLEX = 0x5451;
    private static final int FIOASYNC = 0x5452;
    private static final int FIOQSIZE = 0x5460;
    private static final int FIFREEZE = 0xc004_5877;
    private static final int FITHAW = 0xc004_5878;
    private static final int FS_IOC_FIEMAP = 0xc020_660b;
    private static final int FICLONE = 0x4004_9409;
    private static final int FICLONERANGE = 0x4020_940d;
    private static final int PAGE_SIZE = 4096;

    private IoctlCalls() {}

    /** {@code ioctl(2)}. */
    public static long ioctl(Task current, PtRegs regs) {
        int descriptor = (int) regs.argument(1);
        File file = current.files().get(descriptor);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            return doVfsIoctl(current, descriptor, file, (int) regs.argument(2), regs.argument(3));
        } finally {
            file.release();
        }
    }

    private static long doVfsIoctl(Task current, int descriptor, File file, int command, long argument) {
        int type = file.inode().type();
        return switch (command) {
            case FIOCLEX -> setOnExec(current, descriptor, OnExec.CLOSE);
            case FIONCLEX -> setOnExec(current, descriptor, OnExec.KEEP);
            case FIONBIO -> setNonblocking(current, file, argument);
            case FIOASYNC -> setAsynchronous(current, file, argument);
            case FIOQSIZE ->
                type == Inode.S_IFREG || type == Inode.S_IFDIR || type == Inode.S_IFLNK
                        ? Arguments.putLong(current, argument, quotaSize(file.inode()))
                        : ErrorNumbers.ENOTTY;
            case FIGETBSZ -> Arguments.orFault(current.uaccess().putUser32(argument, PAGE_SIZE));
            case FS_IOC_FIEMAP, FICLONE, FICLONERANGE, FIFREEZE -> ErrorNumbers.EOPNOTSUPP;
            case FITHAW -> ErrorNumbers.EINVAL;
            default ->
                type == Inode.S_IFREG
                        ? fileIoctl(current, file, command, argument)
                        : file.operations().ioctl(current, file, command, argument);
        };
    }

    /** {@code inode_get_bytes}. */
    private static long quotaSize(Inode inode) {
        return inode.blocks() * 512;
    }

    private static long setOnExec(Task current, int descriptor, OnExec onExec) {
        current.files().setOnExec(descriptor, onExec);
        return 0;
    }

    private static long setNonblocking(Task current, File file, long argument) {
        long on = current.uaccess().getUser32(argument);
        if (on < 0) {
            return ErrorNumbers.EFAULT;
        }
        int flags = file.flags();
        file.setFlags(on != 0 ? flags | File.O_NONBLOCK : flags & ~File.O_NONBLOCK);
        return 0;
    }

    /** {@code ioctl_fioasync}: only what can send SIGIO takes a change. */
    private static long setAsynchronous(Task current, File file, long argument) {
        long on = current.uaccess().getUser32(argument);
        if (on < 0) {
            return ErrorNumbers.EFAULT;
        }
        int flags = file.flags();
        int wanted = on != 0 ? flags | File.O_ASYNC : flags & ~File.O_ASYNC;
        if (wanted != flags && !file.has(FileOperations.FMODE_FASYNC)) {
            return ErrorNumbers.ENOTTY;
        }
        file.setFlags(wanted);
        return 0;
    }

    /** {@code file_ioctl}: regular files. */
    private static long fileIoctl(Task current, File file, int command, long argument) {
        return switch (command) {
            case FIBMAP -> ErrorNumbers.EINVAL;
            case FIONREAD ->
                Arguments.orFault(
                        current.uaccess().putUser32(argument, file.inode().size() - file.position()));
            default -> file.operations().ioctl(current, file, command, argument);
        };
    }
}
