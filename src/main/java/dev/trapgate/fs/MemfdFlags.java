package dev.trapgate.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What kind of memory file to make. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/memfd_create.2.html">memfd_create(2)</a>
 */
public record MemfdFlags(int bits) {

    /** None. */
    public static final MemfdFlags NONE = new MemfdFlags(0);
    /** Close it when another program is executed. */
    public static final MemfdFlags MFD_CLOEXEC = new MemfdFlags(1);
    /** Seals may be added. */
    public static final MemfdFlags MFD_ALLOW_SEALING = new MemfdFlags(2);
    /** Of huge pages. */
    public static final MemfdFlags MFD_HUGETLB = new MemfdFlags(4);
    /** Never executable, sealed so. */
    public static final MemfdFlags MFD_NOEXEC_SEAL = new MemfdFlags(8);
    /** Executable. */
    public static final MemfdFlags MFD_EXEC = new MemfdFlags(0x10);

    /** {@return these flags and more} */
    public MemfdFlags or(MemfdFlags more) {
        return new MemfdFlags(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(MemfdFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code MFD_ALLOW_SEALING}} */
    @Override
    public String toString() {
        return ConstantNames.render("memfd", bits, Abi.X86_64);
    }
}
