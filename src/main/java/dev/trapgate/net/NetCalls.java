package dev.trapgate.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Gid;
import dev.trapgate.kernel.IoVectors;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.Transfer;
import dev.trapgate.kernel.Uid;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
    private static final Call SHUTDOWN = Call.of(Syscall.SHUTDOWN);
    private static final Call GETSOCKOPT = Call.of(Syscall.GETSOCKOPT);
    private static final Call SETSOCKOPT = Call.of(Syscall.SETSOCKOPT);

    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;
    private static final int SCM_RIGHTS = 1;
    private static final long UCRED = 12;
    /** SCM_MAX_FD of include/net/scm.h. */
    private static final int MOST_DESCRIPTORS = 253;

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
        return kernel.open(SOCKET, family.number(), type.number() | flags.bits(), 0);
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
            IoVectors vectors = IoVectors.toDrain(kernel, scratch, from);
            long rights = rights(scratch, numbers);
            long message = message(scratch, 0, vectors, from.size(), rights, controlSize(numbers.length));
            return kernel.callOn(SENDMSG, socket, message, flags.bits() | MessageFlags.MSG_NOSIGNAL.bits(), 0);
        } finally {
            descriptors.stream().limit(held).forEach(FileDescriptor::letGo);
        }
    }

    private long controlSize(int descriptors) {
        MessageLayout layout = MessageLayout.in(kernel.abi());
        return descriptors == 0 ? 0 : layout.aligned(layout.head() + (long) descriptors * Integer.BYTES);
    }

    private long rights(Scratch scratch, int[] numbers) {
        if (numbers.length == 0) {
            return 0;
        }
        MessageLayout layout = MessageLayout.in(kernel.abi());
        long size = controlSize(numbers.length);
        long address = scratch.zeroed(size, Long.BYTES);
        MemorySegment control = scratch.at(address, size);
        IoVectors.putWord(kernel.abi(), control, 0, layout.head() + (long) numbers.length * Integer.BYTES);
        control.set(Layouts.INT, layout.word(), SOL_SOCKET);
        control.set(Layouts.INT, layout.word() + Integer.BYTES, SCM_RIGHTS);
        for (int index = 0; index < numbers.length; index++) {
            control.set(Layouts.INT, layout.head() + (long) index * Integer.BYTES, numbers[index]);
        }
        return address;
    }

    private long message(Scratch scratch, long name, IoVectors vectors, int count, long control, long controlSize) {
        Abi abi = kernel.abi();
        MessageLayout layout = MessageLayout.in(abi);
        long message = scratch.zeroed(layout.size(), Long.BYTES);
        MemorySegment header = scratch.at(message, layout.size());
        IoVectors.putWord(abi, header, layout.name(), name);
        header.set(Layouts.INT, layout.nameLength(), name == 0 ? 0 : (int) Address.LARGEST);
        IoVectors.putWord(abi, header, layout.vectors(), vectors.address());
        IoVectors.putWord(abi, header, layout.vectorCount(), count);
        IoVectors.putWord(abi, header, layout.control(), control);
        IoVectors.putWord(abi, header, layout.controlLength(), controlSize);
        return message;
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
        MessageLayout layout = MessageLayout.in(kernel.abi());
        long controlSize = controlSize(MOST_DESCRIPTORS);
        try (Scratch scratch = kernel.scratch()) {
            IoVectors vectors = IoVectors.toFill(kernel, scratch, into);
            long control = scratch.zeroed(controlSize, Long.BYTES);
            long name = scratch.zeroed(Address.LARGEST, Long.BYTES);
            long message = message(scratch, name, vectors, into.size(), control, controlSize);
            int bits = flags.bits() | MessageFlags.MSG_CMSG_CLOEXEC.bits();
            long count = kernel.callOn(RECVMSG, socket, message, bits, 0);
            vectors.copyBack(kernel, count);
            MemorySegment header = scratch.at(message, layout.size());
            return new Received(
                    count,
                    new MessageFlags(header.get(Layouts.INT, layout.flags()) & ~MessageFlags.MSG_CMSG_CLOEXEC.bits()),
                    Address.read(scratch.at(name, Address.LARGEST), header.get(Layouts.INT, layout.nameLength())),
                    descriptors(scratch.at(control, word(header, layout.controlLength())), layout));
        }
    }

    private long word(MemorySegment memory, long offset) {
        return kernel.abi() == Abi.I386
                ? Integer.toUnsignedLong(memory.get(Layouts.INT, offset))
                : memory.get(Layouts.LONG, offset);
    }

    private List<FileDescriptor> descriptors(MemorySegment control, MessageLayout layout) {
        List<FileDescriptor> descriptors = new ArrayList<>();
        long at = 0;
        while (at + layout.head() <= control.byteSize()) {
            long length = word(control, at);
            boolean rights = control.get(Layouts.INT, at + layout.word()) == SOL_SOCKET
                    && control.get(Layouts.INT, at + layout.word() + Integer.BYTES) == SCM_RIGHTS;
            for (long entry = at + layout.head(); rights && entry < at + length; entry += Integer.BYTES) {
                descriptors.add(FileDescriptor.own(kernel, control.get(Layouts.INT, entry)));
            }
            at += Math.max(layout.aligned(length), layout.head());
        }
        return descriptors;
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
     * @param socket the socket
     * @param option which
     * @throws SyscallException ENOPROTOOPT, EOPNOTSUPP if the socket has none such
     */
    public int getsockopt(FileDescriptor socket, SocketOption option) {
        return word(option(socket, option.level(), option.name(), Integer.BYTES));
    }

    private static int word(byte[] bytes) {
        return MemorySegment.ofArray(bytes).get(Layouts.INT, 0);
    }

    /**
     * Sets an option, as {@code setsockopt(2)}.
     *
     * @param socket the socket
     * @param option which
     * @param value its value
     * @throws SyscallException ENOPROTOOPT, EOPNOTSUPP if the socket has none such; EINVAL; EPERM
     */
    public void setsockopt(FileDescriptor socket, SocketOption option, int value) {
        int number = socket.hold(kernel);
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(Integer.BYTES, Integer.BYTES);
            scratch.at(address, Integer.BYTES).set(Layouts.INT, 0, value);
            kernel.call(SETSOCKOPT, number, option.level(), option.name(), address, Integer.BYTES);
        } finally {
            socket.letGo();
        }
    }

    private byte[] option(FileDescriptor socket, int level, int name, long size) {
        int number = socket.hold(kernel);
        try (Scratch scratch = kernel.scratch()) {
            long length = scratch.room(Long.BYTES + size, Long.BYTES);
            scratch.at(length, Integer.BYTES).set(Layouts.INT, 0, (int) size);
            kernel.call(GETSOCKOPT, number, level, name, length + Long.BYTES, length);
            return scratch.at(length + Long.BYTES, size).toArray(ValueLayout.JAVA_BYTE);
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
        MemorySegment ucred = MemorySegment.ofArray(option(socket, SOL_SOCKET, SO_PEERCRED, UCRED));
        return new Credentials(
                new Pid(ucred.get(Layouts.INT, 0)),
                new Uid(ucred.get(Layouts.INT, 4)),
                new Gid(ucred.get(Layouts.INT, 8)));
    }
}
