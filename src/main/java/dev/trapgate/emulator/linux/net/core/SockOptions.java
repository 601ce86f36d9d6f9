package dev.trapgate.emulator.linux.net.core;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.Set;

/** Options of level SOL_SOCKET: {@code sk_setsockopt} and {@code sk_getsockopt} of net/core/sock.c, Linux 6.18. */
public final class SockOptions {

    /** The level of these options. */
    public static final int SOL_SOCKET = 1;
    /** An address may be taken that was just used. */
    public static final int SO_REUSEADDR = 2;
    /** Several sockets may have one address. */
    public static final int SO_REUSEPORT = 15;
    /** Datagrams to everybody are fine. */
    public static final int SO_BROADCAST = 6;
    /** Urgent bytes stay among the others. */
    public static final int SO_OOBINLINE = 10;
    /** Messages come with who sent them. */
    public static final int SO_PASSCRED = 16;

    private static final int SO_DEBUG = 1;
    private static final int SO_TYPE = 3;
    private static final int SO_ERROR = 4;
    private static final int SO_DONTROUTE = 5;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_KEEPALIVE = 9;
    private static final int SO_NO_CHECK = 11;
    private static final int SO_PRIORITY = 12;
    private static final int SO_LINGER = 13;
    private static final int SO_BSDCOMPAT = 14;
    private static final int SO_PEERCRED = 17;
    private static final int SO_RCVLOWAT = 18;
    private static final int SO_SNDLOWAT = 19;
    private static final int SO_RCVTIMEO_OLD = 20;
    private static final int SO_SNDTIMEO_OLD = 21;
    private static final int SO_PEERNAME = 28;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SO_PASSSEC = 34;
    private static final int SO_MARK = 36;
    private static final int SO_PROTOCOL = 38;
    private static final int SO_DOMAIN = 39;
    private static final int SO_PEEK_OFF = 42;
    private static final int SO_PEERGROUPS = 59;
    private static final int SO_RCVTIMEO_NEW = 66;
    private static final int SO_SNDTIMEO_NEW = 67;

    /** Options that are on or off and ask for nothing. */
    private static final Set<Integer> FLAGS = Set.of(
            SO_REUSEADDR, SO_DONTROUTE, SO_BROADCAST, SO_KEEPALIVE, SO_OOBINLINE, SO_NO_CHECK, SO_PASSCRED, SO_PASSSEC);

    /** Options that only sockets have which credentials go along with: {@code sk_may_scm_recv}. */
    private static final Set<Integer> UNIX_ONLY = Set.of(SO_PASSCRED, SO_PASSSEC);

    /** {@code sysctl_wmem_max} and {@code sysctl_rmem_max}. */
    private static final long BUFFER_MAX = 4L << 20;

    private static final int SOCK_MIN_SNDBUF = 4608;
    private static final int SOCK_MIN_RCVBUF = 2304;
    private static final int DEFAULT_BUFFER = 212_992;
    private static final int HIGHEST_PRIORITY = 6;
    private static final int USEC_PER_SEC = 1_000_000;
    private static final long NSEC_PER_SEC = 1_000_000_000;
    private static final int LINGER_SIZE = 8;
    /** How many nanoseconds a clock tick has: CONFIG_HZ is 250. */
    private static final long TICK = 4_000_000;

    private final Sock sock;
    private final BitSet flags = new BitSet();
    private int sendBuffer = DEFAULT_BUFFER;
    private boolean sendBufferChosen;
    private int receiveBuffer = DEFAULT_BUFFER;
    private int lowWater = 1;
    private int priority;
    private int mark;
    private int peekOffset = -1;
    private int lingerSeconds;
    private long receiveTimeout = WaitingTask.FOREVER;
    private long sendTimeout = WaitingTask.FOREVER;

    SockOptions(Sock sock) {
        this.sock = sock;
    }

    /** {@return whether an option that is on or off is on} */
    public boolean has(int option) {
        return flags.get(option);
    }

    /** {@return whether closing waits for bytes to be sent, or resets: SO_LINGER} */
    public boolean lingers() {
        return flags.get(SO_LINGER);
    }

    /** {@return how long closing waits, in seconds} */
    public int lingerSeconds() {
        return lingerSeconds;
    }

    /** {@return how much memory sent bytes may take: {@code sk_sndbuf}} */
    public int sendBuffer() {
        return sendBuffer;
    }

    /** {@return how much memory received bytes may take: {@code sk_rcvbuf}} */
    public int receiveBuffer() {
        return receiveBuffer;
    }

    /** {@return whether the program has said how much memory sent bytes may take: SOCK_SNDBUF_LOCK} */
    public boolean isSendBufferChosen() {
        return sendBufferChosen;
    }

    /** Sets both sizes as a protocol begins with. */
    public void setBuffers(int send, int receive) {
        sendBuffer = send;
        receiveBuffer = receive;
    }

    /** {@return how long calls wait to read, in nanoseconds} */
    public long receiveTimeout() {
        return receiveTimeout;
    }

    /** {@return how long calls wait to write, in nanoseconds} */
    public long sendTimeout() {
        return sendTimeout;
    }

    /** {@return how many bytes a read waits for: {@code sock_rcvlowat}} */
    public long lowWater(Message message, long wanted) {
        long enough = message.has(Message.MSG_WAITALL) ? wanted : Math.min(lowWater, wanted);
        return Math.max(1, enough);
    }

    /** {@return SO_RCVLOWAT} */
    public int lowWater() {
        return lowWater;
    }

    /** {@return where a peek begins: {@code sk_peek_offset}} */
    public int peekOffset(Message message) {
        return message.has(Message.MSG_PEEK) ? Math.max(0, peekOffset) : 0;
    }

    /** Moves where the next peek begins, after a peek or a read. */
    public void movePeekOffset(Message message, int bytes) {
        if (peekOffset >= 0) {
            peekOffset = message.has(Message.MSG_PEEK) ? peekOffset + bytes : Math.max(0, peekOffset - bytes);
        }
    }

    /** Takes over what an accepted connection has from who listened: {@code sk_clone} as far as programs see it. */
    public void inherit(SockOptions other) {
        flags.or(other.flags);
        sendBuffer = other.sendBuffer;
        sendBufferChosen = other.sendBufferChosen;
        receiveBuffer = other.receiveBuffer;
        lowWater = other.lowWater;
        priority = other.priority;
        mark = other.mark;
        lingerSeconds = other.lingerSeconds;
        receiveTimeout = other.receiveTimeout;
        sendTimeout = other.sendTimeout;
    }

    /** Takes over what else an accepted connection of AF_UNIX has. */
    public void inheritCredentialOptions(SockOptions other) {
        UNIX_ONLY.forEach(option -> flags.set(option, other.has(option)));
    }

    /** {@code sk_setsockopt}. */
    public long set(Task current, int option, Sock.OptionValue value) {
        if (value.length() < Integer.BYTES) {
            return ErrorNumbers.EINVAL;
        }
        UserStructure number = UserStructure.from(current.uaccess(), value.address(), Integer.BYTES);
        if (number == null) {
            return ErrorNumbers.EFAULT;
        }
        int val = number.get32(0);
        if (FLAGS.contains(option)) {
            return setFlag(option, val);
        }
        return switch (option) {
            case SO_LINGER -> setLinger(current, value);
            case SO_RCVTIMEO_OLD, SO_RCVTIMEO_NEW, SO_SNDTIMEO_OLD, SO_SNDTIMEO_NEW ->
                setTimeout(current, option, value);
            default -> setNumber(current, option, val);
        };
    }

    private long setFlag(int option, int val) {
        if (UNIX_ONLY.contains(option) && sock.kind().isInet()) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        flags.set(option, val != 0);
        return 0;
    }

    private long setNumber(Task current, int option, int val) {
        boolean admin = current.credentials().capable(Capability.CAP_NET_ADMIN);
        boolean raw = current.credentials().capable(Capability.CAP_NET_RAW);
        return switch (option) {
            case SO_DEBUG -> val != 0 && !admin ? ErrorNumbers.EACCES : setFlag(option, val);
            case SO_REUSEPORT -> val != 0 && !sock.kind().isInet() ? ErrorNumbers.EOPNOTSUPP : setFlag(option, val);
            case SO_SNDBUF -> setSendBuffer(Math.min(Integer.toUnsignedLong(val), BUFFER_MAX));
            case SO_RCVBUF -> setReceiveBuffer(Math.min(Integer.toUnsignedLong(val), BUFFER_MAX));
            case SO_SNDBUFFORCE -> admin ? setSendBuffer(Math.max(0, val)) : ErrorNumbers.EPERM;
            case SO_RCVBUFFORCE -> admin ? setReceiveBuffer(Math.max(0, val)) : ErrorNumbers.EPERM;
            case SO_PRIORITY -> {
                boolean allowed = (val >= 0 && val <= HIGHEST_PRIORITY) || raw || admin;
                priority = allowed ? val : priority;
                yield allowed ? 0 : ErrorNumbers.EPERM;
            }
            case SO_MARK -> {
                mark = raw || admin ? val : mark;
                yield raw || admin ? 0 : ErrorNumbers.EPERM;
            }
            case SO_BSDCOMPAT -> 0;
            case SO_RCVLOWAT -> {
                lowWater = val < 0 ? Integer.MAX_VALUE : Math.max(1, val);
                yield 0;
            }
            case SO_PEEK_OFF -> {
                peekOffset = val;
                yield 0;
            }
            default -> ErrorNumbers.ENOPROTOOPT;
        };
    }

    private long setSendBuffer(long bytes) {
        sendBufferChosen = true;
        sendBuffer = Math.max((int) Math.min(2 * bytes, Integer.MAX_VALUE - 1), SOCK_MIN_SNDBUF);
        sock.writeSpace();
        return 0;
    }

    private long setReceiveBuffer(long bytes) {
        receiveBuffer = Math.max((int) Math.min(2 * bytes, Integer.MAX_VALUE - 1), SOCK_MIN_RCVBUF);
        return 0;
    }

    private long setLinger(Task current, Sock.OptionValue value) {
        if (value.length() < LINGER_SIZE) {
            return ErrorNumbers.EINVAL;
        }
        UserStructure linger = UserStructure.from(current.uaccess(), value.address(), LINGER_SIZE);
        if (linger == null) {
            return ErrorNumbers.EFAULT;
        }
        flags.set(SO_LINGER, linger.get32(0) != 0);
        if (linger.get32(0) != 0) {
            lingerSeconds = linger.get32(4);
        }
        return 0;
    }

    /** {@code sock_set_timeout}: the old options have the program's {@code struct timeval}, the new ones 64-bit fields. */
    private long setTimeout(Task current, int option, Sock.OptionValue value) {
        int field = field(option, value.abi());
        if (value.length() < 2 * field) {
            return ErrorNumbers.EINVAL;
        }
        UserStructure time = UserStructure.from(current.uaccess(), value.address(), 2 * field);
        if (time == null) {
            return ErrorNumbers.EFAULT;
        }
        long seconds = field == Long.BYTES ? time.get64(0) : time.get32(0);
        long micros = field == Long.BYTES ? time.get64(field) : time.get32(field);
        if (micros < 0 || micros >= USEC_PER_SEC) {
            return ErrorNumbers.EDOM;
        }
        long timeout = seconds < 0 ? 0 : timeout(seconds, micros);
        if (option == SO_RCVTIMEO_OLD || option == SO_RCVTIMEO_NEW) {
            receiveTimeout = timeout;
        } else {
            sendTimeout = timeout;
        }
        return 0;
    }

    private static int field(int option, Abi abi) {
        boolean wide = option == SO_RCVTIMEO_NEW || option == SO_SNDTIMEO_NEW || abi != Abi.I386;
        return wide ? Long.BYTES : Integer.BYTES;
    }

    private static long timeout(long seconds, long micros) {
        if ((seconds == 0 && micros == 0) || seconds >= Long.MAX_VALUE / NSEC_PER_SEC - 1) {
            return WaitingTask.FOREVER;
        }
        return seconds * NSEC_PER_SEC + Math.ceilDiv(micros * 1000, TICK) * TICK;
    }

    /**
     * {@code sk_getsockopt}.
     *
     * @param option SO_*
     * @param room how many bytes the program has room for
     * @param abi whose structures it has
     * @return the value
     */
    public OptionAnswer get(int option, int room, Abi abi) {
        if (UNIX_ONLY.contains(option) && sock.kind().isInet()) {
            return OptionAnswer.refused(ErrorNumbers.EOPNOTSUPP);
        }
        if (FLAGS.contains(option)) {
            return OptionAnswer.of(has(option) ? 1 : 0);
        }
        return switch (option) {
            case SO_DEBUG, SO_REUSEPORT -> OptionAnswer.of(has(option) ? 1 : 0);
            case SO_LINGER -> pair(has(SO_LINGER) ? 1 : 0, lingerSeconds);
            case SO_RCVTIMEO_OLD, SO_RCVTIMEO_NEW -> time(receiveTimeout, field(option, abi));
            case SO_SNDTIMEO_OLD, SO_SNDTIMEO_NEW -> time(sendTimeout, field(option, abi));
            case SO_PEERCRED -> OptionAnswer.of(sock.peerCredentials().bytes());
            case SO_PEERNAME -> peerName(room);
            case SO_PEERGROUPS -> peerGroups(room);
            default -> number(option);
        };
    }

    private OptionAnswer number(int option) {
        return switch (option) {
            case SO_SNDBUF -> OptionAnswer.of(sendBuffer);
            case SO_RCVBUF -> OptionAnswer.of(receiveBuffer);
            case SO_TYPE -> OptionAnswer.of(sock.kind().type());
            case SO_PROTOCOL -> OptionAnswer.of(sock.kind().protocol());
            case SO_DOMAIN -> OptionAnswer.of(sock.kind().family());
            case SO_ERROR -> OptionAnswer.of(-sock.takeError());
            case SO_PRIORITY -> OptionAnswer.of(priority);
            case SO_MARK -> OptionAnswer.of(mark);
            case SO_BSDCOMPAT -> OptionAnswer.of(0);
            case SO_RCVLOWAT -> OptionAnswer.of(lowWater);
            case SO_SNDLOWAT -> OptionAnswer.of(1);
            case SO_ACCEPTCONN -> OptionAnswer.of(sock.state() == Sock.TCP_LISTEN ? 1 : 0);
            case SO_PEEK_OFF -> OptionAnswer.of(peekOffset);
            default -> OptionAnswer.refused(ErrorNumbers.ENOPROTOOPT);
        };
    }

    private static OptionAnswer pair(int first, int second) {
        UserStructure two = new UserStructure(2 * Integer.BYTES);
        two.set32(0, first);
        two.set32(Integer.BYTES, second);
        return OptionAnswer.of(two.bytes().toArray(ValueLayout.JAVA_BYTE));
    }

    private static OptionAnswer time(long timeout, int field) {
        long shown = timeout == WaitingTask.FOREVER ? 0 : timeout;
        UserStructure time = new UserStructure(2 * field);
        time.setWord(0, shown / NSEC_PER_SEC, field);
        time.setWord(field, shown % NSEC_PER_SEC / 1000, field);
        return OptionAnswer.of(time.bytes().toArray(ValueLayout.JAVA_BYTE));
    }

    private OptionAnswer peerName(int room) {
        byte[] name = sock.name(Sock.Side.PEER);
        if (name == null) {
            return OptionAnswer.refused(ErrorNumbers.ENOTCONN);
        }
        return name.length < room ? OptionAnswer.refused(ErrorNumbers.EINVAL) : OptionAnswer.of(name);
    }

    /** Too little room is answered by the size that is needed, with ERANGE. */
    private OptionAnswer peerGroups(int room) {
        Ucred peer = sock.peerCredentials();
        if (peer.uid() == -1) {
            return OptionAnswer.refused(ErrorNumbers.ENODATA);
        }
        int size = peer.groups().size() * Integer.BYTES;
        UserStructure groups = new UserStructure(size);
        for (int i = 0; i < peer.groups().size(); i++) {
            groups.set32(i * Integer.BYTES, peer.groups().get(i));
        }
        byte[] bytes = groups.bytes().toArray(ValueLayout.JAVA_BYTE);
        return room < size ? new OptionAnswer(bytes, ErrorNumbers.ERANGE) : OptionAnswer.of(bytes);
    }
}
