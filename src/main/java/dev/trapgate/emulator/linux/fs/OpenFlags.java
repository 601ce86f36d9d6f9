package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;

/**
 * How a file is to be opened: {@code struct open_flags} and {@code build_open_flags} of fs/open.c, Linux 6.18. The O_*
 * numbers are the same for x86-64 and i386.
 *
 * @param flags O_* flags
 * @param mode type and permission bits of a file that is made
 * @param access MAY_* bits that are checked
 * @param lookup LOOKUP_* flags
 * @param error 0, or why the flags are refused
 */
record OpenFlags(int flags, int mode, int access, int lookup, long error) {

    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_NOCTTY = 0x100;
    static final int O_TRUNC = 0x200;
    static final int O_DSYNC = 0x1000;
    static final int O_DIRECTORY = 0x1_0000;
    static final int O_NOFOLLOW = 0x2_0000;
    static final int O_SYNC_BIT = 0x10_0000;
    static final int O_TMPFILE_BIT = 0x40_0000;

    /** Flags that mean something; open(2) and openat(2) ignore the others. */
    static final long VALID_OPEN_FLAGS = 0x7f_ffc3;

    private static final int O_PATH_FLAGS = O_DIRECTORY | O_NOFOLLOW | File.O_PATH | File.O_CLOEXEC;
    private static final int RESOLVE_NO_XDEV = 1;
    private static final int RESOLVE_NO_MAGICLINKS = 2;
    private static final int RESOLVE_NO_SYMLINKS = 4;
    private static final int RESOLVE_BENEATH = 8;
    private static final int RESOLVE_IN_ROOT = 0x10;
    private static final int RESOLVE_CACHED = 0x20;
    private static final int VALID_RESOLVE_FLAGS = 0x3f;

    /** MAY_* bits for each access mode: {@code ACC_MODE}. */
    private static final int[] ACCESS = {
        Permissions.MAY_READ,
        Permissions.MAY_WRITE,
        Permissions.MAY_READ | Permissions.MAY_WRITE,
        Permissions.MAY_READ | Permissions.MAY_WRITE
    };

    /** {@return the flags of open(2) and openat(2), which ignore what they do not know: {@code build_open_how}} */
    static OpenFlags of(int flags, int mode) {
        long known = flags & ((flags & File.O_PATH) != 0 ? O_PATH_FLAGS : VALID_OPEN_FLAGS);
        return of(known, willCreate(known) ? mode & Inode.S_IALLUGO : 0, 0);
    }

    /** {@return those with which execve(2) opens a program, with LOOKUP_* flags: {@code open_exec_flags} of fs/exec.c} */
    static OpenFlags toExecute(int lookup) {
        return new OpenFlags(File.O_LARGEFILE, 0, Permissions.MAY_EXEC, lookup, 0);
    }

    /** {@return the flags of openat2(2), which refuses what it does not know: {@code build_open_flags}} */
    static OpenFlags of(long flags, long mode, long resolve) {
        int wanted = (int) flags & ~File.O_CLOEXEC;
        long error = error(flags, mode, resolve, wanted);
        if ((wanted & O_SYNC_BIT) != 0) {
            wanted |= O_DSYNC;
        }
        int access = (wanted & File.O_PATH) != 0 ? 0 : ACCESS[wanted & File.O_ACCMODE];
        if ((wanted & O_TRUNC) != 0) {
            access |= Permissions.MAY_WRITE;
        }
        int type = willCreate(flags) ? Inode.S_IFREG : 0;
        return new OpenFlags(wanted, (int) mode | type, access, lookup(wanted, (int) resolve), error);
    }

    private static long error(long flags, long mode, long resolve, int wanted) {
        boolean unknown = (flags & ~VALID_OPEN_FLAGS) != 0 || (resolve & ~VALID_RESOLVE_FLAGS) != 0;
        boolean twoScopes = (resolve & RESOLVE_BENEATH) != 0 && (resolve & RESOLVE_IN_ROOT) != 0;
        long allowed = willCreate(flags) ? Inode.S_IALLUGO : 0;
        boolean makesDirectory = (flags & (O_DIRECTORY | O_CREAT)) == (O_DIRECTORY | O_CREAT);
        boolean writes = (ACCESS[wanted & File.O_ACCMODE] & Permissions.MAY_WRITE) != 0;
        boolean badTemporary = (flags & O_TMPFILE_BIT) != 0 && ((flags & O_DIRECTORY) == 0 || !writes);
        boolean badPath = (flags & File.O_PATH) != 0 && (flags & ~O_PATH_FLAGS) != 0;
        if (unknown || twoScopes || (mode & ~allowed) != 0 || makesDirectory || badTemporary || badPath) {
            return ErrorNumbers.EINVAL;
        }
        boolean changes = (flags & (O_TRUNC | O_CREAT | O_TMPFILE_BIT)) != 0;
        return (resolve & RESOLVE_CACHED) != 0 && changes ? ErrorNumbers.EAGAIN : 0;
    }

    private static boolean willCreate(long flags) {
        return (flags & (O_CREAT | O_TMPFILE_BIT)) != 0;
    }

    private static int lookup(int flags, int resolve) {
        boolean stays = (flags & O_NOFOLLOW) != 0 || (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL);
        int lookup = stays ? 0 : Nameidata.LOOKUP_FOLLOW;
        lookup |= (flags & O_DIRECTORY) != 0 ? Nameidata.LOOKUP_DIRECTORY : 0;
        lookup |= (resolve & RESOLVE_NO_XDEV) != 0 ? Nameidata.LOOKUP_NO_XDEV : 0;
        lookup |= (resolve & RESOLVE_NO_MAGICLINKS) != 0 ? Nameidata.LOOKUP_NO_MAGICLINKS : 0;
        lookup |= (resolve & RESOLVE_NO_SYMLINKS) != 0 ? Nameidata.LOOKUP_NO_SYMLINKS : 0;
        lookup |= (resolve & RESOLVE_CACHED) != 0 ? Nameidata.LOOKUP_CACHED : 0;
        lookup |= (resolve & RESOLVE_BENEATH) != 0 ? Nameidata.LOOKUP_BENEATH : 0;
        return lookup | ((resolve & RESOLVE_IN_ROOT) != 0 ? Nameidata.LOOKUP_IN_ROOT : 0);
    }

    /** {@return whether a flag is set} */
    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** {@return the same with other flags} */
    OpenFlags withFlags(int others) {
        return new OpenFlags(others, mode, access, lookup, error);
    }

    /** {@return the flags that the open file keeps} */
    int kept() {
        return flags & ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC);
    }
}
