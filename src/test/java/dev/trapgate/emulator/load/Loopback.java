package dev.trapgate.emulator.load;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Sockets of AF_INET on 127.0.0.1. */
record Loopback(ManyThreads threads) {

    static final int STREAM = 1;
    static final int DATAGRAM = 2;
    private static final int AF_INET = 2;
    private static final int SIZE = 16;
    private static final ValueLayout.OfShort PORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt ADDRESS = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    int socket(int type) {
        return (int) threads.must(Syscall.SOCKET, AF_INET, type, 0);
    }

    /** {@return the address of a port, as {@code struct sockaddr_in}} */
    UserBuffer address(long port) {
        UserBuffer address = threads.buffer(SIZE);
        address.segment().set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
        address.segment().set(PORT, 2, (short) port);
        address.segment().set(ADDRESS, 4, 0x7f00_0001);
        return address;
    }

    /** {@return the free port that a socket was given} */
    long bind(int socket) {
        UserBuffer address = address(0);
        UserBuffer length = threads.buffer(4);
        length.segment().set(ValueLayout.JAVA_INT, 0, SIZE);
        threads.must(Syscall.BIND, socket, address.address(), SIZE);
        threads.must(Syscall.GETSOCKNAME, socket, address.address(), length.address());
        return address.segment().get(PORT, 2) & 0xffff;
    }

    void connect(int socket, long port) {
        threads.must(Syscall.CONNECT, socket, address(port).address(), SIZE);
    }
}
