package dev.trapgate.fs;

import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.PathForm;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Names of files: further ones, and symbolic ones.
 *
 * <p>Every method may fail with what a path may fail with: see {@link FsCalls}.
 *
 * @param <P> in which form paths are given
 * @param kernel whose calls
 * @param form how to lay them out
 * @see <a href="https://man7.org/linux/man-pages/man7/symlink.7.html">symlink(7)</a>
 */
public record LinkCalls<P>(Kernel kernel, PathForm<P> form) {

    private static final Call LINKAT = Call.of(Syscall.LINKAT);
    private static final Call SYMLINKAT = Call.of(Syscall.SYMLINKAT);
    private static final Call READLINKAT = Call.of(Syscall.READLINKAT);

    private static final int AT_FDCWD = -100;
    private static final long PATH_MAX = 4096;

    /**
     * {@return the same calls, with paths in another form}
     *
     * @param <Q> the form
     * @param paths the form
     */
    public <Q> LinkCalls<Q> with(PathForm<Q> paths) {
        return new LinkCalls<>(kernel, paths);
    }

    /**
     * Gives a file another name, as {@code link(2)}.
     *
     * @param existing the file
     * @param link its new name
     * @throws SyscallException also EEXIST; EXDEV between file systems; EMLINK; EPERM for a directory
     */
    public void link(P existing, P link) {
        try (Scratch scratch = kernel.scratch()) {
            kernel.call(LINKAT, AT_FDCWD, form.address(scratch, existing), AT_FDCWD, form.address(scratch, link), 0);
        }
    }

    /**
     * Gives an open file a name: one made with O_TMPFILE, for example. By way of {@code /proc/self/fd}, which needs no right.
     *
     * @param file the file
     * @param link its name
     * @throws SyscallException as {@link #link}; ENOENT if it was opened with O_EXCL or has been unlinked
     */
    public void link(FileDescriptor file, P link) {
        int number = file.hold(kernel);
        try (Scratch scratch = kernel.scratch()) {
            kernel.call(
                    LINKAT,
                    AT_FDCWD,
                    scratch.string("/proc/self/fd/" + number),
                    AT_FDCWD,
                    form.address(scratch, link),
                    AtFlags.AT_SYMLINK_FOLLOW.bits());
        } finally {
            file.letGo();
        }
    }

    /**
     * Makes a symbolic link, as {@code symlink(2)}.
     *
     * @param target what it says, whether or not that is there
     * @param link its name
     * @throws SyscallException also EEXIST
     */
    public void symlink(P target, P link) {
        try (Scratch scratch = kernel.scratch()) {
            kernel.call(SYMLINKAT, form.address(scratch, target), AT_FDCWD, form.address(scratch, link));
        }
    }

    /**
     * {@return what a symbolic link says, as {@code readlink(2)}}
     *
     * @param path the link
     * @throws SyscallException also EINVAL if it is none
     */
    public String readlink(P path) {
        try (Scratch scratch = kernel.scratch()) {
            long name = form.address(scratch, path);
            long text = scratch.room(PATH_MAX, 1);
            long length = kernel.call(READLINKAT, AT_FDCWD, name, text, PATH_MAX);
            return text(scratch.at(text, length));
        }
    }

    private static String text(MemorySegment bytes) {
        return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }
}
