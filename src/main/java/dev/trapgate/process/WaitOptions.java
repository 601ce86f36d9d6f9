package dev.trapgate.process;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What to wait for. Flags are put together with {@link #or}.
 *
 * @param bits the kernel's number, 32 bits
 * @see <a href="https://man7.org/linux/man-pages/man2/waitid.2.html">waitid(2)</a>
 */
public record WaitOptions(int bits) {

    /** None. */
    public static final WaitOptions NONE = new WaitOptions(0);
    /** Do not wait. */
    public static final WaitOptions WNOHANG = new WaitOptions(1);
    /** Children that stopped. */
    public static final WaitOptions WSTOPPED = new WaitOptions(2);
    /** Children that ended. */
    public static final WaitOptions WEXITED = new WaitOptions(4);
    /** Children that went on. */
    public static final WaitOptions WCONTINUED = new WaitOptions(8);
    /** Leave the child as it is, to be waited for again. */
    public static final WaitOptions WNOWAIT = new WaitOptions(0x1000000);

    /** {@return these flags and more} */
    public WaitOptions or(WaitOptions more) {
        return new WaitOptions(bits | more.bits);
    }

    /** {@return whether all of those flags are among these} */
    public boolean has(WaitOptions some) {
        return (bits & some.bits) == some.bits;
    }

    /** {@return the C names, for example {@code WSTOPPED}} */
    @Override
    public String toString() {
        return ConstantNames.render("wait", bits, Abi.X86_64);
    }
}
