package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.SyscallHandler;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** What a file is like: fs/stat.c, Linux 6.18. */
public final class StatCalls {

    private static final int AT_NO_AUTOMOUNT = 0x800;
    private static final int AT_STATX_SYNC_TYPE = 0x6000;
    /** Flags that fstatat(2) and statx(2) know. */
    static final int KNOWN_FLAGS =
            Nameidata.AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | Nameidata.AT_EMPTY_PATH | AT_STATX_SYNC_TYPE;

    private StatCalls() {}

    /** {@return {@code stat(2)} with a structure} */
    static SyscallHandler stat(StatLayout layout) {
        return (current, regs) -> {
            Filename name = Filename.get(current, regs.argument(1));
            return byName(current, Nameidata.AT_FDCWD, name, Nameidata.LOOKUP_FOLLOW, layout, regs.argument(2));
        };
    }

    /** {@return {@code lstat(2)} with a structure} */
    static SyscallHandler lstat(StatLayout layout) {
        return (current, regs) -> {
            Filename name = Filename.get(current, regs.argument(1));
            return byName(current, Nameidata.AT_FDCWD, name, 0, layout, regs.argument(2));
        };
    }

    /** {@return {@code fstat(2)} with a structure} */
    static SyscallHandler fstat(StatLayout layout) {
        return (current, regs) -> byDescriptor(current, (int) regs.argument(1), layout, regs.argument(2));
    }

    /** {@return {@code fstatat(2)} with a structure} */
    static SyscallHandler fstatat(StatLayout layout) {
        return (current, regs) -> fstatat(current, regs, layout);
    }

    private static long fstatat(Task current, PtRegs regs, StatLayout layout) {
        int dirfd = (int) regs.argument(1);
        int flags = (int) regs.argument(4);
        if (flags == Nameidata.AT_EMPTY_PATH && dirfd >= 0 && isEmptyPath(current, regs.argument(2))) {
            return byDescriptor(current, dirfd, layout, regs.argument(3));
        }
        Filename name = Filename.getMaybeNull(current, regs.argument(2), flags);
        if ((flags & ~KNOWN_FLAGS) != 0) {
            return ErrorNumbers.EINVAL;
        }
        int lookup = (flags & Nameidata.AT_SYMLINK_NOFOLLOW) != 0 ? 0 : Nameidata.LOOKUP_FOLLOW;
        return byName(current, dirfd, name, lookup, layout, regs.argument(3));
    }

    /** {@code vfs_empty_path}. */
    private static boolean isEmptyPath(Task current, long address) {
        if (address == 0) {
            return true;
        }
        MemorySegment first = MemorySegment.ofArray(new byte[1]);
        return current.uaccess().copyFromUser(first, address, 1) == 0
                && first.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 0) == 0;
    }

    private static long byName(Task current, int dirfd, Filename name, int lookup, StatLayout layout, long to) {
        if (name.error() != 0) {
            return name.error();
        }
        Nameidata walk = new Nameidata(current, dirfd, lookup);
        long error = walk.lookup(name.text());
        return error != 0 ? error : put(current, Kstat.of(walk.path().inode()), layout, to);
    }

    private static long byDescriptor(Task current, int descriptor, StatLayout layout, long to) {
        File file = current.files().getRaw(descriptor);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        Kstat stat = Kstat.of(file.inode());
        file.release();
        return put(current, stat, layout, to);
    }

    private static long put(Task current, Kstat stat, StatLayout layout, long to) {
        MemorySegment buffer = current.buffer();
        buffer.asSlice(0, layout.size()).fill((byte) 0);
        long error = layout.put(buffer, stat);
        if (error != 0) {
            return error;
        }
        return layout == StatLayout.STAT64_I386
                ? Arguments.orFault(putStat64(current, to))
                : current.copyBufferToUser(to, layout.size());
    }

    /** {@code cp_stat64} puts its fields one by one, the inode's number at the end before most, and no padding. */
    private static boolean putStat64(Task current, long to) {
        MemorySegment buffer = current.buffer();
        return current.uaccess().putUser64(to, buffer.get(Arguments.LONG, 0))
                && current.uaccess().putUser32(to + 12, buffer.get(Arguments.INT, 12))
                && current.uaccess().putUser64(to + 88, buffer.get(Arguments.LONG, 88))
                && current.uaccess().copyToUser(to + 16, buffer.asSlice(16), 24) == 0
                && current.uaccess().copyToUser(to + 44, buffer.asSlice(44), 44) == 0;
    }

    /** {@code readlink(2)}. */
    public static long readlink(Task current, PtRegs regs) {
        return readlinkat(current, Nameidata.AT_FDCWD, regs.argument(1), regs.argument(2), (int) regs.argument(3));
    }

    /** {@code readlinkat(2)}. */
    public static long readlinkat(Task current, PtRegs regs) {
        int dirfd = (int) regs.argument(1);
        return readlinkat(current, dirfd, regs.argument(2), regs.argument(3), (int) regs.argument(4));
    }

    private static long readlinkat(Task current, int dirfd, long address, long to, int size) {
        if (size <= 0) {
            return ErrorNumbers.EINVAL;
        }
        Filename name = Filename.getEmpty(current, address);
        if (name.error() != 0) {
            return name.error();
        }
        Nameidata walk = new Nameidata(current, dirfd, 0);
        long error = walk.lookup(name.text());
        if (error != 0) {
            return error;
        }
        if (!(walk.path().inode() instanceof SymbolicLink link)) {
            return name.text().isEmpty() ? ErrorNumbers.ENOENT : ErrorNumbers.EINVAL;
        }
        link.accessed(current.process().timekeeper().realtime());
        String target = link.target(current);
        if (target == null) {
            return ErrorNumbers.ENOENT;
        }
        byte[] bytes = target.getBytes(StandardCharsets.ISO_8859_1);
        int length = Math.min(size, bytes.length);
        return current.uaccess().copyToUser(to, MemorySegment.ofArray(bytes), length) == 0
                ? length
                : ErrorNumbers.EFAULT;
    }
}
