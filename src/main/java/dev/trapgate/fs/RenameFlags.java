package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What renaming does with an existing target. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/renameat2.2.html">renameat2(2)</a>
 */
public record RenameFlags(int bits) {

    /** None. */
    public static final RenameFlags NONE = new RenameFlags(0);
    /** Fail with EEXIST. */
    public static final RenameFlags RENAME_NOREPLACE = new RenameFlags(1);
    /** The two change places. */
    public static final RenameFlags RENAME_EXCHANGE = new RenameFlags(2);
    /** Leave a whiteout at the source, for overlay file systems. */
    public static final RenameFlags RENAME_WHITEOUT = new RenameFlags(4);

    /** {@return these flags and more} */
    public RenameFlags or(RenameFlags more) {
        return new RenameFlags(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(RenameFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code RENAME_EXCHANGE}} */
    @Override
    public String toString() {
        return ConstantNames.render("rename", bits, Abi.X86_64);
    }
}
