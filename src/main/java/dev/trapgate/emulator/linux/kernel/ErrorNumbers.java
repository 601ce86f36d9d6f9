package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Errno;

/**
 * Error numbers as calls return them, negated, with those that never leave the kernel (include/linux/errno.h, Linux
 * 5.17).
 */
public final class ErrorNumbers {

    /** Operation not permitted. */
    public static final long EPERM = -Errno.EPERM.number();
    /** No such process. */
    public static final long ESRCH = -Errno.ESRCH.number();
    /** Interrupted system call. */
    public static final long EINTR = -Errno.EINTR.number();
    /** Input/output error. */
    public static final long EIO = -Errno.EIO.number();
    /** Argument list too long. */
    public static final long E2BIG = -Errno.E2BIG.number();
    /** Bad file descriptor. */
    public static final long EBADF = -Errno.EBADF.number();
    /** Resource temporarily unavailable. */
    public static final long EAGAIN = -Errno.EAGAIN.number();
    /** Cannot allocate memory. */
    public static final long ENOMEM = -Errno.ENOMEM.number();
    /** Permission denied. */
    public static final long EACCES = -Errno.EACCES.number();
    /** Bad address. */
    public static final long EFAULT = -Errno.EFAULT.number();
    /** File exists. */
    public static final long EEXIST = -Errno.EEXIST.number();
    /** No such device. */
    public static final long ENODEV = -Errno.ENODEV.number();
    /** No such file or directory. */
    public static final long ENOENT = -Errno.ENOENT.number();
    /** Invalid argument. */
    public static final long EINVAL = -Errno.EINVAL.number();
    /** Too many open files. */
    public static final long EMFILE = -Errno.EMFILE.number();
    /** File name too long. */
    public static final long ENAMETOOLONG = -Errno.ENAMETOOLONG.number();
    /** Operation not supported. */
    public static final long EOPNOTSUPP = -Errno.EOPNOTSUPP.number();
    /** Function not implemented. */
    public static final long ENOSYS = -Errno.ENOSYS.number();

    /** Restart after a handler with SA_RESTART, and without a handler. */
    public static final long ERESTARTSYS = -512;
    /** Restart always. */
    public static final long ERESTARTNOINTR = -513;
    /** Restart only without a handler. */
    public static final long ERESTARTNOHAND = -514;
    /** Restart by restart_syscall(2), only without a handler. */
    public static final long ERESTART_RESTARTBLOCK = -516;

    private ErrorNumbers() {}
}
