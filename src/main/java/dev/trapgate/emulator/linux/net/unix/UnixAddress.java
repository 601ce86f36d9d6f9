package dev.trapgate.emulator.linux.net.unix;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.net.core.SocketKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A {@code struct sockaddr_un} as a program gave it.
 */
final class UnixAddress {

    private final byte[] bytes;

    UnixAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** {@return all of it, the family first} */
    byte[] bytes() {
        return bytes;
    }

    private static final int PATH = 2;
    private static final int SIZE = 110;

    /** {@return the family, 0 if there is not even that} */
    int family() {
        return bytes.length < PATH ? 0 : (bytes[0] & 0xff) | (bytes[1] & 0xff) << 8;
    }

    /** {@return 0 if it is an address: {@code unix_validate_addr}} */
    long validate() {
        boolean fits = bytes.length > PATH && bytes.length <= SIZE;
        return fits && family() == SocketKind.AF_UNIX ? 0 : ErrorNumbers.EINVAL;
    }

    /** {@return whether it is nothing but a family: the kernel is to choose} */
    boolean asksForAny() {
        return bytes.length == PATH && family() == SocketKind.AF_UNIX;
    }

    /** {@return whether it is no path} */
    boolean isAbstract() {
        return bytes[PATH] == 0;
    }

    /** {@return the path} */
    String path() {
        int end = PATH;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, PATH, end - PATH, StandardCharsets.ISO_8859_1);
    }

    /** {@return the address with its path's NUL and nothing behind it: {@code unix_mkname_bsd}} */
    byte[] named() {
        return Arrays.copyOf(bytes, PATH + path().length() + 1);
    }

    /** {@return the address of a socket without a name} */
    static byte[] nameless() {
        return new byte[] {SocketKind.AF_UNIX, 0};
    }

    /** {@return an abstract address of five digits} */
    static byte[] automatic(int number) {
        byte[] digits = "%05x".formatted(number).getBytes(StandardCharsets.ISO_8859_1);
        byte[] address = new byte[PATH + 1 + digits.length];
        address[0] = SocketKind.AF_UNIX;
        System.arraycopy(digits, 0, address, PATH + 1, digits.length);
        return address;
    }
}
