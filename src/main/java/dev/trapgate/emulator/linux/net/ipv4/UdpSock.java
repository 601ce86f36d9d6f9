package dev.trapgate.emulator.linux.net.ipv4;

import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.net.core.Message;
import dev.trapgate.emulator.linux.net.core.Net;
import dev.trapgate.emulator.linux.net.core.ScmCookie;
import dev.trapgate.emulator.linux.net.core.SkBuff;
import dev.trapgate.emulator.linux.net.core.SockOptions;
import dev.trapgate.emulator.linux.net.core.SocketKind;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Datagrams over the loopback: net/ipv4/udp.c and net/ipv6/udp.c, Linux 6.18. */
final class UdpSock extends InetSock {

    private static final int AF_UNSPEC = 0;
    private static final int MOST = 65_507;
    private static final int MOST6 = 65_527;
    private static final int IP_MAX_MTU = 65_535;
    private static final int LOOPBACK_MTU = 65_536;
    private static final int SIOCINQ = 0x541b;
    private static final int SIOCOUTQ = 0x5411;

    private final ErrorQueue errors = new ErrorQueue();

    UdpSock(Net net, SocketKind kind) {
        super(net, kind);
    }

    @Override
    PortTable table() {
        return net().table(PortTable.Udp.class, PortTable.Udp::new);
    }

    @Override
    boolean isConnected() {
        return true;
    }

    private int receiveMemory() {
        return receiveQueue().stream().mapToInt(SkBuff::truesize).sum() + errors.memory();
    }

    /** {@code ip4_datagram_connect}; AF_UNSPEC ends a connection. */
    @Override
    public long connect(Task current, byte[] address, Message how) {
        if (address.length < Short.BYTES) {
            return ErrorNumbers.EINVAL;
        }
        if (Endpoint.family(address) == AF_UNSPEC) {
            setState(TCP_CLOSE);
            forgetPeer();
            return 0;
        }
        Parsed parsed = isSix() && isOf(SocketKind.AF_INET, address) ? fourFromSix(address) : parseDestination(address);
        Endpoint wanted = parsed.endpoint();
        long bound = autobind();
        if (wanted == null || bound != 0) {
            return wanted == null ? parsed.error() : bound;
        }
        Parsed routed = route(wanted);
        Endpoint other = routed.endpoint();
        if (other == null) {
            return routed.error();
        }
        if (other.address().isBroadcast() && !options().has(SockOptions.SO_BROADCAST)) {
            return ErrorNumbers.EACCES;
        }
        setPeer(other);
        setState(TCP_ESTABLISHED);
        return 0;
    }

    /** {@code udp_sendmsg}. */
    @Override
    public long send(Task current, Message message) {
        long size = message.data().count();
        if (autobind() != 0) {
            return ErrorNumbers.EAGAIN;
        }
        if (size > 0xffff) {
            return ErrorNumbers.EMSGSIZE;
        }
        if (message.has(Message.MSG_OOB)) {
            return ErrorNumbers.EOPNOTSUPP;
        }
        Parsed wanted = destination(message);
        if (wanted.endpoint() == null) {
            return wanted.error();
        }
        UdpControl control =
                new UdpControl(isSix() && !wanted.endpoint().address().isV4());
        long refusal = control.read(current, message);
        if (refusal != 0) {
            return refusal;
        }
        Parsed found = message.name() == null ? wanted : route(wanted.endpoint());
        Endpoint to = found.endpoint();
        if (to == null) {
            return found.error();
        }
        if (to.address().isBroadcast() && !options().has(SockOptions.SO_BROADCAST)) {
            return ErrorNumbers.EACCES;
        }
        if (size > (to.address().isV4() ? MOST : MOST6)) {
            return tooLong(to);
        }
        long told = takeError();
        if (told != 0 || isShutdown(SEND_SHUTDOWN)) {
            return told != 0 ? told : ErrorNumbers.EPIPE;
        }
        byte[] bytes = new byte[(int) size];
        if (message.data().copyFrom(MemorySegment.ofArray(bytes), 0, size) < size) {
            return ErrorNumbers.EFAULT;
        }
        return control.isTooMuch(size) ? ErrorNumbers.EINVAL : deliverAll(to, control.segment(bytes.length), bytes);
    }

    private Parsed destination(Message message) {
        byte[] name = message.name();
        boolean unspecified = name != null && isSix() && isOf(AF_UNSPEC, name);
        if (name == null || unspecified) {
            Endpoint other = peer();
            return state() == TCP_ESTABLISHED && other != null
                    ? new Parsed(other, 0)
                    : Parsed.refused(ErrorNumbers.EDESTADDRREQ);
        }
        Parsed parsed = isSix() ? parse6(name) : parse4(name);
        Endpoint wanted = parsed.endpoint();
        if (wanted == null) {
            return parsed;
        }
        return wanted.port() == 0 ? Parsed.refused(ErrorNumbers.EINVAL) : parsed;
    }

    private static boolean isOf(int family, byte... name) {
        return name.length >= Short.BYTES && Endpoint.family(name) == family;
    }

    /** A name without a family is one of version 4. */
    private static Parsed parse4(byte... name) {
        if (name.length < Endpoint.SIZE4) {
            return Parsed.refused(ErrorNumbers.EINVAL);
        }
        boolean known = isOf(SocketKind.AF_INET, name) || isOf(AF_UNSPEC, name);
        return known ? new Parsed(Endpoint.read4(name), 0) : Parsed.refused(ErrorNumbers.EAFNOSUPPORT);
    }

    /** {@code __ip6_datagram_connect}: a name of version 4 is connected to as such. */
    private Parsed fourFromSix(byte... name) {
        return protocolOptions().isSixOnly() ? Parsed.refused(ErrorNumbers.EAFNOSUPPORT) : parse4(name);
    }

    /** {@code udpv6_sendmsg}: a name of version 4 is sent to as such. */
    private Parsed parse6(byte... name) {
        if (isOf(SocketKind.AF_INET, name)) {
            return protocolOptions().isSixOnly() ? Parsed.refused(ErrorNumbers.ENETUNREACH) : parse4(name);
        }
        boolean whole = isOf(SocketKind.AF_INET6, name) && name.length >= Endpoint.OLD_SIZE6;
        return whole ? new Parsed(Endpoint.read6(name), 0) : Parsed.refused(ErrorNumbers.EINVAL);
    }

    private long tooLong(Endpoint to) {
        boolean four = to.address().isV4();
        if (protocolOptions().keepsErrors(four)) {
            Endpoint other = peer();
            int port = other == null ? 0 : other.port();
            errors.addTooLong(four ? new Endpoint(to.address(), port) : to, four ? IP_MAX_MTU : LOOPBACK_MTU);
            reportError();
        }
        return ErrorNumbers.EMSGSIZE;
    }

    /** Bytes that are to go in segments arrive in as many datagrams: {@code udp_rcv_segment}. */
    private long deliverAll(Endpoint to, int segment, byte... bytes) {
        deliver(to, Arrays.copyOf(bytes, Math.min(segment, bytes.length)));
        for (int at = segment; at < bytes.length; at += segment) {
            deliver(to, Arrays.copyOfRange(bytes, at, Math.min(at + segment, bytes.length)));
        }
        return bytes.length;
    }

    private void deliver(Endpoint to, byte... bytes) {
        Endpoint from = new Endpoint(sourceFor(to), port());
        InetSock found = table().find(to, candidate -> candidate instanceof UdpSock udp && udp.takesFrom(from));
        if (found instanceof UdpSock receiver) {
            receiver.take(from, bytes);
        } else if (!to.address().isBroadcast()) {
            refused(to, bytes);
        }
    }

    /**
     * Hears by an ICMP message that nobody has a port: {@code __udp4_lib_err}, {@code __udp6_lib_err}. A message about another
     * than the peer finds no socket.
     */
    private void refused(Endpoint to, byte... sent) {
        Endpoint other = peer();
        boolean keeps = protocolOptions().keepsErrors(to.address().isV4());
        if (other == null ? !keeps : !to.equals(other)) {
            return;
        }
        if (keeps) {
            errors.addRefusal(to, sent);
        }
        setError(ErrorNumbers.ECONNREFUSED);
        reportError();
    }

    /** Wakes whoever waits for an error: {@code sk_error_report}. */
    void reportError() {
        wake(FileOperations.POLLERR);
    }

    @Override
    void forgetErrors() {
        errors.clear();
    }

    private Ip sourceFor(Endpoint to) {
        Ip source = local().address();
        if (!source.isAny()) {
            return source;
        }
        return to.address().isV4() ? Ip.LOOPBACK4 : Ip.LOOPBACK6;
    }

    private boolean takesFrom(Endpoint from) {
        Endpoint other = peer();
        return other == null || other.equals(from);
    }

    /** A connected socket is preferred: {@code compute_score}. */
    @Override
    int score(Ip address) {
        return super.score(address) + (peer() == null ? 0 : 4);
    }

    private void take(Endpoint from, byte... bytes) {
        int truesize = SkBuff.truesize(bytes.length, 0);
        if (receiveMemory() + truesize > options().receiveBuffer()) {
            return;
        }
        byte[] sender = from.write(kind().family());
        receiveQueue().add(new SkBuff(bytes, truesize, null, sender, ScmCookie.NONE));
        dataReady();
    }

    /** {@code udp_recvmsg}. */
    @Override
    public long receive(Task current, Message message) {
        if (message.has(Message.MSG_ERRQUEUE)) {
            return errors.receive(current, this, message);
        }
        long deadline = receiveDeadline(message);
        while (true) {
            long told = takeError();
            if (told != 0) {
                return told;
            }
            SkBuff first = receiveQueue().peek();
            if (first != null) {
                return read(message, first);
            }
            if (deadline == NOW) {
                return ErrorNumbers.EAGAIN;
            }
            if (isShutdown(RCV_SHUTDOWN)) {
                return 0;
            }
            long waited = await(current, queue(), WaitQueue.Share.EXCLUSIVE, deadline, this::hasNews);
            if (waited != 0) {
                return waited;
            }
        }
    }

    private boolean hasNews() {
        return !receiveQueue().isEmpty() || error() != 0 || isShutdown(RCV_SHUTDOWN);
    }

    private long read(Message message, SkBuff first) {
        boolean peeks = message.has(Message.MSG_PEEK);
        int skip = Math.min(options().peekOffset(message), first.length());
        int whole = first.length() - skip;
        long size = Math.min(message.data().count(), whole);
        if (size < whole) {
            message.tell(Message.MSG_TRUNC);
        }
        boolean copied = message.data().copyTo(first.unread(), skip, size) == size;
        if (!peeks) {
            receiveQueue().remove();
        }
        if (!copied) {
            return ErrorNumbers.EFAULT;
        }
        message.setName(first.from());
        options().movePeekOffset(message, peeks ? (int) size : first.length());
        return message.has(Message.MSG_TRUNC) ? whole : size;
    }

    /** {@code inet_shutdown}: a socket without a peer is shut down all the same. */
    @Override
    public long shutdown(int directions) {
        addShutdown(directions);
        stateChange();
        return state() == TCP_CLOSE ? ErrorNumbers.ENOTCONN : 0;
    }

    /** {@code datagram_poll}. */
    @Override
    public int poll() {
        int mask = WRITABLE | (error() != 0 || !errors.isEmpty() ? FileOperations.POLLERR : 0);
        if (isShutdown(RCV_SHUTDOWN)) {
            mask |= FileOperations.POLLRDHUP | READABLE;
        }
        if (shutdownMask() == SHUTDOWN_MASK) {
            mask |= FileOperations.POLLHUP;
        }
        return receiveQueue().isEmpty() ? mask : mask | READABLE;
    }

    @Override
    public long ioctl(Task current, int command, long argument) {
        @Nullable SkBuff first = receiveQueue().peek();
        return switch (command) {
            case SIOCOUTQ -> put(current, argument, 0);
            case SIOCINQ -> put(current, argument, first == null ? 0 : first.length());
            default -> ErrorNumbers.ENOTTY;
        };
    }

    @Override
    public void release() {
        orphan();
        addShutdown(SHUTDOWN_MASK);
        setState(TCP_CLOSE);
        forgetPort();
        receiveQueue().clear();
    }
}
