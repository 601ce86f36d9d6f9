package dev.trapgate.net;

import dev.trapgate.kernel.Layouts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A socket's address.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/sockaddr.3type.html">sockaddr(3type)</a>
 */
public sealed interface Address {

    /** The most bytes that an address has: {@code struct sockaddr_storage}. */
    long LARGEST = 128;

    /** {@return which family it is of} */
    AddressFamily family();

    /**
     * Writes it as the kernel reads it.
     *
     * @param memory where to, {@link #LARGEST} bytes of zeros
     * @return how many bytes it has
     */
    int write(MemorySegment memory);

    /**
     * Reads what the kernel wrote.
     *
     * @param memory where from
     * @param length how many bytes it has; 0 to 2 for a socket that has none
     * @return the address
     */
    static Address read(MemorySegment memory, int length) {
        int number = length < Short.BYTES ? 0 : memory.get(Layouts.SHORT, 0) & 0xffff;
        return switch (number) {
            case 1 -> Unix.read(memory, length);
            case 2, 10 -> Internet.read(memory, number == 2 ? 4 : 16);
            case 16 -> new Netlink(memory.get(Layouts.INT, 4), memory.get(Layouts.INT, 8));
            case 40 -> new Vsock(memory.get(Layouts.INT, 8), memory.get(Layouts.INT, 4));
            default -> new Other(new AddressFamily(number));
        };
    }

    /**
     * A place on this machine, by path, by abstract name, or none.
     *
     * @param kind which of these
     * @param name the path or name, 107 bytes at most; empty for none
     * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
     */
    record Unix(Kind kind, String name) implements Address {

        private static final int PATH = Short.BYTES;
        private static final int ROOM = 108;

        /** Where an address of AF_UNIX is. */
        public enum Kind {
            /** In the tree of files. */
            PATH,
            /** In a name space of the network namespace's own; gone with the last socket. */
            ABSTRACT,
            /** Nowhere: the socket was never bound. */
            UNNAMED
        }

        /**
         * {@return a place in the tree of files}
         *
         * @param path the path, 107 bytes at most
         */
        public static Unix path(String path) {
            return new Unix(Kind.PATH, path);
        }

        /**
         * {@return a place in the abstract name space}
         *
         * @param name the name, 107 bytes at most
         */
        public static Unix abstractName(String name) {
            return new Unix(Kind.ABSTRACT, name);
        }

        static Unix read(MemorySegment memory, int length) {
            if (length <= PATH) {
                return new Unix(Kind.UNNAMED, "");
            }
            byte[] bytes = memory.asSlice(PATH, length - PATH).toArray(ValueLayout.JAVA_BYTE);
            if (bytes[0] == 0) {
                return abstractName(new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8));
            }
            int end = 0;
            while (end < bytes.length && bytes[end] != 0) {
                end++;
            }
            return path(new String(bytes, 0, end, StandardCharsets.UTF_8));
        }

        @Override
        public AddressFamily family() {
            return AddressFamily.AF_UNIX;
        }

        @Override
        public int write(MemorySegment memory) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            if (bytes.length >= ROOM) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" has " + bytes.length
                                + " bytes; an address of AF_UNIX has room for 107: bind from inside the directory, by a relative path");
            }
            memory.set(Layouts.SHORT, 0, (short) family().number());
            if (kind == Kind.UNNAMED) {
                return PATH;
            }
            int start = kind == Kind.ABSTRACT ? PATH + 1 : PATH;
            MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, start, bytes.length);
            return kind == Kind.ABSTRACT ? start + bytes.length : start + bytes.length + 1;
        }
    }

    /**
     * A host and port of the Internet.
     *
     * @param address the host, IPv4 or IPv6
     * @param port 0 to 65535
     */
    record Internet(InetAddress address, int port) implements Address {

        private static final ValueLayout.OfShort NETWORK_SHORT =
                ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
        private static final int PORT = 2;
        private static final int V4 = 4;
        private static final int V6 = 8;
        private static final int V4_SIZE = 16;
        private static final int V6_SIZE = 28;

        /**
         * {@return the same as Java's}
         *
         * @param address Java's address
         */
        public static Internet of(InetSocketAddress address) {
            return new Internet(address.getAddress(), address.getPort());
        }

        /**
         * {@return this machine's own address, by which only it is reached}
         *
         * @param port 0 to 65535
         */
        public static Internet loopback(int port) {
            return new Internet(InetAddress.getLoopbackAddress(), port);
        }

        static Internet read(MemorySegment memory, int bytes) {
            byte[] address = memory.asSlice(bytes == V4 ? V4 : V6, bytes).toArray(ValueLayout.JAVA_BYTE);
            try {
                return new Internet(InetAddress.getByAddress(address), memory.get(NETWORK_SHORT, PORT) & 0xffff);
            } catch (UnknownHostException impossible) {
                throw new IllegalArgumentException(Arrays.toString(address), impossible);
            }
        }

        private boolean isV4() {
            return address.getAddress().length == V4;
        }

        @Override
        public AddressFamily family() {
            return isV4() ? AddressFamily.AF_INET : AddressFamily.AF_INET6;
        }

        @Override
        public int write(MemorySegment memory) {
            byte[] bytes = address.getAddress();
            memory.set(Layouts.SHORT, 0, (short) family().number());
            memory.set(NETWORK_SHORT, PORT, (short) port);
            MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, isV4() ? V4 : V6, bytes.length);
            return isV4() ? V4_SIZE : V6_SIZE;
        }
    }

    /**
     * A port of the kernel's own network.
     *
     * @param port 0 for the kernel
     * @param groups a bit for each group
     * @see <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>
     */
    record Netlink(int port, int groups) implements Address {

        private static final int SIZE = 12;

        @Override
        public AddressFamily family() {
            return AddressFamily.AF_NETLINK;
        }

        @Override
        public int write(MemorySegment memory) {
            memory.set(Layouts.SHORT, 0, (short) family().number());
            memory.set(Layouts.INT, 4, port);
            memory.set(Layouts.INT, 8, groups);
            return SIZE;
        }
    }

    /**
     * A port of a virtual machine or its host.
     *
     * @param contextId which: 2 for the host
     * @param port 32 bits, all ones for any
     * @see <a href="https://man7.org/linux/man-pages/man7/vsock.7.html">vsock(7)</a>
     */
    record Vsock(int contextId, int port) implements Address {

        private static final int SIZE = 16;

        @Override
        public AddressFamily family() {
            return AddressFamily.AF_VSOCK;
        }

        @Override
        public int write(MemorySegment memory) {
            memory.set(Layouts.SHORT, 0, (short) family().number());
            memory.set(Layouts.INT, 4, port);
            memory.set(Layouts.INT, 8, contextId);
            return SIZE;
        }
    }

    /**
     * None, or one of a family that this API does not know.
     *
     * @param family the family; 0 for none
     */
    record Other(AddressFamily family) implements Address {

        @Override
        public int write(MemorySegment memory) {
            throw new IllegalArgumentException("an address of " + family + " cannot be written");
        }
    }
}
