package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Where a process stands in the tree: fs/open.c, fs/d_path.c and umask(2) of kernel/sys.c, Linux 6.18. */
public final class DirectoryCalls {

    private static final int LOOKUP = Nameidata.LOOKUP_FOLLOW | Nameidata.LOOKUP_DIRECTORY;
    private static final int S_IRWXUGO = 0777;

    private DirectoryCalls() {}

    /** {@code chdir(2)}. */
    public static long chdir(Task current, PtRegs regs) {
        Nameidata walk = new Nameidata(current, Nameidata.AT_FDCWD, LOOKUP);
        long error = find(current, walk, regs.argument(1));
        if (error == 0) {
            current.process().fs().setPwd(walk.path());
        }
        return error;
    }

    /** {@code fchdir(2)}. */
    public static long fchdir(Task current, PtRegs regs) {
        File file = current.files().getRaw((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        Path path = file.path();
        file.release();
        if (!(path.inode() instanceof Directory)) {
            return ErrorNumbers.ENOTDIR;
        }
        long refusal = Permissions.check(current.credentials(), path.inode(), Permissions.MAY_EXEC);
        if (refusal == 0) {
            current.process().fs().setPwd(path);
        }
        return refusal;
    }

    /** {@code chroot(2)}. */
    public static long chroot(Task current, PtRegs regs) {
        Nameidata walk = new Nameidata(current, Nameidata.AT_FDCWD, LOOKUP);
        long error = find(current, walk, regs.argument(1));
        if (error == 0 && !current.credentials().capable(Capability.CAP_SYS_CHROOT)) {
            return ErrorNumbers.EPERM;
        }
        if (error == 0) {
            current.process().fs().setRoot(walk.path());
        }
        return error;
    }

    private static long find(Task current, Nameidata walk, long address) {
        Filename name = Filename.get(current, address);
        if (name.error() != 0) {
            return name.error();
        }
        long error = walk.lookup(name.text());
        return error != 0
                ? error
                : Permissions.check(current.credentials(), walk.path().inode(), Permissions.MAY_EXEC);
    }

    /** {@code getcwd(2)}: answers the length with the NUL. */
    public static long getcwd(Task current, PtRegs regs) {
        FsStruct fs = current.process().fs();
        if (fs.pwd().dentry().isUnlinked()) {
            return ErrorNumbers.ENOENT;
        }
        byte[] text = (PathText.of(fs.pwd(), fs.root()) + '\0').getBytes(StandardCharsets.ISO_8859_1);
        if (text.length > Filename.PATH_MAX) {
            return ErrorNumbers.ENAMETOOLONG;
        }
        if (Long.compareUnsigned(text.length, regs.argument(2)) > 0) {
            return ErrorNumbers.ERANGE;
        }
        long left = current.uaccess().copyToUser(regs.argument(1), MemorySegment.ofArray(text), text.length);
        return left == 0 ? text.length : ErrorNumbers.EFAULT;
    }

    /** {@code umask(2)}. */
    public static long umask(Task current, PtRegs regs) {
        return current.process().fs().exchangeUmask((int) regs.argument(1) & S_IRWXUGO);
    }
}
