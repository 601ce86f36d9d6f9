package dev.trapgate.io;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * How one transfer goes. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/preadv2.2.html">preadv2(2)</a>
 */
public record TransferFlags(int bits) {

    /** None. */
    public static final TransferFlags NONE = new TransferFlags(0);
    /** Poll the device for its completion. */
    public static final TransferFlags RWF_HIPRI = new TransferFlags(1);
    /** As O_DSYNC. */
    public static final TransferFlags RWF_DSYNC = new TransferFlags(2);
    /** As O_SYNC. */
    public static final TransferFlags RWF_SYNC = new TransferFlags(4);
    /** Answer EAGAIN instead of waiting. */
    public static final TransferFlags RWF_NOWAIT = new TransferFlags(8);
    /** To the end of the file. */
    public static final TransferFlags RWF_APPEND = new TransferFlags(0x10);

    /** {@return these flags and more} */
    public TransferFlags or(TransferFlags more) {
        return new TransferFlags(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(TransferFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code RWF_DSYNC}} */
    @Override
    public String toString() {
        return ConstantNames.render("rwf", bits, Abi.X86_64);
    }
}
