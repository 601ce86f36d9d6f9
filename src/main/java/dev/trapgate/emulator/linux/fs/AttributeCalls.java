package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import dev.trapgate.emulator.linux.kernel.Task;

/** chmod, chown and truncate by name: fs/open.c, Linux 6.18. */
public final class AttributeCalls {

    private static final int KNOWN_FLAGS = Nameidata.AT_SYMLINK_NOFOLLOW | Nameidata.AT_EMPTY_PATH;

    /** How wide a call's user and group ids are. */
    enum IdWidth {
        /** 16 bits: i386's first calls. */
        BITS_16,
        /** 32 bits. */
        BITS_32;

        private int id(long argument) {
            return this == BITS_16 ? OldIds.toInt(argument) : (int) argument;
        }
    }

    /** What is done with the file that was found. */
    @FunctionalInterface
    private interface Change {
        long apply(Dentry dentry);
    }

    private AttributeCalls() {}

    private static long byName(Task current, int dirfd, Filename name, int flags, Change change) {
        if (name.error() != 0) {
            return name.error();
        }
        int lookup = (flags & Nameidata.AT_SYMLINK_NOFOLLOW) != 0 ? 0 : Nameidata.LOOKUP_FOLLOW;
        Nameidata walk = new Nameidata(current, dirfd, lookup);
        long error = walk.lookup(name.text());
        return error != 0 ? error : change.apply(walk.path().dentry());
    }

    private static long byDescriptor(Task current, long descriptor, Change change) {
        File file = current.files().get((int) descriptor);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            return change.apply(file.path().dentry());
        } finally {
            file.release();
        }
    }

    /** {@code chmod(2)}. */
    public static long chmod(Task current, PtRegs regs) {
        int mode = (int) regs.argument(2);
        Filename name = Filename.get(current, regs.argument(1));
        return byName(current, Nameidata.AT_FDCWD, name, 0, dentry -> Attributes.chmod(current, dentry, mode));
    }

    /** {@code fchmod(2)}. */
    public static long fchmod(Task current, PtRegs regs) {
        int mode = (int) regs.argument(2);
        return byDescriptor(current, regs.argument(1), dentry -> Attributes.chmod(current, dentry, mode));
    }

    /** {@code fchmodat(2)} of three arguments. */
    public static long fchmodat(Task current, PtRegs regs) {
        int mode = (int) regs.argument(3);
        Filename name = Filename.get(current, regs.argument(2));
        int dirfd = (int) regs.argument(1);
        return byName(current, dirfd, name, 0, dentry -> Attributes.chmod(current, dentry, mode));
    }

    /** {@code fchmodat2(2)}. */
    public static long fchmodat2(Task current, PtRegs regs) {
        int mode = (int) regs.argument(3);
        int flags = (int) regs.argument(4);
        if ((flags & ~KNOWN_FLAGS) != 0) {
            return ErrorNumbers.EINVAL;
        }
        Filename name = Filename.get(current, regs.argument(2), flags);
        int dirfd = (int) regs.argument(1);
        return byName(current, dirfd, name, flags, dentry -> Attributes.chmod(current, dentry, mode));
    }

    /** {@return {@code chown(2)} with ids of a width} */
    static SyscallHandler chown(IdWidth width) {
        return (current, regs) -> chown(current, regs, width, 0);
    }

    /** {@return {@code lchown(2)} with ids of a width} */
    static SyscallHandler lchown(IdWidth width) {
        return (current, regs) -> chown(current, regs, width, Nameidata.AT_SYMLINK_NOFOLLOW);
    }

    private static long chown(Task current, PtRegs regs, IdWidth width, int flags) {
        int user = width.id(regs.argument(2));
        int group = width.id(regs.argument(3));
        Filename name = Filename.get(current, regs.argument(1));
        Change change = dentry -> Attributes.chown(current, dentry, user, group);
        return byName(current, Nameidata.AT_FDCWD, name, flags, change);
    }

    /** {@return {@code fchown(2)} with ids of a width} */
    static SyscallHandler fchown(IdWidth width) {
        return (current, regs) -> {
            int user = width.id(regs.argument(2));
            int group = width.id(regs.argument(3));
            return byDescriptor(current, regs.argument(1), dentry -> Attributes.chown(current, dentry, user, group));
        };
    }

    /** {@code fchownat(2)}. */
    public static long fchownat(Task current, PtRegs regs) {
        int flags = (int) regs.argument(5);
        if ((flags & ~KNOWN_FLAGS) != 0) {
            return ErrorNumbers.EINVAL;
        }
        int user = (int) regs.argument(3);
        int group = (int) regs.argument(4);
        Filename name = Filename.get(current, regs.argument(2), flags);
        Change change = dentry -> Attributes.chown(current, dentry, user, group);
        return byName(current, (int) regs.argument(1), name, flags, change);
    }

    /** {@code truncate(2)} of a 64-bit program. */
    public static long truncate(Task current, PtRegs regs) {
        return truncate(current, regs.argument(1), regs.argument(2));
    }

    /** {@code truncate(2)} of i386, with a size of 32 bits. */
    public static long compatTruncate(Task current, PtRegs regs) {
        int size = (int) regs.argument(2);
        return truncate(current, regs.argument(1), size);
    }

    /** {@code truncate64(2)} of i386. */
    public static long truncate64(Task current, PtRegs regs) {
        return truncate(current, regs.argument(1), Arguments.join(regs, 2));
    }

    private static long truncate(Task current, long address, long size) {
        if (size < 0) {
            return ErrorNumbers.EINVAL;
        }
        Filename name = Filename.get(current, address);
        return byName(current, Nameidata.AT_FDCWD, name, 0, dentry -> {
            Inode inode = dentry.inode();
            if (inode instanceof Directory) {
                return ErrorNumbers.EISDIR;
            }
            if (inode.type() != Inode.S_IFREG) {
                return ErrorNumbers.EINVAL;
            }
            long refusal = Permissions.check(current.credentials(), inode, Permissions.MAY_WRITE);
            return refusal != 0 ? refusal : Attributes.truncate(current, dentry, size, Attributes.Touch.IF_CHANGED);
        });
    }
}
