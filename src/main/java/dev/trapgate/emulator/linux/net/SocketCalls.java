package dev.trapgate.emulator.linux.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FilesStruct;
import dev.trapgate.emulator.linux.fs.FilesStruct.OnExec;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import dev.trapgate.emulator.linux.net.core.ControlBuffer;
import dev.trapgate.emulator.linux.net.core.Message;
import dev.trapgate.emulator.linux.net.core.OptionAnswer;
import dev.trapgate.emulator.linux.net.core.Sock;
import dev.trapgate.emulator.linux.net.core.SockOptions;
import java.lang.foreign.MemorySegment;

/** Making and naming sockets, their connections and options: net/socket.c, Linux 6.18, under its functions' names. */
final class SocketCalls {

    private static final int SOCK_TYPE_MASK = 0xf;
    private static final int IPPROTO_IPV6 = 41;
    private static final int SOMAXCONN = 4096;

    private SocketCalls() {}

    /** What is done with the socket that a descriptor is. */
    interface Action {
        long on(Sock sock, File file);
    }

    /** Looks a descriptor up: {@code sockfd_lookup_light}. {@return what the action answers, −EBADF or −ENOTSOCK} */
    static long with(Task current, long descriptor, Action action) {
        File file = current.files().get((int) descriptor);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            Sock sock = SocketFile.sock(file);
            return sock == null ? ErrorNumbers.ENOTSOCK : action.on(sock, file);
        } finally {
            file.release();
        }
    }

    private static boolean hasUnknownFlags(int flags) {
        return (flags & ~(File.O_CLOEXEC | File.O_NONBLOCK)) != 0;
    }

    /** {@code socket(2)}. */
    static long socket(Task current, Abi abi, long... a) {
        int flags = (int) a[1] & ~SOCK_TYPE_MASK;
        if (hasUnknownFlags(flags)) {
            return ErrorNumbers.EINVAL;
        }
        Families.Made made = Families.create(current, (int) a[0], (int) a[1] & SOCK_TYPE_MASK, (int) a[2]);
        Sock sock = made.sock();
        if (sock == null) {
            return made.error();
        }
        return FilesStruct.open(current, SocketFile.open(current, sock, flags), OnExec.of(flags, File.O_CLOEXEC));
    }

    /** {@code socketpair(2)}: the descriptors are told before it is known whether there will be sockets behind them. */
    static long socketpair(Task current, Abi abi, long... a) {
        int flags = (int) a[1] & ~SOCK_TYPE_MASK;
        if (hasUnknownFlags(flags)) {
            return ErrorNumbers.EINVAL;
        }
        OnExec onExec = OnExec.of(flags, File.O_CLOEXEC);
        long first = FilesStruct.allocate(current, onExec);
        if (first < 0) {
            return first;
        }
        long second = FilesStruct.allocate(current, onExec);
        if (second < 0) {
            current.files().putUnused((int) first);
            return second;
        }
        boolean told =
                current.uaccess().putUser32(a[3], first) && current.uaccess().putUser32(a[3] + 4, second);
        long result = told
                ? pair(current, (int) a[0], (int) a[1] & SOCK_TYPE_MASK, (int) a[2], flags, (int) first, (int) second)
                : ErrorNumbers.EFAULT;
        if (result != 0) {
            current.files().putUnused((int) first);
            current.files().putUnused((int) second);
        }
        return result;
    }

    private static long pair(Task current, int family, int type, int protocol, int flags, int first, int second) {
        Families.Made one = Families.create(current, family, type, protocol);
        Families.Made other = Families.create(current, family, type, protocol);
        Sock left = one.sock();
        Sock right = other.sock();
        if (left == null || right == null) {
            return one.error();
        }
        long result = left.net().locked(() -> left.pair(current, right));
        if (result == 0) {
            current.files().install(first, SocketFile.open(current, left, flags));
            current.files().install(second, SocketFile.open(current, right, flags));
        }
        return result;
    }

    /** {@code bind(2)}. */
    static long bind(Task current, Abi abi, long... a) {
        return with(current, a[0], (sock, file) -> {
            SocketAddress address = SocketAddress.fetch(current, a[1], (int) a[2]);
            return address.error() != 0
                    ? address.error()
                    : sock.net().locked(() -> sock.bind(current, address.bytes()));
        });
    }

    /** {@code listen(2)}. */
    static long listen(Task current, Abi abi, long... a) {
        int backlog = Integer.compareUnsigned((int) a[1], SOMAXCONN) > 0 ? SOMAXCONN : (int) a[1];
        return with(current, a[0], (sock, file) -> sock.net().locked(() -> sock.listen(current, backlog)));
    }

    /** {@code accept(2)}. */
    static long accept(Task current, Abi abi, long... a) {
        return accept4(current, abi, a[0], a[1], a[2], 0);
    }

    /** {@code accept4(2)}. */
    static long accept4(Task current, Abi abi, long... a) {
        int flags = (int) a[3];
        File listener = current.files().get((int) a[0]);
        if (listener == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            if (hasUnknownFlags(flags)) {
                return ErrorNumbers.EINVAL;
            }
            long descriptor = FilesStruct.allocate(current, OnExec.of(flags, File.O_CLOEXEC));
            if (descriptor < 0) {
                return descriptor;
            }
            long result = doAccept(current, listener, (int) descriptor, a[1], a[2], flags);
            if (result != 0) {
                current.files().putUnused((int) descriptor);
            }
            return result == 0 ? descriptor : result;
        } finally {
            listener.release();
        }
    }

    private static long doAccept(Task current, File listener, int descriptor, long to, long length, int flags) {
        Sock sock = SocketFile.sock(listener);
        if (sock == null) {
            return ErrorNumbers.ENOTSOCK;
        }
        Sock.Accepted accepted = acceptLocked(current, sock, listener);
        Sock connection = accepted.connection();
        if (connection == null) {
            return accepted.error();
        }
        File file = SocketFile.open(current, connection, flags);
        long error = to == 0 ? 0 : tellName(current, connection, Sock.Side.ACCEPTED, to, length);
        if (error != 0) {
            file.release();
            return error == ErrorNumbers.ENOTCONN ? ErrorNumbers.ECONNABORTED : error;
        }
        current.files().install(descriptor, file);
        return 0;
    }

    private static Sock.Accepted acceptLocked(Task current, Sock sock, File listener) {
        sock.net().lock();
        try {
            return sock.accept(current, waiting(current, listener));
        } finally {
            sock.net().unlock();
        }
    }

    /** {@return a message without bytes that waits as an open file says} */
    private static Message waiting(Task current, File file) {
        int flags = file.isNonblocking() ? Message.MSG_DONTWAIT : 0;
        return Message.toReceive(new IovIter(current.uaccess()), ControlBuffer.NONE, flags);
    }

    /** {@code connect(2)}. */
    static long connect(Task current, Abi abi, long... a) {
        File file = current.files().get((int) a[0]);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            SocketAddress address = SocketAddress.fetch(current, a[1], (int) a[2]);
            if (address.error() != 0) {
                return address.error();
            }
            Sock sock = SocketFile.sock(file);
            return sock == null
                    ? ErrorNumbers.ENOTSOCK
                    : sock.net().locked(() -> sock.connect(current, address.bytes(), waiting(current, file)));
        } finally {
            file.release();
        }
    }

    /** {@code getsockname(2)}. */
    static long getsockname(Task current, Abi abi, long... a) {
        return with(current, a[0], (sock, file) -> tellName(current, sock, Sock.Side.OWN, a[1], a[2]));
    }

    /** {@code getpeername(2)}. */
    static long getpeername(Task current, Abi abi, long... a) {
        return with(current, a[0], (sock, file) -> tellName(current, sock, Sock.Side.PEER, a[1], a[2]));
    }

    private static long tellName(Task current, Sock sock, Sock.Side side, long to, long length) {
        return sock.net().locked(() -> {
            byte[] name = sock.name(side);
            return name == null ? ErrorNumbers.ENOTCONN : SocketAddress.tell(current, name, to, length);
        });
    }

    /** {@code shutdown(2)}. */
    static long shutdown(Task current, Abi abi, long... a) {
        int how = (int) a[1];
        return with(current, a[0], (sock, file) -> {
            boolean known = how >= 0 && how <= 2;
            return sock.net().locked(() -> known ? sock.shutdown(how + 1) : ErrorNumbers.EINVAL);
        });
    }

    /** {@code setsockopt(2)}. */
    static long setsockopt(Task current, Abi abi, long... a) {
        int length = (int) a[4];
        if (length < 0) {
            // The descriptor is looked at first.
            return with(current, a[0], (sock, file) -> ErrorNumbers.EINVAL);
        }
        Sock.OptionValue value = new Sock.OptionValue(a[3], length, abi);
        return with(current, a[0], (sock, file) -> sock.net()
                .locked(() -> (int) a[1] == SockOptions.SOL_SOCKET
                        ? sock.options().set(current, (int) a[2], value)
                        : sock.setOption(current, (int) a[1], (int) a[2], value)));
    }

    /** {@code getsockopt(2)}. */
    static long getsockopt(Task current, Abi abi, long... a) {
        return with(current, a[0], (sock, file) -> sock.net().locked(() -> getsockopt(current, abi, sock, a)));
    }

    private static long getsockopt(Task current, Abi abi, Sock sock, long... a) {
        boolean general = (int) a[1] == SockOptions.SOL_SOCKET;
        UserStructure given = UserStructure.from(current.uaccess(), a[4], Integer.BYTES);
        int room = given == null ? 0 : given.get32(0);
        if (general || sock.hasLevel((int) a[1])) {
            if (given == null) {
                return ErrorNumbers.EFAULT;
            }
            if (room < 0 && (int) a[1] != IPPROTO_IPV6) {
                return ErrorNumbers.EINVAL;
            }
            // Version 6 takes a length for one without a sign: do_ipv6_getsockopt.
            room = room < 0 ? Integer.MAX_VALUE : room;
        }
        OptionAnswer answer = general
                ? sock.options().get((int) a[2], room, abi)
                : sock.option(current, (int) a[1], (int) a[2], room);
        return answer.error() == 0 ? tell(current, answer, room, a[3], a[4]) : refuse(current, answer, a[4]);
    }

    private static long tell(Task current, OptionAnswer answer, int room, long to, long length) {
        int size = Math.min(room, answer.bytes().length);
        if (current.uaccess().copyToUser(to, MemorySegment.ofArray(answer.bytes()), size) != 0) {
            return ErrorNumbers.EFAULT;
        }
        return current.uaccess().putUser32(length, size) ? 0 : ErrorNumbers.EFAULT;
    }

    /** An option that there is too little room for tells how much it needs. */
    private static long refuse(Task current, OptionAnswer answer, long length) {
        boolean tells = answer.error() == ErrorNumbers.ERANGE;
        boolean told = !tells || current.uaccess().putUser32(length, answer.bytes().length);
        return told ? answer.error() : ErrorNumbers.EFAULT;
    }
}
