package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * Whether the attribute must exist. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/setxattr.2.html">setxattr(2)</a>
 */
public record XattrFlags(int bits) {

    /** None. */
    public static final XattrFlags NONE = new XattrFlags(0);
    /** Fail with EEXIST if it does. */
    public static final XattrFlags XATTR_CREATE = new XattrFlags(1);
    /** Fail with ENODATA if it does not. */
    public static final XattrFlags XATTR_REPLACE = new XattrFlags(2);

    /** {@return these flags and more} */
    public XattrFlags or(XattrFlags more) {
        return new XattrFlags(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(XattrFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code XATTR_REPLACE}} */
    @Override
    public String toString() {
        return ConstantNames.render("xattr", bits, Abi.X86_64);
    }
}
