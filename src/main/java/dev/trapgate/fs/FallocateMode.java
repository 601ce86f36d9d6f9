package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What to do with a range of a file. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/fallocate.2.html">fallocate(2)</a>
 */
public record FallocateMode(int bits) {

    /** Allocate its blocks. */
    public static final FallocateMode FALLOC_FL_ALLOCATE_RANGE = new FallocateMode(0);
    /** Do not let the file grow. */
    public static final FallocateMode FALLOC_FL_KEEP_SIZE = new FallocateMode(1);
    /** Free its blocks; with FALLOC_FL_KEEP_SIZE. */
    public static final FallocateMode FALLOC_FL_PUNCH_HOLE = new FallocateMode(2);
    /** Remove it; what follows moves up. */
    public static final FallocateMode FALLOC_FL_COLLAPSE_RANGE = new FallocateMode(8);
    /** Make it read as zeros. */
    public static final FallocateMode FALLOC_FL_ZERO_RANGE = new FallocateMode(0x10);
    /** Insert a hole; what follows moves down. */
    public static final FallocateMode FALLOC_FL_INSERT_RANGE = new FallocateMode(0x20);
    /** Give it blocks of its own. */
    public static final FallocateMode FALLOC_FL_UNSHARE_RANGE = new FallocateMode(0x40);

    /** {@return these flags and more} */
    public FallocateMode or(FallocateMode more) {
        return new FallocateMode(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(FallocateMode some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code FALLOC_FL_KEEP_SIZE}} */
    @Override
    public String toString() {
        return ConstantNames.render("fallocate", bits, Abi.X86_64);
    }
}
