package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * How a file's data will be used.
 *
 * @param number the kernel's number
 * @see <a href="https://man7.org/linux/man-pages/man2/posix_fadvise.2.html">posix_fadvise(2)</a>
 */
public record FileAdvice(int number) {

    /** No advice. */
    public static final FileAdvice POSIX_FADV_NORMAL = new FileAdvice(0);
    /** Here and there. */
    public static final FileAdvice POSIX_FADV_RANDOM = new FileAdvice(1);
    /** From low offsets to high. */
    public static final FileAdvice POSIX_FADV_SEQUENTIAL = new FileAdvice(2);
    /** Soon. */
    public static final FileAdvice POSIX_FADV_WILLNEED = new FileAdvice(3);
    /** Not again. */
    public static final FileAdvice POSIX_FADV_DONTNEED = new FileAdvice(4);
    /** Once. */
    public static final FileAdvice POSIX_FADV_NOREUSE = new FileAdvice(5);

    /** {@return the C names, for example {@code POSIX_FADV_RANDOM}} */
    @Override
    public String toString() {
        return ConstantNames.render("fadvise", number, Abi.X86_64);
    }
}
