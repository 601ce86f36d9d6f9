package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Extended attributes: fs/xattr.c, Linux 6.18. */
public final class XattrCalls {

    private static final int XATTR_NAME_MAX = 255;
    private static final int XATTR_SIZE_MAX = 65536;
    private static final int XATTR_LIST_MAX = 65536;

    /** What sockfs has of its own. */
    private static final String SOCKPROTONAME = "system.sockprotoname";

    private static final int XATTR_CREATE = 1;
    private static final int XATTR_REPLACE = 2;

    /** How a call's first argument says which file. */
    enum Target {
        /** A path; a symbolic link at its end is followed. */
        PATH,
        /** A path; a symbolic link at its end is not. */
        LINK,
        /** A descriptor. */
        DESCRIPTOR
    }

    /** What is done with the file that was found. */
    @FunctionalInterface
    private interface Action {
        long apply(Dentry dentry);
    }

    private XattrCalls() {}

    private static long on(Task current, PtRegs regs, Target target, Action action) {
        if (target == Target.DESCRIPTOR) {
            File file = current.files().get((int) regs.argument(1));
            if (file == null) {
                return ErrorNumbers.EBADF;
            }
            long result = action.apply(file.path().dentry());
            file.release();
            return result;
        }
        Filename path = Filename.get(current, regs.argument(1));
        if (path.error() != 0) {
            return path.error();
        }
        int lookup = target == Target.PATH ? Nameidata.LOOKUP_FOLLOW : 0;
        Nameidata walk = new Nameidata(current, Nameidata.AT_FDCWD, lookup);
        long error = walk.lookup(path.text());
        return error != 0 ? error : action.apply(walk.path().dentry());
    }

    /**
     * {@code path_setxattrat} and {@code path_getxattrat}, to which a descriptor is a directory with no path: AT_FDCWD is the
     * working directory, as it is not to those that list and remove.
     */
    private static long onDirectory(Task current, PtRegs regs, Target target, Action action) {
        boolean isHere = target == Target.DESCRIPTOR && (int) regs.argument(1) == Nameidata.AT_FDCWD;
        return isHere ? action.apply(current.process().fs().pwd().dentry()) : on(current, regs, target, action);
    }

    /** {@code import_xattr_name}. */
    private static Filename name(Task current, long address) {
        Filename name = Filename.string(current, address, XATTR_NAME_MAX + 1, ErrorNumbers.ERANGE);
        return name.error() == 0 && name.text().isEmpty() ? new Filename("", ErrorNumbers.ERANGE) : name;
    }

    /** {@return {@code setxattr(2)} and its kind} */
    static SyscallHandler set(Target target) {
        return (current, regs) -> set(current, regs, target);
    }

    private static long set(Task current, PtRegs regs, Target target) {
        int flags = (int) regs.argument(5);
        if ((flags & ~(XATTR_CREATE | XATTR_REPLACE)) != 0) {
            return ErrorNumbers.EINVAL;
        }
        Filename name = name(current, regs.argument(2));
        if (name.error() != 0) {
            return name.error();
        }
        long size = regs.argument(4);
        if (Long.compareUnsigned(size, XATTR_SIZE_MAX) > 0) {
            return ErrorNumbers.E2BIG;
        }
        byte[] value = new byte[(int) size];
        if (size != 0 && current.uaccess().copyFromUser(MemorySegment.ofArray(value), regs.argument(3), size) != 0) {
            return ErrorNumbers.EFAULT;
        }
        return onDirectory(current, regs, target, dentry -> {
            Inode inode = dentry.inode();
            long refusal = Permissions.wantWrite(inode);
            if (refusal == 0 && AclXattrs.has(name.text())) {
                return AclXattrs.set(current, dentry, name.text(), value);
            }
            if (refusal == 0) {
                refusal = XattrNames.mayWrite(current.credentials(), inode, name.text(), value);
            }
            return refusal != 0 ? refusal : set(current, dentry, name.text(), value, flags);
        });
    }

    /** {@code simple_xattr_set}. */
    private static long set(Task current, Dentry dentry, String name, byte[] value, int flags) {
        Inode inode = dentry.inode();
        Xattrs all = inode.xattrs();
        if (all == null) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        inode.lock().lock();
        try {
            all.touch();
            byte[] before = all.get(name);
            boolean isThere = before != null;
            if (isThere && (flags & XATTR_CREATE) != 0) {
                return ErrorNumbers.EEXIST;
            }
            if (!isThere && (flags & XATTR_REPLACE) != 0) {
                return ErrorNumbers.ENODATA;
            }
            if (!inode.charge(size(name, value))) {
                return ErrorNumbers.ENOSPC;
            }
            if (before != null) {
                inode.uncharge(size(name, before));
            }
            all.set(name, value);
            inode.setCtime(current.process().timekeeper().realtime());
            Fsnotify.dentry(dentry, Fsnotify.FS_ATTRIB);
            return 0;
        } finally {
            inode.lock().unlock();
        }
    }

    private static long size(String name, byte[] value) {
        return (long) name.length() + value.length;
    }

    /** {@return {@code getxattr(2)} and its kind} */
    static SyscallHandler get(Target target) {
        return (current, regs) -> {
            Filename name = name(current, regs.argument(2));
            if (name.error() != 0) {
                return name.error();
            }
            return onDirectory(current, regs, target, dentry -> get(current, regs, dentry.inode(), name.text()));
        };
    }

    private static long get(Task current, PtRegs regs, Inode inode, String name) {
        if (AclXattrs.has(name)) {
            return getAcl(current, regs, inode, name);
        }
        String protocol = inode.protocolName();
        if (protocol != null && name.equals(SOCKPROTONAME)) {
            byte[] value = (protocol + '\0').getBytes(StandardCharsets.ISO_8859_1);
            return put(current, regs.argument(3), regs.argument(4), value);
        }
        long refusal = XattrNames.mayRead(current.credentials(), inode, name);
        if (refusal != 0) {
            return refusal;
        }
        Xattrs all = inode.xattrs();
        byte[] value = all == null ? null : all.get(name);
        if (value == null) {
            return all != null && all.isUntouched() ? 0 : ErrorNumbers.ENODATA;
        }
        return put(current, regs.argument(3), regs.argument(4), value);
    }

    private static long getAcl(Task current, PtRegs regs, Inode inode, String name) {
        if (AclXattrs.listed(inode) == null) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        byte[] value = AclXattrs.get(inode, name);
        return value == null ? ErrorNumbers.ENODATA : put(current, regs.argument(3), regs.argument(4), value);
    }

    /** Copies a value or a list to the program, or only says how long it is. */
    private static long put(Task current, long to, long size, byte[] value) {
        if (size == 0) {
            return value.length;
        }
        if (Long.compareUnsigned(value.length, size) > 0) {
            return ErrorNumbers.ERANGE;
        }
        long left = current.uaccess().copyToUser(to, MemorySegment.ofArray(value), value.length);
        return left == 0 ? value.length : ErrorNumbers.EFAULT;
    }

    /** {@return {@code listxattr(2)} and its kind} */
    static SyscallHandler list(Target target) {
        return (current, regs) -> on(current, regs, target, dentry -> list(current, regs, dentry.inode()));
    }

    private static long list(Task current, PtRegs regs, Inode inode) {
        Xattrs all = inode.xattrs();
        List<String> names = all == null ? List.of() : all.names();
        StringBuilder text = new StringBuilder();
        for (String acl : List.of(AclXattrs.ACCESS, AclXattrs.DEFAULT)) {
            text.append(AclXattrs.get(inode, acl) == null ? "" : acl + '\0');
        }
        for (String name : names) {
            if (XattrNames.isListed(current.credentials(), name)) {
                text.append(name).append('\0');
            }
        }
        text.append(inode.protocolName() == null ? "" : SOCKPROTONAME + '\0');
        if (text.length() > XATTR_LIST_MAX) {
            return ErrorNumbers.E2BIG;
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        return put(current, regs.argument(2), regs.argument(3), bytes);
    }

    /** {@return {@code removexattr(2)} and its kind} */
    static SyscallHandler remove(Target target) {
        return (current, regs) -> {
            Filename name = name(current, regs.argument(2));
            if (name.error() != 0) {
                return name.error();
            }
            return on(current, regs, target, dentry -> remove(current, dentry, name.text()));
        };
    }

    private static long remove(Task current, Dentry dentry, String name) {
        Inode inode = dentry.inode();
        long readOnly = Permissions.wantWrite(inode);
        if (readOnly == 0 && AclXattrs.has(name)) {
            return AclXattrs.set(current, dentry, name, new byte[0]);
        }
        long refusal = readOnly != 0 ? readOnly : XattrNames.mayRemove(current.credentials(), inode, name);
        Xattrs all = inode.xattrs();
        if (refusal != 0 || all == null) {
            return refusal != 0 && refusal != ErrorNumbers.EOPNOTSUPP ? refusal : notHad(inode, name);
        }
        inode.lock().lock();
        try {
            all.touch();
            byte[] before = all.get(name);
            if (before == null) {
                return ErrorNumbers.ENODATA;
            }
            all.remove(name);
            inode.uncharge(size(name, before));
            inode.setCtime(current.process().timekeeper().realtime());
            Fsnotify.dentry(dentry, Fsnotify.FS_ATTRIB);
            return 0;
        } finally {
            inode.lock().unlock();
        }
    }

    /** Of a file that has no such attributes; a socket's are left to security modules: {@code sockfs_security_xattr_set}. */
    private static long notHad(Inode inode, String name) {
        boolean left = inode.protocolName() != null && name.startsWith("security.");
        return left ? ErrorNumbers.EAGAIN : ErrorNumbers.EOPNOTSUPP;
    }
}
