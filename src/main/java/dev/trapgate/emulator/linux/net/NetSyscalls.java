package dev.trapgate.emulator.linux.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

/** The calls of {@code net/}. */
public final class NetSyscalls {

    private static final String FAMILIES = "AF_UNIX, AF_INET and AF_INET6 without raw sockets";
    private static final String OPTIONS = "no filters, timestamps or devices; no multicast";

    private NetSyscalls() {}

    /** Adds them to a convention's calls. */
    public static void define(SyscallDefinitions definitions) {
        sockets(definitions);
        messages(definitions);
        if (definitions.abi() == Abi.I386) {
            i386(definitions);
        } else {
            add(definitions, Syscall.ACCEPT, SocketCalls::accept);
        }
    }

    private static void add(SyscallDefinitions definitions, Syscall call, SocketOperation operation) {
        definitions.add(call, operation.direct());
    }

    private static void partly(
            SyscallDefinitions definitions, Syscall call, SocketOperation operation, String missing) {
        definitions.partly(call, operation.direct(), missing);
    }

    private static void sockets(SyscallDefinitions definitions) {
        partly(definitions, Syscall.SOCKET, SocketCalls::socket, FAMILIES);
        add(definitions, Syscall.SOCKETPAIR, SocketCalls::socketpair);
        add(definitions, Syscall.BIND, SocketCalls::bind);
        add(definitions, Syscall.LISTEN, SocketCalls::listen);
        add(definitions, Syscall.ACCEPT4, SocketCalls::accept4);
        add(definitions, Syscall.CONNECT, SocketCalls::connect);
        add(definitions, Syscall.GETSOCKNAME, SocketCalls::getsockname);
        add(definitions, Syscall.GETPEERNAME, SocketCalls::getpeername);
        add(definitions, Syscall.SHUTDOWN, SocketCalls::shutdown);
        partly(definitions, Syscall.SETSOCKOPT, SocketCalls::setsockopt, OPTIONS);
        partly(definitions, Syscall.GETSOCKOPT, SocketCalls::getsockopt, OPTIONS);
    }

    private static void messages(SyscallDefinitions definitions) {
        add(definitions, Syscall.SENDTO, MessageCalls::sendto);
        add(definitions, Syscall.RECVFROM, MessageCalls::recvfrom);
        add(definitions, Syscall.SENDMSG, MessageCalls::sendmsg);
        add(definitions, Syscall.RECVMSG, MessageCalls::recvmsg);
        add(definitions, Syscall.SENDMMSG, MultipleMessageCalls::sendmmsg);
        add(definitions, Syscall.RECVMMSG, MultipleMessageCalls::recvmmsg);
    }

    private static void i386(SyscallDefinitions definitions) {
        add(definitions, Syscall.RECVMMSG_TIME64, MultipleMessageCalls::recvmmsgTime64);
        definitions.partly(Syscall.SOCKETCALL, SocketCall::socketcall, FAMILIES);
    }
}
