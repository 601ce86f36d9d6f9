package dev.trapgate.net;

import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.IoVectors;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.Transfer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Sockets. Bytes are also read and written by {@code io()}; buffers go as they do there.
 *
 * <p>Sending to a socket whose other end is gone answers EPIPE; MSG_NOSIGNAL is added, as the JVM ignores SIGPIPE anyway but
 * a child may not.
 *
 * @param kernel whose calls
 */
public record NetCalls(Kernel kernel) {

    private static final Call SOCKET = Call.of(Syscall.SOCKET);
    private static final Call SOCKETPAIR = Call.of(Syscall.SOCKETPAIR);
    private static final Call BIND = Call.of(Syscall.BIND);
    private static final Call LISTEN = Call.of(Syscall.LISTEN);
    private static final Call ACCEPT4 = Call.of(Syscall.ACCEPT4);
    private static final Call CONNECT = Call.of(Syscall.CONNECT);
    private static final Call GETSOCKNAME = Call.of(Syscall.GETSOCKNAME);
    private static final Call GETPEERNAME = Call.of(Syscall.GETPEERNAME);
    private static final Call SENDTO = Call.of(Syscall.SENDTO);
    private static final Call RECVFROM = Call.of(Syscall.RECVFROM);
    private static final Call SENDMSG = Call.of(Syscall.SENDMSG);
    private static final Call RECVMSG = Call.of(Syscall.RECVMSG);
    private static final Call SENDMMSG = Call.of(Syscall.SENDMMSG);
    private static final Call RECVMMSG = Call.of(Syscall.RECVMMSG);
    private static final Call SHUTDOWN = Call.of(Syscall.SHUTDOWN);
    private static final Call GETSOCKOPT = Call.of(Syscall.GETSOCKOPT);
    private static final Call SETSOCKOPT = Call.of(Syscall.SETSOCKOPT);

    private static final SocketOption<Integer> PEERPIDFD = SocketOption.ofInt(1, 77);

    /**
     * Makes a socket, as {@code socket(2)}.
     *
     * @param family of which addresses
     * @param type what kind
     * @param flags how it begins
     * @return its descriptor, to be closed
     * @throws SyscallException EAFNOSUPPORT, EPROTONOSUPPORT if there are none such; EMFILE; EACCES for raw ones
     * @see <a href="https://man7.org/linux/man-pages/man2/socket.2.html">socket(2)</a>
     */
    public FileDescriptor socket(AddressFamily family, SocketType type, SocketFlags flags) {
        return socket(family, type, flags, 0);
    }

    /**
     * Makes a socket of a protocol, as {@code socket(2)}.
     *
     * @param family of which addresses
     * @param type what kind
     * @param flags how it begins
     * @param protocol the family's number of it: of AF_NETLINK, 0 for NETLINK_ROUTE; 0 elsewhere for the usual one
     * @return its descriptor, to be closed
     * @throws SyscallException as {@link #socket(AddressFamily, SocketType, SocketFlags)}
     */
    public FileDescriptor socket(AddressFamily family, SocketType type, SocketFlags flags, int protocol) {
        return kernel.open(SOCKET, family.number(), type.number() | flags.bits(), protocol);
    }

    /**
     * Makes two sockets that are connected to each other, as {@code socketpair(2)} of AF_UNIX.
     *
     * @param type what kind
     * @param flags how they begin
     * @return both, to be closed
     */
    public SocketPair socketpair(SocketType type, SocketFlags flags) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(Long.BYTES, Integer.BYTES);
            kernel.call(SOCKETPAIR, AddressFamily.AF_UNIX.number(), type.number() | flags.bits(), 0, address);
            MemorySegment two = scratch.at(address, Long.BYTES);
            return new SocketPair(
                    FileDescriptor.own(kernel, two.get(Layouts.INT, 0)),
                    FileDescriptor.own(kernel, two.get(Layouts.INT, Integer.BYTES)));
        }
    }

    /**
     * Gives a socket an address, as {@code bind(2)}.
     *
     * @param socket the socket
     * @param address the address
     * @throws SyscallException EADDRINUSE; EADDRNOTAVAIL; EACCES for a port below 1024; EINVAL if it has one
     */
    public void bind(FileDescriptor socket, Address address) {
        withAddress(BIND, socket, address);
    }

    /**
     * Connects, as {@code connect(2)}.
     *
     * @param socket the socket
     * @param address to whom
     * @throws SyscallException ECONNREFUSED; EINPROGRESS if it does not block; ETIMEDOUT; EINTR, and it goes on all the same
     */
    public void connect(FileDescriptor socket, Address address) {
        withAddress(CONNECT, socket, address);
    }

    private void withAddress(Call call, FileDescriptor socket, Address address) {
        try (Scratch scratch = kernel.scratch()) {
            long at = scratch.zeroed(Address.LARGEST, Long.BYTES);
            int length = address.write(scratch.at(at, Address.LARGEST));
            kernel.callOn(call, socket, at, length, 0);
        }
    }

    /**
     * Lets others connect, so many of whom may wait to be accepted, as {@code listen(2)}; EADDRINUSE.
     *
     * @param socket the socket
     * @param backlog how many may wait
     */
    public void listen(FileDescriptor socket, int backlog) {
        kernel.callOn(LISTEN, socket, backlog, 0, 0);
    }

    /**
     * Waits for someone to connect, as {@code accept4(2)}.
     *
     * @param socket one that listens
     * @param flags how the new one begins
     * @return the connection
     * @throws SyscallException EAGAIN if it does not block and no one is there; ECONNABORTED; EMFILE; EINTR
     */
    public Accepted accept4(FileDescriptor socket, SocketFlags flags) {
        try (Scratch scratch = kernel.scratch()) {
            long length = lengthThenAddress(scratch);
            long address = length + Long.BYTES;
            long number = kernel.callOn(ACCEPT4, socket, address, length, flags.bits());
            return new Accepted(FileDescriptor.own(kernel, (int) number), addressAfter(scratch, length));
        }
    }

    private static long lengthThenAddress(Scratch scratch) {
        long length = scratch.zeroed(Long.BYTES + Address.LARGEST, Long.BYTES);
        scratch.at(length, Integer.BYTES).set(Layouts.INT, 0, (int) Address.LARGEST);
        return length;
    }

    private static Address addressAfter(Scratch scratch, long length) {
        int bytes = scratch.at(length, Integer.BYTES).get(Layouts.INT, 0);
        return Address.read(scratch.at(length + Long.BYTES, Address.LARGEST), bytes);
    }

    /**
     * {@return a socket's own address, as {@code getsockname(2)}}
     *
     * @param socket the socket
     */
    public Address getsockname(FileDescriptor socket) {
        return name(GETSOCKNAME, socket);
    }

    /**
     * {@return who a socket is connected to, as {@code getpeername(2)}; ENOTCONN if it is not}
     *
     * @param socket the socket
     */
    public Address getpeername(FileDescriptor socket) {
        return name(GETPEERNAME, socket);
    }

    private Address name(Call call, FileDescriptor socket) {
        try (Scratch scratch = kernel.scratch()) {
            long length = lengthThenAddress(scratch);
            kernel.callOn(call, socket, length + Long.BYTES, length, 0);
            return addressAfter(scratch, length);
        }
    }

    /**
     * Sends, as {@code send(2)}.
     *
     * @param socket a connected one
     * @param from the bytes
     * @param flags how
     * @return how many were taken; of a datagram all
     * @throws SyscallException EPIPE; EAGAIN; ECONNRESET; EMSGSIZE; ENOTCONN
     */
    public long send(FileDescriptor socket, MemorySegment from, MessageFlags flags) {
        return Transfer.drain(kernel, SENDTO, socket, from, flags.bits() | MessageFlags.MSG_NOSIGNAL.bits(), 0, 0);
    }

    /**
     * Sends a datagram to someone, as {@code sendto(2)}.
     *
     * @param socket the socket
     * @param from the bytes
     * @param flags how
     * @param to to whom
     * @return how many were taken: all
     * @throws SyscallException as {@link #send}; ECONNREFUSED, ENOENT if no one is there
     */
    public long sendto(FileDescriptor socket, MemorySegment from, MessageFlags flags, Address to) {
        try (Scratch scratch = kernel.scratch()) {
            long at = scratch.zeroed(Address.LARGEST, Long.BYTES);
            int length = to.write(scratch.at(at, Address.LARGEST));
            long bytes = kernel.reaches(from) ? from.address() : scratch.copy(from, 1);
            int number = socket.hold(kernel);
            try {
                int bits = flags.bits() | MessageFlags.MSG_NOSIGNAL.bits();
                return kernel.call(SENDTO, number, bytes, from.byteSize(), bits, at, length);
            } finally {
                socket.letGo();
            }
        }
    }

    /**
     * Receives, as {@code recv(2)}.
     *
     * @param socket the socket
     * @param into what to fill
     * @param flags how; with MSG_TRUNC the answer is a datagram's whole length
     * @return how many bytes came, 0 at the end of a stream
     * @throws SyscallException EAGAIN; ECONNRESET; EINTR; ENOTCONN
     */
    public long recv(FileDescriptor socket, MemorySegment into, MessageFlags flags) {
        return Transfer.fill(kernel, RECVFROM, socket, into, flags.bits(), 0, 0);
    }

    /**
     * Sends bytes and copies of descriptors, as {@code sendmsg(2)} with SCM_RIGHTS.
     *
     * @param socket a connected one; of AF_UNIX if there are descriptors
     * @param from the bytes; at least one if there are descriptors
     * @param descriptors what to pass, 253 at most; they stay open here
     * @param flags how
     * @return how many bytes were taken; the descriptors went with the first
     * @throws SyscallException as {@link #send}; ETOOMANYREFS
     */
    public long sendmsg(
            FileDescriptor socket, List<MemorySegment> from, List<FileDescriptor> descriptors, MessageFlags flags) {
        int held = 0;
        int[] numbers = new int[descriptors.size()];
        try (Scratch scratch = kernel.scratch()) {
            for (FileDescriptor descriptor : descriptors) {
                numbers[held] = descriptor.hold(kernel);
                held++;
            }
            MessageHeaders headers = new MessageHeaders(kernel, scratch);
            IoVectors vectors = IoVectors.toDrain(kernel, scratch, from);
            long message = headers.room(1);
            headers.write(message, 0, 0, vectors, from.size());
            headers.attach(message, numbers);
            return kernel.callOn(SENDMSG, socket, message, flags.bits() | MessageFlags.MSG_NOSIGNAL.bits(), 0);
        } finally {
            descriptors.stream().limit(held).forEach(FileDescriptor::letGo);
        }
    }

    /**
     * Receives bytes and descriptors, as {@code recvmsg(2)}; the descriptors are closed when another program is executed.
     *
     * @param socket the socket
     * @param into what to fill, in turn
     * @param flags how
     * @return what came
     * @throws SyscallException as {@link #recv}
     */
    public Received recvmsg(FileDescriptor socket, List<MemorySegment> into, MessageFlags flags) {
        try (Scratch scratch = kernel.scratch()) {
            MessageHeaders headers = new MessageHeaders(kernel, scratch);
            IoVectors vectors = IoVectors.toFill(kernel, scratch, into);
            long message = headers.room(1);
            headers.writeToReceive(message, vectors, into.size());
            int bits = flags.bits() | MessageFlags.MSG_CMSG_CLOEXEC.bits();
            long count = kernel.callOn(RECVMSG, socket, message, bits, 0);
            vectors.copyBack(kernel, count);
            return headers.received(message, count);
        }
    }

    /**
     * Sends several messages, as {@code sendmmsg(2)}.
     *
     * @param socket the socket
     * @param messages what, and to whom; 1024 are taken at most
     * @param flags how
     * @return how many messages were taken, whole; the rest may be sent again
     * @throws SyscallException as {@link #send}, if the first one fails
     * @see <a href="https://man7.org/linux/man-pages/man2/sendmmsg.2.html">sendmmsg(2)</a>
     */
    public int sendmmsg(FileDescriptor socket, List<Message> messages, MessageFlags flags) {
        int number = socket.hold(kernel);
        try (Scratch scratch = kernel.scratch()) {
            MessageHeaders headers = new MessageHeaders(kernel, scratch);
            long array = headers.room(messages.size());
            for (int index = 0; index < messages.size(); index++) {
                Message message = messages.get(index);
                IoVectors vectors = IoVectors.toDrain(kernel, scratch, message.buffers());
                headers.write(
                        headers.at(array, index),
                        message.to(),
                        vectors,
                        message.buffers().size());
            }
            int bits = flags.bits() | MessageFlags.MSG_NOSIGNAL.bits();
            return (int) kernel.call(SENDMMSG, number, array, messages.size(), bits);
        } finally {
            socket.letGo();
        }
    }

    /**
     * Receives several messages, as {@code recvmmsg(2)}: waits for all of them, or with MSG_WAITFORONE for the first. It has no
     * timeout, for the kernel's is looked at only between two messages; set SO_RCVTIMEO.
     *
     * @param socket the socket
     * @param into what to fill: for each message its buffers, in turn; 1024 messages at most
     * @param flags how
     * @return what came, one for each message; fewer than there was room for if no more were there
     * @throws SyscallException as {@link #recv}, if no message came
     * @see <a href="https://man7.org/linux/man-pages/man2/recvmmsg.2.html">recvmmsg(2)</a>
     */
    public List<Received> recvmmsg(FileDescriptor socket, List<List<MemorySegment>> into, MessageFlags flags) {
        int number = socket.hold(kernel);
        try (Scratch scratch = kernel.scratch()) {
            MessageHeaders headers = new MessageHeaders(kernel, scratch);
            long array = headers.room(into.size());
            List<IoVectors> vectors = new ArrayList<>();
            for (int index = 0; index < into.size(); index++) {
                vectors.add(IoVectors.toFill(kernel, scratch, into.get(index)));
                headers.writeToReceive(
                        headers.at(array, index),
                        vectors.get(index),
                        into.get(index).size());
            }
            int bits = flags.bits() | MessageFlags.MSG_CMSG_CLOEXEC.bits();
            long count = kernel.call(RECVMMSG, number, array, into.size(), bits, 0);
            List<Received> received = new ArrayList<>();
            for (int index = 0; index < count; index++) {
                long message = headers.at(array, index);
                received.add(headers.received(message, headers.length(message)));
                vectors.get(index).copyBack(kernel, headers.length(message));
            }
            return received;
        } finally {
            socket.letGo();
        }
    }

    /**
     * Ends sending or receiving, as {@code shutdown(2)}; ENOTCONN if it is not connected.
     *
     * @param socket the socket
     * @param direction what to end
     */
    public void shutdown(FileDescriptor socket, Shutdown direction) {
        kernel.callOn(SHUTDOWN, socket, direction.number(), 0, 0);
    }

    /**
     * {@return an option's value, as {@code getsockopt(2)}}
     *
     * @param <T> the value's type
     * @param socket the socket
     * @param option which
     * @throws SyscallException ENOPROTOOPT, EOPNOTSUPP if the socket has none such
     */
    public <T> T getsockopt(FileDescriptor socket, SocketOption<T> option) {
        int number = socket.hold(kernel);
        try (Scratch scratch = kernel.scratch()) {
            long size = option.size();
            long length = scratch.zeroed(Long.BYTES + size, Long.BYTES);
            scratch.at(length, Integer.BYTES).set(Layouts.INT, 0, (int) size);
            kernel.call(GETSOCKOPT, number, option.level(), option.name(), length + Long.BYTES, length);
            return option.read(scratch.at(length + Long.BYTES, size));
        } finally {
            socket.letGo();
        }
    }

    /**
     * Sets an option, as {@code setsockopt(2)}.
     *
     * @param <T> the value's type
     * @param socket the socket
     * @param option which
     * @param value its value
     * @throws SyscallException ENOPROTOOPT, EOPNOTSUPP if the socket has none such; EINVAL; EPERM
     * @throws UnsupportedOperationException if it can only be asked
     */
    public <T> void setsockopt(FileDescriptor socket, SocketOption<T> option, T value) {
        int number = socket.hold(kernel);
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.zeroed(option.size(), Long.BYTES);
            option.write(scratch.at(address, option.size()), value);
            kernel.call(SETSOCKOPT, number, option.level(), option.name(), address, option.size());
        } finally {
            socket.letGo();
        }
    }

    /**
     * {@return who is at the other end of a connected AF_UNIX socket, by SO_PEERCRED}
     *
     * @param socket the socket
     */
    public Credentials peerCredentials(FileDescriptor socket) {
        return getsockopt(socket, SocketOption.SO_PEERCRED);
    }

    /**
     * Opens a descriptor of the process at the other end of a connected AF_UNIX socket, by SO_PEERPIDFD: it means that process
     * for ever, where a number may mean another one soon.
     *
     * @param socket the socket
     * @return the descriptor, to be closed, for {@code process().pidfdSendSignal} and {@code poll}
     * @throws SyscallException ENOPROTOOPT before Linux 6.5; ESRCH or EINVAL if the process has ended; ENODATA if there is none
     */
    public FileDescriptor peerPidfd(FileDescriptor socket) {
        return FileDescriptor.own(kernel, getsockopt(socket, PEERPIDFD));
    }
}
