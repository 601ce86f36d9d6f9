package dev.trapgate.emulator.linux.net.unix;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.net.core.Message;
import dev.trapgate.emulator.linux.net.core.Net;
import dev.trapgate.emulator.linux.net.core.SocketKind;

/** Packets of a connection within the machine: {@code unix_seqpacket_ops} of net/unix/af_unix.c, Linux 6.18. */
final class UnixSeqpacket extends UnixDatagram {

    UnixSeqpacket(Net net) {
        super(net, SocketKind.SOCK_SEQPACKET);
    }

    @Override
    public long listen(Task current, int backlog) {
        return UnixConnections.listen(current, this, backlog);
    }

    @Override
    public long connect(Task current, byte[] address, Message how) {
        return UnixConnections.connect(current, this, address, how);
    }

    @Override
    public Accepted accept(Task current, Message how) {
        return UnixConnections.accept(current, this, how);
    }

    /** {@code unix_seqpacket_sendmsg}: an address does not matter. */
    @Override
    public long send(Task current, Message message) {
        long told = takeError();
        if (told != 0) {
            return told;
        }
        if (state() != TCP_ESTABLISHED) {
            return ErrorNumbers.ENOTCONN;
        }
        message.clearName();
        return super.send(current, message);
    }

    /** {@code unix_seqpacket_recvmsg}. */
    @Override
    public long receive(Task current, Message message) {
        return state() == TCP_ESTABLISHED ? super.receive(current, message) : ErrorNumbers.ENOTCONN;
    }
}
