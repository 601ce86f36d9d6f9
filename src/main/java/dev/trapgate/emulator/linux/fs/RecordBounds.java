package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;

/**
 * Which bytes a lock is for: {@code flock64_to_posix_lock} of fs/locks.c, Linux 6.18.
 *
 * @param start the first byte
 * @param end the last byte; {@link Long#MAX_VALUE} for all that follow
 * @param error 0, or why there are no such bytes
 */
record RecordBounds(long start, long end, long error) {

    /**
     * {@return the bytes that a {@code struct flock} names}
     *
     * @param file the open file
     * @param whence SEEK_SET, SEEK_CUR or SEEK_END
     * @param offset {@code l_start}
     * @param length {@code l_len}: 0 for all that follow; those before the start if negative
     */
    static RecordBounds of(File file, int whence, long offset, long length) {
        long origin =
                switch (whence) {
                    case Llseek.SEEK_SET -> 0;
                    case Llseek.SEEK_CUR -> file.position();
                    case Llseek.SEEK_END -> file.inode().size();
                    default -> -1;
                };
        if (origin < 0) {
            return refused(ErrorNumbers.EINVAL);
        }
        if (offset > Long.MAX_VALUE - origin) {
            return refused(ErrorNumbers.EOVERFLOW);
        }
        long start = origin + offset;
        if (start < 0) {
            return refused(ErrorNumbers.EINVAL);
        }
        if (length > 0) {
            return length - 1 > Long.MAX_VALUE - start
                    ? refused(ErrorNumbers.EOVERFLOW)
                    : new RecordBounds(start, start + length - 1, 0);
        }
        if (length == 0) {
            return new RecordBounds(start, Long.MAX_VALUE, 0);
        }
        return start + length < 0 ? refused(ErrorNumbers.EINVAL) : new RecordBounds(start + length, start - 1, 0);
    }

    private static RecordBounds refused(long error) {
        return new RecordBounds(0, 0, error);
    }
}
