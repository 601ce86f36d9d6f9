package dev.trapgate.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Locale;

/**
 * In which form a program gives paths. Calls with paths take one form, {@link String} unless their {@code with} method was told
 * another: {@code linux.fs().with(PathForm.PATH)}.
 *
 * <p>A path is copied to scratch memory in every form; it is a few bytes, and exceptions show it.
 *
 * @param <P> the form
 */
public sealed interface PathForm<P> {

    /** A String, which the kernel gets as UTF-8; one with a NUL is an {@link IllegalArgumentException}. */
    PathForm<String> STRING = new OfString();
    /**
     * A Path of the default file system, whatever its separators were; a relative one begins at the process's working directory.
     * One of another file system (a zip file's, for example) is an {@link IllegalArgumentException}: the kernel knows nothing of
     * it. So is one whose bytes the JVM's locale cannot tell: give those as {@link #MEMORY}.
     */
    PathForm<Path> PATH = new OfPath();
    /** Bytes with a NUL at the end, for names that are not UTF-8; without a NUL it is an {@link IllegalArgumentException}. */
    PathForm<MemorySegment> MEMORY = new OfMemory();

    /**
     * Lays a path out for the kernel.
     *
     * @param scratch where to
     * @param path the path
     * @return its address for the kernel
     * @throws IllegalArgumentException if the path cannot be one of this kernel's
     */
    long address(Scratch scratch, P path);

    /** Text. */
    record OfString() implements PathForm<String> {

        @Override
        public long address(Scratch scratch, String path) {
            return scratch.string(path);
        }
    }

    /** Java's paths. */
    record OfPath() implements PathForm<Path> {

        private static final char UNKNOWN = '\ufffd';
        private static final int ASCII = 0x80;
        private static final boolean NAMES_ARE_UTF_8 = System.getProperty("sun.jnu.encoding", "")
                .toUpperCase(Locale.ROOT)
                .equals("UTF-8");

        @Override
        public long address(Scratch scratch, Path path) {
            if (!path.getFileSystem().equals(FileSystems.getDefault())) {
                throw new IllegalArgumentException(path + " is of " + path.getFileSystem()
                        + ", which the kernel does not know: a path of the default file system is wanted");
            }
            String text = path.toString();
            if (!isExact(text)) {
                throw new IllegalArgumentException("the JVM's locale cannot tell the bytes of " + text
                        + ": give them by PathForm.MEMORY, or start the JVM in a UTF-8 locale");
            }
            return scratch.string(text);
        }

        private static boolean isExact(String text) {
            return NAMES_ARE_UTF_8 ? text.indexOf(UNKNOWN) < 0 : text.chars().allMatch(character -> character < ASCII);
        }
    }

    /** C's strings. */
    record OfMemory() implements PathForm<MemorySegment> {

        @Override
        public long address(Scratch scratch, MemorySegment path) {
            for (long at = 0; at < path.byteSize(); at++) {
                if (path.get(ValueLayout.JAVA_BYTE, at) == 0) {
                    return scratch.copy(path.asSlice(0, at + 1), 1);
                }
            }
            throw new IllegalArgumentException("a path of " + path.byteSize() + " bytes has no NUL: end it with one");
        }
    }
}
