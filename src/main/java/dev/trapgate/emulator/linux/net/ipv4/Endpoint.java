package dev.trapgate.emulator.linux.net.ipv4;

import dev.trapgate.emulator.linux.net.core.SocketKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An address with a port: {@code struct sockaddr_in} and {@code sockaddr_in6}.
 *
 * @param address the address
 * @param port 0 to 65535, 0 for none
 */
record Endpoint(Ip address, int port) {

    /** The size of {@code struct sockaddr_in}. */
    static final int SIZE4 = 16;
    /** The size of {@code struct sockaddr_in6}. */
    static final int SIZE6 = 28;
    /** Its size without the scope, as RFC 2133 had it. */
    static final int OLD_SIZE6 = 24;

    private static final int PORT = 2;
    private static final int ADDRESS4 = 4;
    private static final int ADDRESS6 = 8;

    /** {@return the family that an address says, 0 to 65535} */
    static int family(byte... bytes) {
        return bytes.length < PORT ? 0 : (bytes[0] & 0xff) | (bytes[1] & 0xff) << 8;
    }

    private static int port(byte... bytes) {
        return ((bytes[PORT] & 0xff) << 8) | (bytes[PORT + 1] & 0xff);
    }

    /** {@return what a {@code struct sockaddr_in} says} */
    static Endpoint read4(byte... bytes) {
        return new Endpoint(Ip.v4(ByteBuffer.wrap(bytes).getInt(ADDRESS4)), port(bytes));
    }

    /** {@return what a {@code struct sockaddr_in6} says} */
    static Endpoint read6(byte... bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Endpoint(new Ip(buffer.getLong(ADDRESS6), buffer.getLong(ADDRESS6 + Long.BYTES)), port(bytes));
    }

    /** {@return it as a structure of a family} */
    byte[] write(int family) {
        boolean six = family == SocketKind.AF_INET6;
        ByteBuffer buffer = ByteBuffer.allocate(six ? SIZE6 : SIZE4);
        buffer.order(ByteOrder.LITTLE_ENDIAN).putShort((short) family).order(ByteOrder.BIG_ENDIAN);
        buffer.putShort((short) port);
        if (six) {
            buffer.putInt(0).putLong(address.high()).putLong(address.low());
        } else {
            buffer.putInt((int) address.low());
        }
        return buffer.array();
    }
}
