package dev.trapgate.rand;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * Where random bytes come from. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/getrandom.2.html">getrandom(2)</a>
 */
public record RandomFlags(int bits) {

    /** None. */
    public static final RandomFlags NONE = new RandomFlags(0);
    /** Answer EAGAIN instead of waiting for the generator to be seeded. */
    public static final RandomFlags GRND_NONBLOCK = new RandomFlags(1);
    /** The /dev/random source, which is the same since Linux 5.6. */
    public static final RandomFlags GRND_RANDOM = new RandomFlags(2);
    /** Do not wait for seeding; not for keys. */
    public static final RandomFlags GRND_INSECURE = new RandomFlags(4);

    /** {@return these flags and more} */
    public RandomFlags or(RandomFlags more) {
        return new RandomFlags(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(RandomFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code GRND_RANDOM}} */
    @Override
    public String toString() {
        return ConstantNames.render("getrandom", bits, Abi.X86_64);
    }
}
