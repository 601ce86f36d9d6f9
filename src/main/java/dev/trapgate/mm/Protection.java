package dev.trapgate.mm;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What may be done with mapped memory. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>
 */
public record Protection(int bits) {

    /** Nothing. */
    public static final Protection PROT_NONE = new Protection(0);
    /** Read it. */
    public static final Protection PROT_READ = new Protection(1);
    /** Write it. */
    public static final Protection PROT_WRITE = new Protection(2);
    /** Execute it. */
    public static final Protection PROT_EXEC = new Protection(4);

    /** {@return these flags and more} */
    public Protection or(Protection more) {
        return new Protection(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(Protection some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code PROT_READ}} */
    @Override
    public String toString() {
        return ConstantNames.render("prot", bits, Abi.X86_64);
    }
}
