package dev.trapgate.fs;

import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.PathForm;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Extended attributes of files: names with a namespace, {@code user.comment} for example, and bytes. Links are followed.
 *
 * <p>Every method may fail with what a path may fail with, and with EOPNOTSUPP where the file system has none.
 *
 * @param <P> in which form paths are given
 * @param kernel whose calls
 * @param form how to lay them out
 * @see <a href="https://man7.org/linux/man-pages/man7/xattr.7.html">xattr(7)</a>
 */
public record XattrCalls<P>(Kernel kernel, PathForm<P> form) {

    private static final Call GETXATTR = Call.of(Syscall.GETXATTR);
    private static final Call SETXATTR = Call.of(Syscall.SETXATTR);
    private static final Call LISTXATTR = Call.of(Syscall.LISTXATTR);
    private static final Call REMOVEXATTR = Call.of(Syscall.REMOVEXATTR);

    /** What a value, or all names, can have at most: XATTR_SIZE_MAX and XATTR_LIST_MAX. */
    private static final long LARGEST = 65536;

    /**
     * {@return the same calls, with paths in another form}
     *
     * @param <Q> the form
     * @param paths the form
     */
    public <Q> XattrCalls<Q> with(PathForm<Q> paths) {
        return new XattrCalls<>(kernel, paths);
    }

    /**
     * {@return an attribute's value, as {@code getxattr(2)}}
     *
     * @param path the file
     * @param name the attribute
     * @throws SyscallException ENODATA if there is none
     */
    public byte[] getxattr(P path, String name) {
        try (Scratch scratch = kernel.scratch()) {
            long value = scratch.room(LARGEST, 1);
            long size = kernel.call(GETXATTR, form.address(scratch, path), scratch.string(name), value, LARGEST);
            return scratch.at(value, size).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /**
     * Sets an attribute, as {@code setxattr(2)}.
     *
     * @param path the file
     * @param name the attribute, 255 bytes at most
     * @param value its value, 65536 bytes at most
     * @param flags whether it must exist
     * @throws SyscallException EEXIST, ENODATA by the flags; ENOSPC; E2BIG; EPERM for some namespaces
     */
    public void setxattr(P path, String name, byte[] value, XattrFlags flags) {
        try (Scratch scratch = kernel.scratch()) {
            long bytes = scratch.copy(MemorySegment.ofArray(value), 1);
            kernel.call(SETXATTR, form.address(scratch, path), scratch.string(name), bytes, value.length, flags.bits());
        }
    }

    /**
     * {@return the names of a file's attributes, as {@code listxattr(2)}}
     *
     * @param path the file
     */
    public List<String> listxattr(P path) {
        try (Scratch scratch = kernel.scratch()) {
            long names = scratch.room(LARGEST, 1);
            long size = kernel.call(LISTXATTR, form.address(scratch, path), names, LARGEST);
            String all = new String(scratch.at(names, size).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
            return Stream.of(all.split("\0", -1))
                    .filter(name -> !name.isEmpty())
                    .toList();
        }
    }

    /**
     * Removes an attribute, as {@code removexattr(2)}; ENODATA if there is none.
     *
     * @param path the file
     * @param name the attribute
     */
    public void removexattr(P path, String name) {
        try (Scratch scratch = kernel.scratch()) {
            kernel.call(REMOVEXATTR, form.address(scratch, path), scratch.string(name));
        }
    }
}
