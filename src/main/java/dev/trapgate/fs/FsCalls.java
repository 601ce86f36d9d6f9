package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.PathForm;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The tree of files: names, and what is known of what they stand for.
 *
 * <p>A path counts from the working directory unless it begins with a slash; methods whose name ends in {@code at} take it from
 * a directory that is open. It is a {@link String}, or what {@link #with} was told. What a path may fail with, every method
 * may:
 *
 * <ul>
 *   <li>ENOENT: a part of it is not there, or it is empty;
 *   <li>ENOTDIR: a part on the way is no directory;
 *   <li>EACCES: a directory on the way may not be searched; the exception's hint says which;
 *   <li>ELOOP: too many symbolic links; ENAMETOOLONG: 4096 bytes in all, or 255 in a name.
 * </ul>
 *
 * <p>A network or FUSE file system may take its time; a virtual thread blocks its carrier meanwhile.
 *
 * @param <P> in which form paths are given
 * @param kernel whose calls
 * @param form how to lay them out
 */
public record FsCalls<P>(Kernel kernel, PathForm<P> form) {

    private static final Call OPENAT = Call.of(Syscall.OPENAT);
    private static final Call OPENAT2 = Call.of(Syscall.OPENAT2);
    private static final Call STATX = Call.of(Syscall.STATX);
    private static final Call FACCESSAT = Call.of(Syscall.FACCESSAT);
    private static final Call MKDIRAT = Call.of(Syscall.MKDIRAT);
    private static final Call UNLINKAT = Call.of(Syscall.UNLINKAT);
    private static final Call RENAMEAT2 = Call.of(Syscall.RENAMEAT2);
    private static final Call GETDENTS64 = Call.of(Syscall.GETDENTS64);
    private static final Call GETCWD = Call.of(Syscall.GETCWD);

    private static final int AT_FDCWD = -100;
    private static final int O_LARGEFILE = 0x8000;
    private static final long OPEN_HOW = 24;
    private static final long PATH_MAX = 4096;
    private static final long DIRENTS = 32 << 10;

    /**
     * {@return the same calls, with paths in another form}
     *
     * @param <Q> the form
     * @param paths the form
     */
    public <Q> FsCalls<Q> with(PathForm<Q> paths) {
        return new FsCalls<>(kernel, paths);
    }

    /**
     * Opens a file, as {@code open(2)}.
     *
     * @param path the file
     * @param flags an access mode and flags
     * @return the descriptor, to be closed
     * @throws SyscallException also EISDIR for writing to a directory; EMFILE, ENFILE if too many are open; ETXTBSY; EROFS
     * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
     */
    public FileDescriptor open(P path, OpenFlags flags) {
        return openFrom(AT_FDCWD, path, flags.bits(), 0);
    }

    /**
     * Opens a file, or makes it, as {@code open(2)}.
     *
     * @param path the file
     * @param flags an access mode and flags
     * @param mode the permissions if it is made, less the umask
     * @return the descriptor, to be closed
     */
    public FileDescriptor open(P path, OpenFlags flags, Mode mode) {
        return openFrom(AT_FDCWD, path, flags.bits(), mode.bits());
    }

    /**
     * Opens a file, or makes it, from a directory, as {@code openat(2)}.
     *
     * @param directory where a relative path begins
     * @param path the file
     * @param flags an access mode and flags
     * @param mode the permissions if it is made, less the umask
     * @return the descriptor, to be closed
     */
    public FileDescriptor openat(FileDescriptor directory, P path, OpenFlags flags, Mode mode) {
        int bits = flags.bits();
        int permissions = mode.bits();
        int at = directory.hold(kernel);
        try {
            return openFrom(at, path, bits, permissions);
        } finally {
            directory.letGo();
        }
    }

    /** A 32-bit caller could not open large files without O_LARGEFILE; a 64-bit one has it always. */
    private int openFlags(int flags) {
        return kernel.abi() == Abi.I386 ? flags | O_LARGEFILE : flags;
    }

    private FileDescriptor openFrom(int directory, P path, int flags, int mode) {
        try (Scratch scratch = kernel.scratch()) {
            return owned(kernel.call(OPENAT, directory, form.address(scratch, path), openFlags(flags), mode));
        }
    }

    private FileDescriptor owned(long number) {
        return FileDescriptor.own(kernel, (int) number);
    }

    /**
     * Opens a file whose path must stay within bounds, as {@code openat2(2)}.
     *
     * @param directory where it begins
     * @param path the file
     * @param flags an access mode and flags; unknown ones are refused
     * @param mode the permissions if it is made; 0 unless O_CREAT or O_TMPFILE is given
     * @param resolve what the path may not cross
     * @return the descriptor, to be closed
     * @throws SyscallException also EXDEV if the path leaves its bounds; ELOOP for a link that may not be followed; EAGAIN if
     *     something moved meanwhile; ENOSYS before Linux 5.6
     * @see <a href="https://man7.org/linux/man-pages/man2/openat2.2.html">openat2(2)</a>
     */
    public FileDescriptor openat2(FileDescriptor directory, P path, OpenFlags flags, Mode mode, ResolveFlags resolve) {
        int at = directory.hold(kernel);
        try (Scratch scratch = kernel.scratch()) {
            long how = scratch.room(OPEN_HOW, Long.BYTES);
            MemorySegment openHow = scratch.at(how, OPEN_HOW);
            openHow.set(Layouts.LONG, 0, openFlags(flags.bits()));
            openHow.set(Layouts.LONG, 8, mode.bits());
            openHow.set(Layouts.LONG, 16, resolve.bits());
            return owned(kernel.call(OPENAT2, at, form.address(scratch, path), how, OPEN_HOW));
        } finally {
            directory.letGo();
        }
    }

    /**
     * Says what is known of a file, links followed, as {@code statx(2)}.
     *
     * @param path the file
     * @return a copy on the heap, of the basic fields and the time of birth
     * @see <a href="https://man7.org/linux/man-pages/man2/statx.2.html">statx(2)</a>
     */
    public Statx statx(P path) {
        return statx(path, AtFlags.NONE, StatxMask.STATX_BASIC_STATS.or(StatxMask.STATX_BTIME));
    }

    /**
     * Says what is known of a file, as {@code statx(2)}.
     *
     * @param path the file
     * @param flags whether to follow a link, and how fresh the answer must be
     * @param mask what to ask for
     * @return a copy on the heap
     */
    public Statx statx(P path, AtFlags flags, StatxMask mask) {
        return statxFrom(AT_FDCWD, path, flags.bits(), mask.bits());
    }

    /**
     * Says what is known of a file, without allocating.
     *
     * @param path the file
     * @param flags whether to follow a link, and how fresh the answer must be
     * @param mask what to ask for
     * @param into what to fill: {@link Statx#in} makes one
     */
    public void statx(P path, AtFlags flags, StatxMask mask, Statx into) {
        long to = kernel.address(into.buffer(), Statx.SIZE);
        try (Scratch scratch = kernel.scratch()) {
            kernel.call(STATX, AT_FDCWD, form.address(scratch, path), flags.bits(), mask.bits(), to);
        }
    }

    /**
     * Says what is known of a file from a directory, or of the descriptor itself with an empty path and AT_EMPTY_PATH.
     *
     * @param directory where a relative path begins
     * @param path the file
     * @param flags whether to follow a link, and how fresh the answer must be
     * @param mask what to ask for
     * @return a copy on the heap
     */
    public Statx statxat(FileDescriptor directory, P path, AtFlags flags, StatxMask mask) {
        int at = directory.hold(kernel);
        try {
            return statxFrom(at, path, flags.bits(), mask.bits());
        } finally {
            directory.letGo();
        }
    }

    /**
     * {@return what is known of an open file: a copy on the heap}
     *
     * @param file the file
     */
    public Statx statx(FileDescriptor file) {
        int number = file.hold(kernel);
        try (Scratch scratch = kernel.scratch()) {
            StatxMask mask = StatxMask.STATX_BASIC_STATS.or(StatxMask.STATX_BTIME);
            return statxInto(scratch, number, scratch.string(""), AtFlags.AT_EMPTY_PATH.bits(), mask.bits());
        } finally {
            file.letGo();
        }
    }

    private Statx statxFrom(int directory, P path, int flags, int mask) {
        try (Scratch scratch = kernel.scratch()) {
            return statxInto(scratch, directory, form.address(scratch, path), flags, mask);
        }
    }

    private Statx statxInto(Scratch scratch, int directory, long path, int flags, int mask) {
        long statx = scratch.room(Statx.SIZE, Long.BYTES);
        kernel.call(STATX, directory, path, flags, mask, statx);
        return Statx.copyOf(scratch.at(statx, Statx.SIZE));
    }

    /**
     * {@return whether a file may be used so, by the real user} By {@code access(2)}; the answer may be old at once.
     *
     * @param path the file
     * @param mode how
     * @throws SyscallException what a path may fail with, but for EACCES, EROFS and ENOENT, which are the answer no
     */
    public boolean access(P path, AccessMode mode) {
        try (Scratch scratch = kernel.scratch()) {
            kernel.call(FACCESSAT, AT_FDCWD, form.address(scratch, path), mode.bits());
            return true;
        } catch (SyscallException failure) {
            return switch (failure.number()) {
                case 2, 13, 30 -> false; // ENOENT, EACCES, EROFS
                default -> throw failure;
            };
        }
    }

    /**
     * Makes a directory, as {@code mkdir(2)}.
     *
     * @param path the directory
     * @param mode its permissions, less the umask
     * @throws SyscallException also EEXIST; ENOSPC; EROFS
     */
    public void mkdir(P path, Mode mode) {
        onPath(MKDIRAT, AT_FDCWD, path, mode.bits());
    }

    /**
     * Makes a directory in an open one, as {@link #mkdir}.
     *
     * @param directory the directory
     * @param path the file
     * @param mode the permissions
     */
    public void mkdirat(FileDescriptor directory, P path, Mode mode) {
        onPathAt(MKDIRAT, directory, path, mode.bits());
    }

    /**
     * Removes a name, as {@code unlink(2)}; the file goes with its last name and descriptor.
     *
     * @param path the name, not of a directory
     * @throws SyscallException also EISDIR; EPERM; EBUSY; EROFS
     */
    public void unlink(P path) {
        onPath(UNLINKAT, AT_FDCWD, path, 0);
    }

    /**
     * Removes an empty directory, as {@code rmdir(2)}.
     *
     * @param path the directory
     * @throws SyscallException also ENOTEMPTY; EBUSY
     */
    public void rmdir(P path) {
        onPath(UNLINKAT, AT_FDCWD, path, AtFlags.AT_REMOVEDIR.bits());
    }

    /**
     * Removes a name, or with AT_REMOVEDIR an empty directory, from an open directory, as {@code unlinkat(2)}.
     *
     * @param directory the directory
     * @param path the file
     * @param flags how
     */
    public void unlinkat(FileDescriptor directory, P path, AtFlags flags) {
        onPathAt(UNLINKAT, directory, path, flags.bits());
    }

    private void onPath(Call call, int directory, P path, long argument) {
        try (Scratch scratch = kernel.scratch()) {
            kernel.call(call, directory, form.address(scratch, path), argument);
        }
    }

    private void onPathAt(Call call, FileDescriptor directory, P path, long argument) {
        int at = directory.hold(kernel);
        try {
            onPath(call, at, path, argument);
        } finally {
            directory.letGo();
        }
    }

    /**
     * Renames, replacing what has the new name, as {@code rename(2)}.
     *
     * @param from the name
     * @param to the new name, on the same file system
     * @throws SyscallException also EXDEV between file systems; ENOTEMPTY, EISDIR or ENOTDIR where the target cannot be
     *     replaced
     */
    public void rename(P from, P to) {
        renameat2(from, to, RenameFlags.NONE);
    }

    /**
     * Renames, as {@code renameat2(2)}.
     *
     * @param from the name
     * @param to the new name, on the same file system
     * @param flags what to do if there is one
     * @throws SyscallException as {@link #rename}, and EEXIST with RENAME_NOREPLACE; EINVAL if the file system does not know
     *     the flag
     */
    public void renameat2(P from, P to, RenameFlags flags) {
        try (Scratch scratch = kernel.scratch()) {
            kernel.call(
                    RENAMEAT2,
                    AT_FDCWD,
                    form.address(scratch, from),
                    AT_FDCWD,
                    form.address(scratch, to),
                    flags.bits());
        }
    }

    private static String text(MemorySegment bytes) {
        return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    /** {@return the working directory's path, as {@code getcwd(2)}} */
    public String getcwd() {
        try (Scratch scratch = kernel.scratch()) {
            long text = scratch.room(PATH_MAX, 1);
            long length = kernel.call(GETCWD, text, PATH_MAX);
            return text(scratch.at(text, length - 1));
        }
    }

    /**
     * Reads some of a directory's names, as {@code getdents64(2)}, from where the last call stopped.
     *
     * @param directory open for reading
     * @return the next names, {@code .} and {@code ..} among them; empty at the end
     */
    public List<DirectoryEntry> getdents(FileDescriptor directory) {
        int number = directory.hold(kernel);
        try (Scratch scratch = kernel.scratch()) {
            long records = scratch.room(DIRENTS, Long.BYTES);
            long length = kernel.call(GETDENTS64, number, records, DIRENTS);
            return DirectoryEntry.all(scratch.at(records, length));
        } finally {
            directory.letGo();
        }
    }

    /**
     * {@return all of a directory's names but {@code .} and {@code ..}}
     *
     * @param path the directory
     */
    public List<DirectoryEntry> list(P path) {
        List<DirectoryEntry> all = new ArrayList<>();
        try (FileDescriptor directory =
                open(path, OpenFlags.O_RDONLY.or(OpenFlags.O_DIRECTORY).or(OpenFlags.O_CLOEXEC))) {
            List<DirectoryEntry> some = getdents(directory);
            while (!some.isEmpty()) {
                some.stream()
                        .filter(entry ->
                                !entry.name().equals(".") && !entry.name().equals(".."))
                        .forEach(all::add);
                some = getdents(directory);
            }
        }
        return all;
    }
}
