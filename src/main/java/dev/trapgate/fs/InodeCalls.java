package dev.trapgate.fs;

import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Gid;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.PathForm;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.Uid;
import java.lang.foreign.MemorySegment;
import java.time.Instant;

/**
 * What a file's inode says, and what its owner may change of it.
 *
 * <p>Every method that takes a path may fail with what a path may fail with: see {@link FsCalls}.
 *
 * @param <P> in which form paths are given
 * @param kernel whose calls
 * @param form how to lay them out
 * @see <a href="https://man7.org/linux/man-pages/man7/inode.7.html">inode(7)</a>
 */
public record InodeCalls<P>(Kernel kernel, PathForm<P> form) {

    private static final Call NEWFSTATAT = Call.of(Syscall.NEWFSTATAT, Syscall.FSTATAT64);
    private static final Call FSTAT = Call.of(Syscall.FSTAT, Syscall.FSTAT64);
    private static final Call FCHMODAT = Call.of(Syscall.FCHMODAT);
    private static final Call FCHMOD = Call.of(Syscall.FCHMOD);
    private static final Call FCHOWNAT = Call.of(Syscall.FCHOWNAT);
    private static final Call UTIMENSAT = Call.of(Syscall.UTIMENSAT, Syscall.UTIMENSAT_TIME64);
    private static final Call TRUNCATE = Call.of(Syscall.TRUNCATE, Syscall.TRUNCATE64);

    private static final int AT_FDCWD = -100;
    private static final long TIMES = 32;

    /**
     * {@return the same calls, with paths in another form}
     *
     * @param <Q> the form
     * @param paths the form
     */
    public <Q> InodeCalls<Q> with(PathForm<Q> paths) {
        return new InodeCalls<>(kernel, paths);
    }

    /**
     * {@return what is known of a file, links followed, as {@code stat(2)}: a copy on the heap} {@link FsCalls#statx} knows more.
     *
     * @param path the file
     * @see <a href="https://man7.org/linux/man-pages/man2/stat.2.html">stat(2)</a>
     */
    public Stat stat(P path) {
        return stat(path, AtFlags.NONE);
    }

    /**
     * {@return what is known of a file or of the link that it is, as {@code lstat(2)}: a copy on the heap}
     *
     * @param path the file
     */
    public Stat lstat(P path) {
        return stat(path, AtFlags.AT_SYMLINK_NOFOLLOW);
    }

    private Stat stat(P path, AtFlags flags) {
        try (Scratch scratch = kernel.scratch()) {
            long size = Stat.size(kernel.abi());
            long stat = scratch.zeroed(size, Long.BYTES);
            kernel.call(NEWFSTATAT, AT_FDCWD, form.address(scratch, path), stat, flags.bits());
            return Stat.copyOf(scratch.at(stat, size), kernel.abi());
        }
    }

    /**
     * Says what is known of a file, links followed, without allocating.
     *
     * @param path the file
     * @param into what to fill: {@link Stat#in} makes one for this kernel's ABI
     * @throws IllegalArgumentException if it is laid out for another ABI
     */
    public void stat(P path, Stat into) {
        long to = address(into);
        try (Scratch scratch = kernel.scratch()) {
            kernel.call(NEWFSTATAT, AT_FDCWD, form.address(scratch, path), to, 0);
        }
    }

    /**
     * {@return what is known of an open file, as {@code fstat(2)}: a copy on the heap}
     *
     * @param file the file
     */
    public Stat fstat(FileDescriptor file) {
        try (Scratch scratch = kernel.scratch()) {
            long size = Stat.size(kernel.abi());
            long stat = scratch.zeroed(size, Long.BYTES);
            kernel.callOn(FSTAT, file, stat, 0, 0);
            return Stat.copyOf(scratch.at(stat, size), kernel.abi());
        }
    }

    /**
     * Says what is known of an open file, without allocating.
     *
     * @param file the file
     * @param into what to fill: {@link Stat#in} makes one for this kernel's ABI
     * @throws IllegalArgumentException if it is laid out for another ABI
     */
    public void fstat(FileDescriptor file, Stat into) {
        kernel.callOn(FSTAT, file, address(into), 0, 0);
    }

    private long address(Stat stat) {
        if (stat.abi() != kernel.abi()) {
            throw new IllegalArgumentException(
                    "this Stat is laid out for " + stat.abi() + ", this kernel's ABI is " + kernel.abi());
        }
        return kernel.address(stat.buffer(), Stat.size(kernel.abi()));
    }

    /**
     * Changes a file's permissions, links followed, as {@code chmod(2)}; EPERM if it is not one's own.
     *
     * @param path the file
     * @param mode the permissions
     */
    public void chmod(P path, Mode mode) {
        try (Scratch scratch = kernel.scratch()) {
            kernel.call(FCHMODAT, AT_FDCWD, form.address(scratch, path), mode.bits());
        }
    }

    /**
     * Changes an open file's permissions, as {@code fchmod(2)}; EPERM if it is not one's own.
     *
     * @param file the file
     * @param mode the permissions
     */
    public void fchmod(FileDescriptor file, Mode mode) {
        int number = file.hold(kernel);
        try {
            kernel.call(FCHMOD, number, mode.bits());
        } finally {
            file.letGo();
        }
    }

    /**
     * Changes a file's owner and group, as {@code fchownat(2)}.
     *
     * @param path the file
     * @param owner the new owner, or {@link Uid#UNCHANGED}
     * @param group the new group, or {@link Gid#UNCHANGED}
     * @param flags AT_SYMLINK_NOFOLLOW for a link itself
     * @throws SyscallException also EPERM
     */
    public void chown(P path, Uid owner, Gid group, AtFlags flags) {
        try (Scratch scratch = kernel.scratch()) {
            kernel.call(FCHOWNAT, AT_FDCWD, form.address(scratch, path), owner.value(), group.value(), flags.bits());
        }
    }

    /**
     * Sets a file's times, as {@code utimensat(2)}.
     *
     * @param path the file
     * @param atime when it was last read, in nanoseconds' precision
     * @param mtime when it was last written
     * @param flags AT_SYMLINK_NOFOLLOW for a link itself
     * @throws SyscallException also EPERM if it is not one's own
     */
    public void utimensat(P path, Instant atime, Instant mtime, AtFlags flags) {
        try (Scratch scratch = kernel.scratch()) {
            long times = scratch.room(TIMES, Long.BYTES);
            MemorySegment two = scratch.at(times, TIMES);
            two.set(Layouts.LONG, 0, atime.getEpochSecond());
            two.set(Layouts.LONG, 8, atime.getNano());
            two.set(Layouts.LONG, 16, mtime.getEpochSecond());
            two.set(Layouts.LONG, 24, mtime.getNano());
            kernel.call(UTIMENSAT, AT_FDCWD, form.address(scratch, path), times, flags.bits());
        }
    }

    /**
     * Changes a file's length, as {@code truncate(2)}; what is added reads as zeros.
     *
     * @param path the file
     * @param length 0 or more
     * @throws SyscallException also EISDIR; EINVAL for a negative length; EFBIG
     */
    public void truncate(P path, long length) {
        try (Scratch scratch = kernel.scratch()) {
            kernel.call(TRUNCATE, form.address(scratch, path), kernel.low(length), kernel.high(length));
        }
    }
}
