package dev.trapgate.emulator.linux.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.ReadWriteCalls;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.net.core.ControlBuffer;
import dev.trapgate.emulator.linux.net.core.Message;
import dev.trapgate.emulator.linux.net.core.Sock;

/** Sending and receiving: net/socket.c, Linux 6.18, under its functions' names. */
final class MessageCalls {

    /** Flags that only the kernel itself gives: MSG_INTERNAL_SENDMSG_FLAGS. */
    private static final int INTERNAL = 0x0811_0000;

    private static final byte[] NOTHING = {};

    private MessageCalls() {}

    private static int impatience(File file) {
        return file.isNonblocking() ? Message.MSG_DONTWAIT : 0;
    }

    /** {@code send} of i386's socketcall(2). */
    static long send(Task current, Abi abi, long... a) {
        return sendto(current, abi, a[0], a[1], a[2], a[3], 0, 0);
    }

    /** {@code recv} of i386's socketcall(2). */
    static long recv(Task current, Abi abi, long... a) {
        return recvfrom(current, abi, a[0], a[1], a[2], a[3], 0, 0);
    }

    private static IovIter buffer(Task current, long address, long length) {
        long most =
                Long.compareUnsigned(length, ReadWriteCalls.MAX_RW_COUNT) > 0 ? ReadWriteCalls.MAX_RW_COUNT : length;
        return current.iovIter().clear().add(address, most);
    }

    /** {@code sendto(2)}. */
    static long sendto(Task current, Abi abi, long... a) {
        IovIter data = buffer(current, a[1], a[2]);
        if (!current.uaccess().accessOk(a[1], data.count())) {
            return ErrorNumbers.EFAULT;
        }
        return SocketCalls.with(current, a[0], (sock, file) -> {
            SocketAddress to = a[4] == 0 ? null : SocketAddress.fetch(current, a[4], (int) a[5]);
            if (to != null && to.error() != 0) {
                return to.error();
            }
            // Unlike AF_UNIX and sendmsg(2), the Internet takes a name of no length for one.
            boolean named = to != null && (to.bytes().length > 0 || sock.kind().isInet());
            byte[] name = named && to != null ? to.bytes() : null;
            int flags = ((int) a[3] & ~INTERNAL) | impatience(file);
            Message message = Message.toSend(data, name, NOTHING, flags);
            return sock.net().locked(() -> sock.send(current, message));
        });
    }

    /** {@code recvfrom(2)}. */
    static long recvfrom(Task current, Abi abi, long... a) {
        IovIter data = buffer(current, a[1], a[2]);
        if (!current.uaccess().accessOk(a[1], data.count())) {
            return ErrorNumbers.EFAULT;
        }
        return SocketCalls.with(current, a[0], (sock, file) -> {
            Message message = Message.toReceive(data, ControlBuffer.NONE, (int) a[3] | impatience(file));
            long result = sock.net().locked(() -> sock.receive(current, message));
            if (result < 0 || a[4] == 0) {
                return result;
            }
            byte[] from = message.name();
            long error = SocketAddress.tell(current, from == null ? NOTHING : from, a[4], a[5]);
            return error == 0 ? result : error;
        });
    }

    /** {@code sendmsg(2)}. */
    static long sendmsg(Task current, Abi abi, long... a) {
        int flags = (int) a[2];
        if (abi != Abi.I386 && (flags & Message.MSG_CMSG_COMPAT) != 0) {
            return ErrorNumbers.EINVAL;
        }
        return SocketCalls.with(current, a[0], (sock, file) -> sendOne(current, abi, sock, file, a[1], flags));
    }

    /** {@code ___sys_sendmsg}. */
    static long sendOne(Task current, Abi abi, Sock sock, File file, long address, int flags) {
        MessageHeader header = MessageHeader.fetch(current, abi, address);
        if (header == null) {
            return ErrorNumbers.EFAULT;
        }
        SocketAddress to = header.fetchName(current);
        if (to.error() != 0) {
            return to.error();
        }
        long error = header.importVector(current);
        if (error < 0) {
            return error;
        }
        AncillaryData ancillary = AncillaryData.fetch(current, abi, header.control(), header.controlLength());
        if (ancillary.error() != 0) {
            return ancillary.error();
        }
        int all = (flags & ~INTERNAL) | impatience(file);
        byte[] name = to.bytes().length == 0 ? null : to.bytes();
        Message message = Message.toSend(current.iovIter(), name, ancillary.bytes(), all);
        return sock.net().locked(() -> sock.send(current, message));
    }

    /** {@code recvmsg(2)}. */
    static long recvmsg(Task current, Abi abi, long... a) {
        int flags = (int) a[2];
        if (abi != Abi.I386 && (flags & Message.MSG_CMSG_COMPAT) != 0) {
            return ErrorNumbers.EINVAL;
        }
        return SocketCalls.with(current, a[0], (sock, file) -> receiveOne(current, abi, sock, file, a[1], flags)
                .result());
    }

    /** How receiving one message went: the call's value, and the flags that the program was told. */
    record Received(long result, int told) {

        static Received failed(long error) {
            return new Received(error, 0);
        }
    }

    /** {@code ___sys_recvmsg}. */
    static Received receiveOne(Task current, Abi abi, Sock sock, File file, long address, int flags) {
        MessageHeader header = MessageHeader.fetch(current, abi, address);
        if (header == null) {
            return Received.failed(ErrorNumbers.EFAULT);
        }
        long error = header.check();
        error = error == 0 ? header.importVector(current) : error;
        if (error < 0) {
            return Received.failed(error);
        }
        ControlBuffer control = new ControlBuffer(header.control(), header.controlLength(), abi.pointerSize());
        Message message = Message.toReceive(current.iovIter(), control, flags | impatience(file));
        message.tell(flags & Message.MSG_CMSG_CLOEXEC);
        long result = sock.net().locked(() -> sock.receive(current, message));
        if (result >= 0) {
            error = header.tell(current, message);
        }
        return new Received(result >= 0 && error < 0 ? error : result, message.told());
    }
}
