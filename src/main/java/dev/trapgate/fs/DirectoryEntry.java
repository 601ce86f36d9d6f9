package dev.trapgate.fs;

import dev.trapgate.kernel.Layouts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A name in a directory, as {@code getdents64(2)} gives it.
 *
 * @param inode the inode's number
 * @param type what it is, {@link Type#UNKNOWN} on file systems that do not say
 * @param name the name; bytes that are not UTF-8 are replaced
 */
public record DirectoryEntry(long inode, Type type, String name) {

    private static final int RECORD_LENGTH = 16;
    private static final int TYPE = 18;
    private static final int NAME = 19;

    /** {@return what the kernel wrote: an array of struct linux_dirent64} */
    static List<DirectoryEntry> all(MemorySegment records) {
        List<DirectoryEntry> entries = new ArrayList<>();
        long at = 0;
        while (at < records.byteSize()) {
            entries.add(new DirectoryEntry(
                    records.get(Layouts.LONG, at),
                    Type.of(records.get(ValueLayout.JAVA_BYTE, at + TYPE)),
                    records.getString(at + NAME)));
            at += records.get(Layouts.SHORT, at + RECORD_LENGTH);
        }
        return entries;
    }

    /** What a name stands for: the DT_ constants. */
    public enum Type {
        /** The file system does not say: ask statx. */
        UNKNOWN,
        /** A pipe. */
        FIFO,
        /** A character device. */
        CHARACTER_DEVICE,
        /** A directory. */
        DIRECTORY,
        /** A block device. */
        BLOCK_DEVICE,
        /** A regular file. */
        REGULAR_FILE,
        /** A symbolic link. */
        SYMBOLIC_LINK,
        /** A socket. */
        SOCKET,
        /** A whiteout of an overlay file system. */
        WHITEOUT;

        static Type of(int number) {
            return switch (number) {
                case 1 -> FIFO;
                case 2 -> CHARACTER_DEVICE;
                case 4 -> DIRECTORY;
                case 6 -> BLOCK_DEVICE;
                case 8 -> REGULAR_FILE;
                case 10 -> SYMBOLIC_LINK;
                case 12 -> SOCKET;
                case 14 -> WHITEOUT;
                default -> UNKNOWN;
            };
        }
    }
}
