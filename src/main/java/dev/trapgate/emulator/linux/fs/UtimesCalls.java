package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/** Setting a file's times: fs/utimes.c, Linux 6.18. */
public final class UtimesCalls {

    private static final long UTIME_NOW = (1L << 30) - 1;
    private static final long UTIME_OMIT = (1L << 30) - 2;
    private static final long NSEC_PER_SEC = 1_000_000_000L;
    private static final long USEC_PER_SEC = 1_000_000L;
    private static final int KNOWN_FLAGS = Nameidata.AT_SYMLINK_NOFOLLOW | Nameidata.AT_EMPTY_PATH;
    private static final long LATEST = Long.MAX_VALUE / NSEC_PER_SEC - 1;

    /** How a program writes its times down. */
    enum Layout {
        /** Two words of seconds: {@code struct utimbuf}. */
        SECONDS_32(4, 0),
        /** The same with 64-bit words. */
        SECONDS_64(8, 0),
        /** Seconds and microseconds: {@code struct timeval}. */
        MICROSECONDS_32(4, 1000),
        /** The same with 64-bit words. */
        MICROSECONDS_64(8, 1000),
        /** Seconds and nanoseconds: {@code struct timespec}. */
        NANOSECONDS_32(4, 1),
        /** The same with 64-bit words. */
        NANOSECONDS_64(8, 1),
        /** The same, of which i386 programs use only the low half of the nanoseconds. */
        NANOSECONDS_TIME64(8, 1);

        private final int width;
        private final int unit;

        Layout(int width, int unit) {
            this.width = width;
            this.unit = unit;
        }

        private long word(Task current, int index) {
            return width == 4
                    ? current.buffer().get(Arguments.INT, 4L * index)
                    : current.buffer().get(Arguments.LONG, 8L * index);
        }

        private boolean isMicroseconds() {
            return unit == 1000;
        }

        private int words() {
            return unit == 0 ? 2 : 4;
        }
    }

    /**
     * Two times, in seconds and nanoseconds; the nanoseconds may be UTIME_NOW or UTIME_OMIT.
     *
     * @param error 0, or why there are none
     */
    private record Times(long atime, long atimeNanos, long mtime, long mtimeNanos, long error) {

        private static Times failed(long error) {
            return new Times(0, 0, 0, 0, error);
        }

        private boolean omitsBoth() {
            return atimeNanos == UTIME_OMIT && mtimeNanos == UTIME_OMIT;
        }

        /** What is told of the change: both times make a call of utimes(2), one is as if the file was read or written. */
        private int events() {
            if (atimeNanos != UTIME_OMIT && mtimeNanos != UTIME_OMIT) {
                return Fsnotify.FS_ATTRIB;
            }
            return (atimeNanos != UTIME_OMIT ? Fsnotify.FS_ACCESS : 0) | (mtimeNanos != UTIME_OMIT ? Fsnotify.FS_MODIFY : 0);
        }

        private boolean isNow() {
            return atimeNanos == UTIME_NOW && mtimeNanos == UTIME_NOW;
        }

        private boolean isValid() {
            return isValid(atimeNanos) && isValid(mtimeNanos);
        }

        private static boolean isValid(long nanos) {
            return nanos == UTIME_NOW || nanos == UTIME_OMIT || (nanos >= 0 && nanos < NSEC_PER_SEC);
        }
    }

    private UtimesCalls() {}

    /** {@return {@code utime(2)} and {@code utimes(2)} with a layout} */
    static SyscallHandler utimes(Layout layout) {
        return (current, regs) -> change(current, Nameidata.AT_FDCWD, regs.argument(1), regs.argument(2), layout);
    }

    /** {@return {@code futimesat(2)} with a layout} */
    static SyscallHandler futimesat(Layout layout) {
        return (current, regs) -> change(current, (int) regs.argument(1), regs.argument(2), regs.argument(3), layout);
    }

    private static long change(Task current, int dirfd, long address, long from, Layout layout) {
        Times times = from == 0 ? null : fetch(current, from, layout);
        return times != null && times.error != 0 ? times.error : change(current, dirfd, address, times, 0);
    }

    /** {@return {@code utimensat(2)} with a layout} */
    static SyscallHandler utimensat(Layout layout) {
        return (current, regs) -> utimensat(current, regs, layout);
    }

    private static long utimensat(Task current, PtRegs regs, Layout layout) {
        Times times = regs.argument(3) == 0 ? null : fetch(current, regs.argument(3), layout);
        if (times != null && times.error != 0) {
            return times.error;
        }
        // Nothing to do: the path is not even looked at.
        return times != null && times.omitsBoth()
                ? 0
                : change(current, (int) regs.argument(1), regs.argument(2), times, (int) regs.argument(4));
    }

    private static Times fetch(Task current, long from, Layout layout) {
        if (!Arguments.fetch(current, from, layout.words() * layout.width)) {
            return Times.failed(ErrorNumbers.EFAULT);
        }
        if (layout.unit == 0) {
            return new Times(layout.word(current, 0), 0, layout.word(current, 1), 0, 0);
        }
        long first = layout.word(current, 1);
        long second = layout.word(current, 3);
        boolean bad =
                layout.isMicroseconds() && (first < 0 || first >= USEC_PER_SEC || second < 0 || second >= USEC_PER_SEC);
        if (bad) {
            return Times.failed(ErrorNumbers.EINVAL);
        }
        if (layout == Layout.NANOSECONDS_TIME64) {
            first &= 0xffff_ffffL;
            second &= 0xffff_ffffL;
        }
        return new Times(
                layout.word(current, 0), first * layout.unit, layout.word(current, 2), second * layout.unit, 0);
    }

    /** {@code do_utimes}. */
    private static long change(Task current, int dirfd, long address, @Nullable Times times, int flags) {
        if (address == 0 && dirfd != Nameidata.AT_FDCWD) {
            return changeOpen(current, dirfd, times, flags);
        }
        if ((flags & ~KNOWN_FLAGS) != 0) {
            return ErrorNumbers.EINVAL;
        }
        Filename name = Filename.get(current, address, flags);
        if (name.error() != 0) {
            return name.error();
        }
        int lookup = (flags & Nameidata.AT_SYMLINK_NOFOLLOW) != 0 ? 0 : Nameidata.LOOKUP_FOLLOW;
        Nameidata walk = new Nameidata(current, dirfd, lookup);
        long error = walk.lookup(name.text());
        return error != 0 ? error : set(current, walk.path().dentry(), times);
    }

    private static long changeOpen(Task current, int descriptor, @Nullable Times times, int flags) {
        if (flags != 0) {
            return ErrorNumbers.EINVAL;
        }
        File file = current.files().get(descriptor);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            return set(current, file.path().dentry(), times);
        } finally {
            file.release();
        }
    }

    /** {@code vfs_utimes}: anyone who may write can say now, only the owner anything else. */
    private static long set(Task current, Dentry dentry, @Nullable Times given) {
        Inode inode = dentry.inode();
        Times times = given != null && given.isNow() ? null : given;
        if (given != null && !given.isValid()) {
            return ErrorNumbers.EINVAL;
        }
        long readOnly = Permissions.wantWrite(inode);
        if (readOnly != 0) {
            return readOnly;
        }
        Credentials someone = current.credentials();
        if (inode.setattr() != 0 && times != null) {
            return inode.setattr();
        }
        if (!Permissions.ownerOrCapable(someone, inode)) {
            if (times != null) {
                return ErrorNumbers.EPERM;
            }
            long refusal = Permissions.check(someone, inode, Permissions.MAY_WRITE);
            if (refusal != 0) {
                return refusal;
            }
        }
        if (inode.setattr() != 0) {
            return inode.setattr();
        }
        long now = current.process().timekeeper().realtime();
        inode.lock().lock();
        try {
            inode.setAtime(times == null ? now : time(times.atime, times.atimeNanos, now, inode.atime()));
            inode.setMtime(times == null ? now : time(times.mtime, times.mtimeNanos, now, inode.mtime()));
            inode.setCtime(now);
            Fsnotify.dentry(dentry, times == null ? Fsnotify.FS_ATTRIB : times.events());
        } finally {
            inode.lock().unlock();
        }
        return 0;
    }

    /** Times beyond what 64 bits of nanoseconds hold, the years 1677 to 2262, become the nearest that fit. */
    private static long time(long seconds, long nanos, long now, long old) {
        if (nanos == UTIME_NOW) {
            return now;
        }
        return nanos == UTIME_OMIT ? old : Math.clamp(seconds, -LATEST, LATEST) * NSEC_PER_SEC + nanos;
    }
}
