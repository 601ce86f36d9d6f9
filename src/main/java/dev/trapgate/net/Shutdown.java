package dev.trapgate.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * Which direction to end.
 *
 * @param number the kernel's number
 * @see <a href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</a>
 */
public record Shutdown(int number) {

    /** Receiving. */
    public static final Shutdown SHUT_RD = new Shutdown(0);
    /** Sending. */
    public static final Shutdown SHUT_WR = new Shutdown(1);
    /** Both. */
    public static final Shutdown SHUT_RDWR = new Shutdown(2);

    /** {@return the C names, for example {@code SHUT_WR}} */
    @Override
    public String toString() {
        return ConstantNames.render("shut", number, Abi.X86_64);
    }
}
