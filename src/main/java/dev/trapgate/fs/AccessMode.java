package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What to ask permission for. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/faccessat2.2.html">faccessat2(2)</a>
 */
public record AccessMode(int bits) {

    /** Only whether it exists. */
    public static final AccessMode F_OK = new AccessMode(0);
    /** To read. */
    public static final AccessMode R_OK = new AccessMode(4);
    /** To write. */
    public static final AccessMode W_OK = new AccessMode(2);
    /** To execute or search. */
    public static final AccessMode X_OK = new AccessMode(1);

    /** {@return these flags and more} */
    public AccessMode or(AccessMode more) {
        return new AccessMode(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(AccessMode some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code R_OK}} */
    @Override
    public String toString() {
        return ConstantNames.render("access", bits, Abi.X86_64);
    }
}
