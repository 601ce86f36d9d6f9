package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What to do with the lock of an open file. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/flock.2.html">flock(2)</a>
 */
public record FlockOperation(int bits) {

    /** None. */
    public static final FlockOperation NONE = new FlockOperation(0);
    /** Share it. */
    public static final FlockOperation LOCK_SH = new FlockOperation(1);
    /** Have it alone. */
    public static final FlockOperation LOCK_EX = new FlockOperation(2);
    /** Fail with EAGAIN instead of waiting. */
    public static final FlockOperation LOCK_NB = new FlockOperation(4);
    /** Give it up. */
    public static final FlockOperation LOCK_UN = new FlockOperation(8);

    /** {@return these flags and more} */
    public FlockOperation or(FlockOperation more) {
        return new FlockOperation(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(FlockOperation some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code LOCK_EX}} */
    @Override
    public String toString() {
        return ConstantNames.render("flock", bits, Abi.X86_64);
    }
}
