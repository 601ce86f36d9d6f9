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
    /** No such device or address. */
    public static final long ENXIO = -Errno.ENXIO.number();
    /** Device or resource busy. */
    public static final long EBUSY = -Errno.EBUSY.number();
    /** Invalid cross-device link. */
    public static final long EXDEV = -Errno.EXDEV.number();
    /** Not a directory. */
    public static final long ENOTDIR = -Errno.ENOTDIR.number();
    /** Is a directory. */
    public static final long EISDIR = -Errno.EISDIR.number();
    /** Too many open files in system. */
    public static final long ENFILE = -Errno.ENFILE.number();
    /** Inappropriate ioctl for device. */
    public static final long ENOTTY = -Errno.ENOTTY.number();
    /** Text file busy. */
    public static final long ETXTBSY = -Errno.ETXTBSY.number();
    /** File too large. */
    public static final long EFBIG = -Errno.EFBIG.number();
    /** No space left on device. */
    public static final long ENOSPC = -Errno.ENOSPC.number();
    /** Illegal seek. */
    public static final long ESPIPE = -Errno.ESPIPE.number();
    /** Read-only file system. */
    public static final long EROFS = -Errno.EROFS.number();
    /** Too many links. */
    public static final long EMLINK = -Errno.EMLINK.number();
    /** Broken pipe. */
    public static final long EPIPE = -Errno.EPIPE.number();
    /** Numerical result out of range. */
    public static final long ERANGE = -Errno.ERANGE.number();
    /** Resource deadlock avoided. */
    public static final long EDEADLK = -Errno.EDEADLK.number();
    /** No locks available. */
    public static final long ENOLCK = -Errno.ENOLCK.number();
    /** Directory not empty. */
    public static final long ENOTEMPTY = -Errno.ENOTEMPTY.number();
    /** Too many levels of symbolic links. */
    public static final long ELOOP = -Errno.ELOOP.number();
    /** No data available. */
    public static final long ENODATA = -Errno.ENODATA.number();
    /** Value too large for defined data type. */
    public static final long EOVERFLOW = -Errno.EOVERFLOW.number();
    /** Operation not supported. */
    public static final long EOPNOTSUPP = -Errno.EOPNOTSUPP.number();
    /** Destination address required. */
    public static final long EDESTADDRREQ = -Errno.EDESTADDRREQ.number();
    /** Socket operation on non-socket. */
    public static final long ENOTSOCK = -Errno.ENOTSOCK.number();
    /** Message too long. */
    public static final long EMSGSIZE = -Errno.EMSGSIZE.number();
    /** Protocol wrong type for socket. */
    public static final long EPROTOTYPE = -Errno.EPROTOTYPE.number();
    /** Protocol not available. */
    public static final long ENOPROTOOPT = -Errno.ENOPROTOOPT.number();
    /** Protocol not supported. */
    public static final long EPROTONOSUPPORT = -Errno.EPROTONOSUPPORT.number();
    /** Socket type not supported. */
    public static final long ESOCKTNOSUPPORT = -Errno.ESOCKTNOSUPPORT.number();
    /** Address family not supported by protocol. */
    public static final long EAFNOSUPPORT = -Errno.EAFNOSUPPORT.number();
    /** Address already in use. */
    public static final long EADDRINUSE = -Errno.EADDRINUSE.number();
    /** Cannot assign requested address. */
    public static final long EADDRNOTAVAIL = -Errno.EADDRNOTAVAIL.number();
    /** Network is unreachable. */
    public static final long ENETUNREACH = -Errno.ENETUNREACH.number();
    /** Software caused connection abort. */
    public static final long ECONNABORTED = -Errno.ECONNABORTED.number();
    /** Connection reset by peer. */
    public static final long ECONNRESET = -Errno.ECONNRESET.number();
    /** No buffer space available. */
    public static final long ENOBUFS = -Errno.ENOBUFS.number();
    /** Transport endpoint is already connected. */
    public static final long EISCONN = -Errno.EISCONN.number();
    /** Transport endpoint is not connected. */
    public static final long ENOTCONN = -Errno.ENOTCONN.number();
    /** Too many references: cannot splice. */
    public static final long ETOOMANYREFS = -Errno.ETOOMANYREFS.number();
    /** Connection refused. */
    public static final long ECONNREFUSED = -Errno.ECONNREFUSED.number();
    /** Operation already in progress. */
    public static final long EALREADY = -Errno.EALREADY.number();
    /** Operation now in progress. */
    public static final long EINPROGRESS = -Errno.EINPROGRESS.number();
    /** Numerical argument out of domain. */
    public static final long EDOM = -Errno.EDOM.number();
    /** Connection timed out. */
    public static final long ETIMEDOUT = -Errno.ETIMEDOUT.number();
    /** Operation canceled. */
    public static final long ECANCELED = -Errno.ECANCELED.number();
    /** Package not installed. */
    public static final long ENOPKG = -Errno.ENOPKG.number();
    /** Identifier removed. */
    public static final long EIDRM = -Errno.EIDRM.number();
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
