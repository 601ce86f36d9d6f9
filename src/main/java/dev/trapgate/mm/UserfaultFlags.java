package dev.trapgate.mm;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What kind of userfault descriptor to make. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/userfaultfd.2.html">userfaultfd(2)</a>
 */
public record UserfaultFlags(int bits) {

    /** None. */
    public static final UserfaultFlags NONE = new UserfaultFlags(0);
    /** Only faults of user code, which needs no right; a system call that faults answers EFAULT. */
    public static final UserfaultFlags UFFD_USER_MODE_ONLY = new UserfaultFlags(1);
    /** Calls answer EAGAIN instead of waiting. */
    public static final UserfaultFlags O_NONBLOCK = new UserfaultFlags(0x800);
    /** Close it when another program is executed. */
    public static final UserfaultFlags O_CLOEXEC = new UserfaultFlags(0x80000);

    /**
     * {@return these flags and more}
     *
     * @param more flags to add
     */
    public UserfaultFlags or(UserfaultFlags more) {
        return new UserfaultFlags(bits | more.bits);
    }

    /**
     * {@return whether all of those flags are among these}
     *
     * @param some other flags
     */
    public boolean has(UserfaultFlags some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code O_NONBLOCK}} */
    @Override
    public String toString() {
        return ConstantNames.render("userfaultfd", bits, Abi.X86_64);
    }
}
