package dev.trapgate.mm;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * How to write a mapping back. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/msync.2.html">msync(2)</a>
 */
public record SyncFlags(int bits) {

    /** None. */
    public static final SyncFlags NONE = new SyncFlags(0);
    /** Begin, do not wait. */
    public static final SyncFlags MS_ASYNC = new SyncFlags(1);
    /** Let other mappings see it. */
    public static final SyncFlags MS_INVALIDATE = new SyncFlags(2);
    /** Wait for it. */
    public static final SyncFlags MS_SYNC = new SyncFlags(4);

    /** {@return these flags and more} */
    public SyncFlags or(SyncFlags more) {
        return new SyncFlags(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(SyncFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code MS_INVALIDATE}} */
    @Override
    public String toString() {
        return ConstantNames.render("msync", bits, Abi.X86_64);
    }
}
