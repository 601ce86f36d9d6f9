package dev.trapgate.io;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What an offset counts from.
 *
 * @param number the kernel's number
 * @see <a href="https://man7.org/linux/man-pages/man2/lseek.2.html">lseek(2)</a>
 */
public record Whence(int number) {

    /** The start of the file. */
    public static final Whence SEEK_SET = new Whence(0);
    /** Where the file stands. */
    public static final Whence SEEK_CUR = new Whence(1);
    /** The end of the file. */
    public static final Whence SEEK_END = new Whence(2);
    /** Not before this offset, the next data. */
    public static final Whence SEEK_DATA = new Whence(3);
    /** Not before this offset, the next hole. */
    public static final Whence SEEK_HOLE = new Whence(4);

    /** {@return the C names, for example {@code SEEK_CUR}} */
    @Override
    public String toString() {
        return ConstantNames.render("whence", number, Abi.X86_64);
    }
}
