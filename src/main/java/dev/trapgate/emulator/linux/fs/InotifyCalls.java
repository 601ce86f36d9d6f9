package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.FilesStruct.OnExec;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** Watching files for what happens to them: fs/notify/inotify/inotify_user.c, Linux 6.18. */
public final class InotifyCalls {

    private static final int IN_ONLYDIR = 0x0100_0000;
    private static final int IN_DONT_FOLLOW = 0x0200_0000;
    /** All IN_* bits that there are. */
    private static final int ALL_INOTIFY_BITS = 0xf700_efff;

    private InotifyCalls() {}

    /** {@code inotify_init}, the call without flags. */
    public static long inotifyInit(Task current, PtRegs regs) {
        return doInotifyInit(current, 0);
    }

    /** {@code inotify_init1(2)}. */
    public static long inotifyInit1(Task current, PtRegs regs) {
        return doInotifyInit(current, (int) regs.argument(1));
    }

    private static long doInotifyInit(Task current, int flags) {
        if ((flags & ~(File.O_CLOEXEC | File.O_NONBLOCK)) != 0) {
            return ErrorNumbers.EINVAL;
        }
        File file = AnonInodes.file(current, "inotify", flags, new Inotify());
        return FilesStruct.open(current, file, OnExec.of(flags, File.O_CLOEXEC));
    }

    /** {@code inotify_add_watch(2)}. */
    public static long inotifyAddWatch(Task current, PtRegs regs) {
        int mask = (int) regs.argument(3);
        if ((mask & ~ALL_INOTIFY_BITS) != 0 || (mask & ALL_INOTIFY_BITS) == 0) {
            return ErrorNumbers.EINVAL;
        }
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            int both = Inotify.IN_MASK_ADD | Inotify.IN_MASK_CREATE;
            boolean isInotify = file.operations() instanceof Inotify;
            return (mask & both) == both || !isInotify
                    ? ErrorNumbers.EINVAL
                    : addWatch(current, (Inotify) file.operations(), regs.argument(2), mask);
        } finally {
            file.release();
        }
    }

    private static long addWatch(Task current, Inotify inotify, long address, int mask) {
        Filename name = Filename.get(current, address);
        if (name.error() != 0) {
            return name.error();
        }
        int follow = (mask & IN_DONT_FOLLOW) != 0 ? 0 : Nameidata.LOOKUP_FOLLOW;
        int only = (mask & IN_ONLYDIR) != 0 ? Nameidata.LOOKUP_DIRECTORY : 0;
        Nameidata walk = new Nameidata(current, Nameidata.AT_FDCWD, follow | only);
        long error = walk.lookup(name.text());
        if (error != 0) {
            return error;
        }
        Inode inode = walk.path().inode();
        long refusal = Permissions.check(current.credentials(), inode, Permissions.MAY_READ);
        return refusal != 0 ? refusal : inotify.update(inode, mask);
    }

    /** {@code inotify_rm_watch(2)}. */
    public static long inotifyRmWatch(Task current, PtRegs regs) {
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            return file.operations() instanceof Inotify inotify
                    ? inotify.remove((int) regs.argument(2))
                    : ErrorNumbers.EINVAL;
        } finally {
            file.release();
        }
    }
}
