package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.fs.AttributeCalls.IdWidth;
import dev.trapgate.emulator.linux.fs.ReaddirCalls.DirentLayout;
import dev.trapgate.emulator.linux.fs.StatfsCalls.StatfsLayout;
import dev.trapgate.emulator.linux.fs.UtimesCalls.Layout;
import dev.trapgate.emulator.linux.fs.XattrCalls.Target;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

/** The calls of {@code fs/} that name files. */
public final class FsSyscalls {

    private static final String ACL = "POSIX ACLs, system.posix_acl_*, are not known";

    private FsSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        common(definitions);
        if (definitions.abi() == Abi.I386) {
            i386(definitions);
        } else {
            x8664(definitions);
        }
    }

    private static void common(SyscallDefinitions definitions) {
        names(definitions);
        attributes(definitions);
        xattrs(definitions);
        definitions
                .add(Syscall.OPEN, OpenCalls::open)
                .add(Syscall.OPENAT, OpenCalls::openat)
                .add(Syscall.OPENAT2, OpenCalls::openat2)
                .add(Syscall.CREAT, OpenCalls::creat)
                .add(Syscall.STATX, StatxCall::statx)
                .add(Syscall.ACCESS, AccessCalls::access)
                .add(Syscall.FACCESSAT, AccessCalls::faccessat)
                .add(Syscall.FACCESSAT2, AccessCalls::faccessat2)
                .add(Syscall.READLINK, StatCalls::readlink)
                .add(Syscall.READLINKAT, StatCalls::readlinkat)
                .add(Syscall.GETDENTS64, ReaddirCalls.getdents(DirentLayout.DIRENT64))
                .add(Syscall.CHDIR, DirectoryCalls::chdir)
                .add(Syscall.FCHDIR, DirectoryCalls::fchdir)
                .add(Syscall.CHROOT, DirectoryCalls::chroot)
                .add(Syscall.GETCWD, DirectoryCalls::getcwd)
                .add(Syscall.UMASK, DirectoryCalls::umask);
    }

    private static void names(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.MKNOD, MakeCalls::mknod)
                .add(Syscall.MKNODAT, MakeCalls::mknodat)
                .add(Syscall.MKDIR, MakeCalls::mkdir)
                .add(Syscall.MKDIRAT, MakeCalls::mkdirat)
                .add(Syscall.SYMLINK, MakeCalls::symlink)
                .add(Syscall.SYMLINKAT, MakeCalls::symlinkat)
                .add(Syscall.LINK, MakeCalls::link)
                .add(Syscall.LINKAT, MakeCalls::linkat)
                .add(Syscall.UNLINK, RemoveCalls::unlink)
                .add(Syscall.UNLINKAT, RemoveCalls::unlinkat)
                .add(Syscall.RMDIR, RemoveCalls::rmdir)
                .add(Syscall.RENAME, RenameCalls::rename)
                .add(Syscall.RENAMEAT, RenameCalls::renameat)
                .add(Syscall.RENAMEAT2, RenameCalls::renameat2);
    }

    private static void attributes(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.CHMOD, AttributeCalls::chmod)
                .add(Syscall.FCHMOD, AttributeCalls::fchmod)
                .add(Syscall.FCHMODAT, AttributeCalls::fchmodat)
                .add(Syscall.FCHMODAT2, AttributeCalls::fchmodat2)
                .add(Syscall.FCHOWNAT, AttributeCalls::fchownat);
    }

    private static void xattrs(SyscallDefinitions definitions) {
        definitions
                .partly(Syscall.SETXATTR, XattrCalls.set(Target.PATH), ACL)
                .partly(Syscall.LSETXATTR, XattrCalls.set(Target.LINK), ACL)
                .partly(Syscall.FSETXATTR, XattrCalls.set(Target.DESCRIPTOR), ACL)
                .partly(Syscall.GETXATTR, XattrCalls.get(Target.PATH), ACL)
                .partly(Syscall.LGETXATTR, XattrCalls.get(Target.LINK), ACL)
                .partly(Syscall.FGETXATTR, XattrCalls.get(Target.DESCRIPTOR), ACL)
                .add(Syscall.LISTXATTR, XattrCalls.list(Target.PATH))
                .add(Syscall.LLISTXATTR, XattrCalls.list(Target.LINK))
                .add(Syscall.FLISTXATTR, XattrCalls.list(Target.DESCRIPTOR))
                .partly(Syscall.REMOVEXATTR, XattrCalls.remove(Target.PATH), ACL)
                .partly(Syscall.LREMOVEXATTR, XattrCalls.remove(Target.LINK), ACL)
                .partly(Syscall.FREMOVEXATTR, XattrCalls.remove(Target.DESCRIPTOR), ACL);
    }

    private static void x8664(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.STAT, StatCalls.stat(StatLayout.STAT_X86_64))
                .add(Syscall.LSTAT, StatCalls.lstat(StatLayout.STAT_X86_64))
                .add(Syscall.FSTAT, StatCalls.fstat(StatLayout.STAT_X86_64))
                .add(Syscall.NEWFSTATAT, StatCalls.fstatat(StatLayout.STAT_X86_64))
                .add(Syscall.GETDENTS, ReaddirCalls.getdents(DirentLayout.DIRENT_X86_64))
                .add(Syscall.CHOWN, AttributeCalls.chown(IdWidth.BITS_32))
                .add(Syscall.FCHOWN, AttributeCalls.fchown(IdWidth.BITS_32))
                .add(Syscall.LCHOWN, AttributeCalls.lchown(IdWidth.BITS_32))
                .add(Syscall.TRUNCATE, AttributeCalls::truncate)
                .add(Syscall.UTIME, UtimesCalls.utimes(Layout.SECONDS_64))
                .add(Syscall.UTIMES, UtimesCalls.utimes(Layout.MICROSECONDS_64))
                .add(Syscall.FUTIMESAT, UtimesCalls.futimesat(Layout.MICROSECONDS_64))
                .add(Syscall.UTIMENSAT, UtimesCalls.utimensat(Layout.NANOSECONDS_64))
                .add(Syscall.STATFS, StatfsCalls.statfs(StatfsLayout.STATFS_X86_64))
                .add(Syscall.FSTATFS, StatfsCalls.fstatfs(StatfsLayout.STATFS_X86_64));
    }

    private static void i386(SyscallDefinitions definitions) {
        i386Stat(definitions);
        definitions
                .add(Syscall.READDIR, ReaddirCalls.oldReaddir())
                .add(Syscall.GETDENTS, ReaddirCalls.getdents(DirentLayout.DIRENT_I386))
                .add(Syscall.CHOWN, AttributeCalls.chown(IdWidth.BITS_16))
                .add(Syscall.FCHOWN, AttributeCalls.fchown(IdWidth.BITS_16))
                .add(Syscall.LCHOWN, AttributeCalls.lchown(IdWidth.BITS_16))
                .add(Syscall.CHOWN32, AttributeCalls.chown(IdWidth.BITS_32))
                .add(Syscall.FCHOWN32, AttributeCalls.fchown(IdWidth.BITS_32))
                .add(Syscall.LCHOWN32, AttributeCalls.lchown(IdWidth.BITS_32))
                .add(Syscall.TRUNCATE, AttributeCalls::compatTruncate)
                .add(Syscall.TRUNCATE64, AttributeCalls::truncate64)
                .add(Syscall.UTIME, UtimesCalls.utimes(Layout.SECONDS_32))
                .add(Syscall.UTIMES, UtimesCalls.utimes(Layout.MICROSECONDS_32))
                .add(Syscall.FUTIMESAT, UtimesCalls.futimesat(Layout.MICROSECONDS_32))
                .add(Syscall.UTIMENSAT, UtimesCalls.utimensat(Layout.NANOSECONDS_32))
                .add(Syscall.UTIMENSAT_TIME64, UtimesCalls.utimensat(Layout.NANOSECONDS_TIME64))
                .add(Syscall.STATFS, StatfsCalls.statfs(StatfsLayout.STATFS_I386))
                .add(Syscall.FSTATFS, StatfsCalls.fstatfs(StatfsLayout.STATFS_I386))
                .add(Syscall.STATFS64, StatfsCalls::statfs64)
                .add(Syscall.FSTATFS64, StatfsCalls::fstatfs64);
    }

    private static void i386Stat(SyscallDefinitions definitions) {
        definitions
                .add(Syscall.OLDSTAT, StatCalls.stat(StatLayout.OLD_STAT))
                .add(Syscall.OLDLSTAT, StatCalls.lstat(StatLayout.OLD_STAT))
                .add(Syscall.OLDFSTAT, StatCalls.fstat(StatLayout.OLD_STAT))
                .add(Syscall.STAT, StatCalls.stat(StatLayout.STAT_I386))
                .add(Syscall.LSTAT, StatCalls.lstat(StatLayout.STAT_I386))
                .add(Syscall.FSTAT, StatCalls.fstat(StatLayout.STAT_I386))
                .add(Syscall.STAT64, StatCalls.stat(StatLayout.STAT64_I386))
                .add(Syscall.LSTAT64, StatCalls.lstat(StatLayout.STAT64_I386))
                .add(Syscall.FSTAT64, StatCalls.fstat(StatLayout.STAT64_I386))
                .add(Syscall.FSTATAT64, StatCalls.fstatat(StatLayout.STAT64_I386));
    }
}
