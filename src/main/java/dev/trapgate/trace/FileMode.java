package dev.trapgate.trace;

import java.util.Map;

/**
 * A file's type and permissions, {@code S_IFREG|0644}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/inode.7.html">inode(7), "The file type and mode"</a>
 */
public final class FileMode {

    private static final long TYPE_MASK = 0170000;
    private static final long PERMISSIONS_MASK = 0777;
    private static final Map<Long, String> TYPES = Map.of(
            0140000L, "S_IFSOCK",
            0120000L, "S_IFLNK",
            0100000L, "S_IFREG",
            0060000L, "S_IFBLK",
            0040000L, "S_IFDIR",
            0020000L, "S_IFCHR",
            0010000L, "S_IFIFO");

    private FileMode() {}

    /**
     * Writes the mode of an existing file.
     *
     * @param mode {@code st_mode}, or permissions alone
     * @return type, set-id and sticky bits by name, permissions in octal
     */
    public static String of(long mode) {
        StringBuilder text = new StringBuilder();
        long type = mode & TYPE_MASK;
        if (type != 0) {
            text.append(TYPES.getOrDefault(type, octal(type))).append('|');
        }
        text.append((mode & 04000) == 0 ? "" : "S_ISUID|");
        text.append((mode & 02000) == 0 ? "" : "S_ISGID|");
        text.append((mode & 01000) == 0 ? "" : "S_ISVTX|");
        return text.append(permissions(mode & PERMISSIONS_MASK)).toString();
    }

    /**
     * {@return a number in octal as C writes it}
     *
     * @param value the number
     */
    public static String octal(long value) {
        return value == 0 ? "0" : "0" + Long.toOctalString(value);
    }

    /** {@return permission bits in octal, three digits at least after the 0, as strace writes a mode} */
    static String permissions(long bits) {
        String digits = Long.toOctalString(bits);
        return "0" + "0".repeat(Math.max(0, 3 - digits.length())) + digits;
    }
}
