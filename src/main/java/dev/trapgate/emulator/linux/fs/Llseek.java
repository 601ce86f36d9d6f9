package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;

/** Ways to move a position: the {@code llseek} functions of fs/read_write.c. All want the position locked. */
public final class Llseek {

    /** From the start. */
    public static final int SEEK_SET = 0;
    /** From the position. */
    public static final int SEEK_CUR = 1;
    /** From the end. */
    public static final int SEEK_END = 2;
    /** To data. */
    public static final int SEEK_DATA = 3;
    /** To a hole. */
    public static final int SEEK_HOLE = 4;

    private Llseek() {}

    /**
     * Moves within a size: {@code generic_file_llseek_size}.
     *
     * @param file the open file
     * @param offset how far
     * @param whence SEEK_*
     * @param most the greatest position
     * @param end where the file ends
     * @return the position; −EINVAL outside 0 to {@code most}, −ENXIO for data or a hole behind the end
     */
    public static long generic(File file, long offset, int whence, long most, long end) {
        return switch (whence) {
            case SEEK_END -> setPosition(file, offset + end, most);
            case SEEK_CUR -> offset == 0 ? file.position() : setPosition(file, file.position() + offset, most);
            case SEEK_DATA, SEEK_HOLE -> {
                if (Long.compareUnsigned(offset, end) >= 0) {
                    yield ErrorNumbers.ENXIO;
                }
                yield setPosition(file, whence == SEEK_HOLE ? end : offset, most);
            }
            default -> setPosition(file, offset, most);
        };
    }

    /**
     * Moves without a greatest position, data and holes looked for from before the file's begin too: {@code default_llseek}.
     *
     * @param file the open file
     * @param offset how far
     * @param whence SEEK_*
     * @param end where the file ends
     * @return the position; −EINVAL before 0, −ENXIO for data or a hole behind the end
     */
    public static long plain(File file, long offset, int whence, long end) {
        boolean looks = whence == SEEK_DATA || whence == SEEK_HOLE;
        if (looks && offset >= end) {
            return ErrorNumbers.ENXIO;
        }
        return switch (whence) {
            case SEEK_END -> setPosition(file, offset + end, Long.MAX_VALUE);
            case SEEK_CUR ->
                offset == 0 ? file.position() : setPosition(file, file.position() + offset, Long.MAX_VALUE);
            case SEEK_HOLE -> setPosition(file, end, Long.MAX_VALUE);
            default -> setPosition(file, offset, Long.MAX_VALUE);
        };
    }

    /** {@return the position, now that one; −EINVAL outside 0 to {@code most}: {@code vfs_setpos}} */
    public static long setPosition(File file, long position, long most) {
        if (position < 0 || position > most) {
            return ErrorNumbers.EINVAL;
        }
        file.setPosition(position);
        return position;
    }

    /** {@return the position, which stays: {@code noop_llseek}} */
    public static long noop(File file) {
        return file.position();
    }

    /** {@return 0, the position that a file without contents has: {@code null_lseek}} */
    public static long zero(File file) {
        file.setPosition(0);
        return 0;
    }
}
