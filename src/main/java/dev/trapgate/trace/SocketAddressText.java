package dev.trapgate.trace;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.ConstantGroups;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A socket's address as strace(1) writes it, by the family in its first two bytes.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/sockaddr.3type.html">sockaddr(3type)</a>
 */
final class SocketAddressText {

    private static final int FAMILY_SIZE = 2;
    private static final int IP_V6_SIZE = 16;
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int AF_VSOCK = 40;

    private final byte[] bytes;
    private final int stringLimit;
    private final Abi abi;

    /**
     * Takes an address.
     *
     * @param bytes the address, as long as the call says that it is
     * @param stringLimit how many bytes of one of an unknown family to show
     * @param abi whose constants name the family
     */
    SocketAddressText(byte[] bytes, int stringLimit, Abi abi) {
        this.bytes = bytes.clone();
        this.stringLimit = stringLimit;
        this.abi = abi;
    }

    /** {@return for example <code>{sa_family=AF_UNIX, sun_path="/run/socket"}</code>} */
    String text() {
        if (bytes.length < FAMILY_SIZE) {
            return QuotedText.of(bytes, stringLimit);
        }
        int family = (int) number(0, FAMILY_SIZE);
        String name = ConstantGroups.named("family")
                .map(families -> families.render(family, abi))
                .orElseGet(() -> Integer.toString(family));
        String rest = bytes.length == FAMILY_SIZE ? "" : ", " + rest(family);
        return "{sa_family=" + name + rest + "}";
    }

    private String rest(int family) {
        return switch (family) {
            case AF_UNIX -> "sun_path=" + path();
            case AF_INET ->
                bytes.length >= 8
                        ? "sin_port=htons(" + port() + "), sin_addr=inet_addr(\"" + internetAddress(4, 4) + "\")"
                        : data();
            case AF_INET6 -> bytes.length >= 28 ? version6() : data();
            case AF_NETLINK ->
                bytes.length >= 12
                        ? "nl_pid=" + number(4, 4) + ", nl_groups=" + String.format("%08x", number(8, 4))
                        : data();
            case AF_VSOCK ->
                bytes.length >= 12
                        ? "svm_cid=" + Numbers.hex(number(8, 4)) + ", svm_port=" + Numbers.hex(number(4, 4))
                        : data();
            default -> data();
        };
    }

    /** A path ends at its NUL; a name without one in the file system begins with a NUL, written as {@code @}. */
    private String path() {
        byte[] path = Arrays.copyOfRange(bytes, FAMILY_SIZE, bytes.length);
        if (path[0] == 0) {
            return "@" + QuotedText.of(Arrays.copyOfRange(path, 1, path.length), path.length);
        }
        int end = 0;
        while (end < path.length && path[end] != 0) {
            end++;
        }
        return QuotedText.of(Arrays.copyOf(path, end), path.length);
    }

    private String version6() {
        return "sin6_port=htons(" + port() + "), sin6_flowinfo=htonl(" + bigEndian(4, 4)
                + "), inet_pton(AF_INET6, \"" + internetAddress(8, IP_V6_SIZE) + "\", &sin6_addr), sin6_scope_id="
                + number(24, 4);
    }

    private String internetAddress(int offset, int size) {
        byte[] address = Arrays.copyOfRange(bytes, offset, offset + size);
        try {
            return size == IP_V6_SIZE
                    ? Inet6Address.getByAddress(null, address, -1).getHostAddress()
                    : InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new AssertionError("an address of " + size + " bytes is one", impossible);
        }
    }

    private long port() {
        return bigEndian(2, 2);
    }

    private long bigEndian(int offset, int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << Byte.SIZE | (bytes[offset + i] & 0xff);
        }
        return value;
    }

    private long number(int offset, int size) {
        return LittleEndian.unsigned(Arrays.copyOfRange(bytes, offset, offset + size));
    }

    private String data() {
        return "sa_data=" + QuotedText.of(Arrays.copyOfRange(bytes, FAMILY_SIZE, bytes.length), stringLimit);
    }
}
