package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** What the real user may do with a file: {@code do_faccessat} of fs/open.c, Linux 6.18. */
public final class AccessCalls {

    private static final int S_IRWXO = 7;
    private static final int AT_EACCESS = 0x200;
    private static final int SECBIT_NO_SETUID_FIXUP = 4;

    private AccessCalls() {}

    /** {@code access(2)}. */
    public static long access(Task current, PtRegs regs) {
        return access(current, Nameidata.AT_FDCWD, regs.argument(1), (int) regs.argument(2), 0);
    }

    /** {@code faccessat(2)} of three arguments. */
    public static long faccessat(Task current, PtRegs regs) {
        return access(current, (int) regs.argument(1), regs.argument(2), (int) regs.argument(3), 0);
    }

    /** {@code faccessat2(2)}. */
    public static long faccessat2(Task current, PtRegs regs) {
        int flags = (int) regs.argument(4);
        return access(current, (int) regs.argument(1), regs.argument(2), (int) regs.argument(3), flags);
    }

    private static long access(Task current, int dirfd, long address, int mode, int flags) {
        int known = AT_EACCESS | Nameidata.AT_SYMLINK_NOFOLLOW | Nameidata.AT_EMPTY_PATH;
        if ((mode & ~S_IRWXO) != 0 || (flags & ~known) != 0) {
            return ErrorNumbers.EINVAL;
        }
        Filename name = Filename.get(current, address, flags);
        if (name.error() != 0) {
            return name.error();
        }
        Credentials someone = (flags & AT_EACCESS) != 0 ? current.credentials() : real(current.credentials());
        int lookup = (flags & Nameidata.AT_SYMLINK_NOFOLLOW) != 0 ? 0 : Nameidata.LOOKUP_FOLLOW;
        Nameidata walk = new Nameidata(current, someone, dirfd, lookup);
        long error = walk.lookup(name.text());
        return error != 0 ? error : Permissions.check(someone, walk.path().inode(), mode);
    }

    /** {@return the rights of the real ids: {@code access_override_creds}} */
    private static Credentials real(Credentials task) {
        boolean fixes = (task.securebits() & SECBIT_NO_SETUID_FIXUP) == 0;
        long effective = !fixes ? task.effective() : task.uid() == 0 ? task.permitted() : 0;
        return new Credentials(
                task.uid(),
                task.gid(),
                task.suid(),
                task.sgid(),
                task.euid(),
                task.egid(),
                task.uid(),
                task.gid(),
                task.groups(),
                task.inheritable(),
                task.permitted(),
                effective,
                task.bounding(),
                task.ambient(),
                task.securebits());
    }
}
