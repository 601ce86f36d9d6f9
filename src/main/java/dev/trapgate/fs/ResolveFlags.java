package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What a path may cross. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/openat2.2.html">openat2(2)</a>
 */
public record ResolveFlags(int bits) {

    /** None. */
    public static final ResolveFlags NONE = new ResolveFlags(0);
    /** No mount point. */
    public static final ResolveFlags RESOLVE_NO_XDEV = new ResolveFlags(1);
    /** No link of /proc that is none in the tree. */
    public static final ResolveFlags RESOLVE_NO_MAGICLINKS = new ResolveFlags(2);
    /** No symbolic link. */
    public static final ResolveFlags RESOLVE_NO_SYMLINKS = new ResolveFlags(4);
    /** Nothing outside the directory it starts from. */
    public static final ResolveFlags RESOLVE_BENEATH = new ResolveFlags(8);
    /** The directory it starts from is the root. */
    public static final ResolveFlags RESOLVE_IN_ROOT = new ResolveFlags(0x10);
    /** Fail with EAGAIN where the answer is not cached. */
    public static final ResolveFlags RESOLVE_CACHED = new ResolveFlags(0x20);

    /** {@return these flags and more} */
    public ResolveFlags or(ResolveFlags more) {
        return new ResolveFlags(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(ResolveFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code RESOLVE_NO_MAGICLINKS}} */
    @Override
    public String toString() {
        return ConstantNames.render("resolve", bits, Abi.X86_64);
    }
}
