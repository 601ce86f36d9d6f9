package dev.trapgate.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * Which family of addresses.
 *
 * @param number the kernel's number
 * @see <a href="https://man7.org/linux/man-pages/man2/socket.2.html">socket(2)</a>
 */
public record AddressFamily(int number) {

    /** This machine, by path or name. */
    public static final AddressFamily AF_UNIX = new AddressFamily(1);
    /** IPv4. */
    public static final AddressFamily AF_INET = new AddressFamily(2);
    /** IPv6. */
    public static final AddressFamily AF_INET6 = new AddressFamily(10);
    /** The kernel's subsystems. */
    public static final AddressFamily AF_NETLINK = new AddressFamily(16);
    /** A virtual machine and its host. */
    public static final AddressFamily AF_VSOCK = new AddressFamily(40);

    /** {@return the C names, for example {@code AF_INET}} */
    @Override
    public String toString() {
        return ConstantNames.render("family", number, Abi.X86_64);
    }
}
