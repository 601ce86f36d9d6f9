package dev.trapgate.pipe;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * How to move data between descriptors. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/splice.2.html">splice(2)</a>
 */
public record SpliceFlags(int bits) {

    /** None. */
    public static final SpliceFlags NONE = new SpliceFlags(0);
    /** Move pages if possible; has no effect since Linux 2.6.21. */
    public static final SpliceFlags SPLICE_F_MOVE = new SpliceFlags(1);
    /** Do not wait at the pipe. */
    public static final SpliceFlags SPLICE_F_NONBLOCK = new SpliceFlags(2);
    /** More will follow. */
    public static final SpliceFlags SPLICE_F_MORE = new SpliceFlags(4);
    /** The pages are a gift to the kernel, for vmsplice. */
    public static final SpliceFlags SPLICE_F_GIFT = new SpliceFlags(8);

    /** {@return these flags and more} */
    public SpliceFlags or(SpliceFlags more) {
        return new SpliceFlags(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(SpliceFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code SPLICE_F_NONBLOCK}} */
    @Override
    public String toString() {
        return ConstantNames.render("splice", bits, Abi.X86_64);
    }
}
