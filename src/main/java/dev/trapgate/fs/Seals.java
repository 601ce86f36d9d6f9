package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What can no longer be done to a memory file. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2)</a>
 */
public record Seals(int bits) {

    /** None. */
    public static final Seals NONE = new Seals(0);
    /** Add seals. */
    public static final Seals F_SEAL_SEAL = new Seals(1);
    /** Make it smaller. */
    public static final Seals F_SEAL_SHRINK = new Seals(2);
    /** Make it larger. */
    public static final Seals F_SEAL_GROW = new Seals(4);
    /** Write to it. */
    public static final Seals F_SEAL_WRITE = new Seals(8);
    /** Write to it but through mappings that exist. */
    public static final Seals F_SEAL_FUTURE_WRITE = new Seals(0x10);
    /** Change whether it is executable. */
    public static final Seals F_SEAL_EXEC = new Seals(0x20);

    /** {@return these flags and more} */
    public Seals or(Seals more) {
        return new Seals(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(Seals some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code F_SEAL_SHRINK}} */
    @Override
    public String toString() {
        return ConstantNames.render("seal", bits, Abi.X86_64);
    }
}
