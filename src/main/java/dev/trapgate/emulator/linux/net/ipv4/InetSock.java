package dev.trapgate.emulator.linux.net.ipv4;

import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.net.core.Net;
import dev.trapgate.emulator.linux.net.core.OptionAnswer;
import dev.trapgate.emulator.linux.net.core.Sock;
import dev.trapgate.emulator.linux.net.core.SocketKind;
import org.jspecify.annotations.Nullable;

/** What sockets of the Internet have in common: {@code struct inet_sock} of net/ipv4/af_inet.c and net/ipv6/af_inet6.c. */
abstract class InetSock extends Sock {

    private static final int AF_UNSPEC = 0;
    private static final int FIRST_FREE_PORT = 1024;

    private final InetOptions protocolOptions;
    private Ip bound;
    private Ip source;
    private @Nullable Endpoint peer;
    private int port;
    private int namedPort;
    private boolean portWanted;
    private boolean addressWanted;

    InetSock(Net net, SocketKind kind) {
        super(net, kind);
        bound = any();
        source = bound;
        protocolOptions = new InetOptions(this);
    }

    final boolean isSix() {
        return kind().family() == SocketKind.AF_INET6;
    }

    private Ip any() {
        return isSix() ? Ip.ANY6 : Ip.ANY4;
    }

    /** {@return who has which port of its protocol} */
    abstract PortTable table();

    /** {@return its port, 0 for none: {@code inet_num}} */
    final int port() {
        return port;
    }

    final void setPort(int number) {
        port = number;
        namedPort = number;
    }

    /** {@return whether its port goes with its connection: bind(2) did not ask for it} */
    final boolean lendsPort() {
        return !portWanted;
    }

    /** {@return the address that others reach it at: {@code inet_rcv_saddr}} */
    final Ip boundTo() {
        return bound;
    }

    /** {@return whom it is connected to; null for nobody} */
    final @Nullable Endpoint peer() {
        return peer;
    }

    final InetOptions protocolOptions() {
        return protocolOptions;
    }

    /** {@return where it sends from} */
    final Endpoint local() {
        return new Endpoint(source, port);
    }

    /** {@return whether what is sent to an address reaches it} */
    final boolean isAt(Ip address) {
        if (bound.equals(address)) {
            return true;
        }
        boolean four = bound.isV4();
        if (address.isAny()) {
            return address.isV4() ? four || (bound.equals(Ip.ANY6) && !protocolOptions.isSixOnly()) : !four;
        }
        if (!bound.isAny()) {
            return false;
        }
        return four ? address.isV4() : !address.isV4() || !protocolOptions.isSixOnly();
    }

    /** {@return how well an address fits: its own before any, the same version before another} */
    int score(Ip address) {
        if (bound.equals(address)) {
            return 2;
        }
        return bound.isV4() == address.isV4() ? 1 : 0;
    }

    /** An address that was read, or why it is none. */
    record Parsed(@Nullable Endpoint endpoint, long error) {

        static Parsed refused(long error) {
            return new Parsed(null, error);
        }
    }

    // Names.

    /** {@code inet_bind} and {@code inet6_bind}. */
    @Override
    public final long bind(Task current, byte[] address) {
        Parsed parsed = isSix() ? parseBind6(address) : parseBind4(address);
        Endpoint wanted = parsed.endpoint();
        if (wanted == null) {
            return parsed.error();
        }
        boolean reserved = wanted.port() != 0 && wanted.port() < FIRST_FREE_PORT;
        if (reserved && !current.credentials().capable(Capability.CAP_NET_BIND_SERVICE)) {
            return ErrorNumbers.EACCES;
        }
        if (state() != TCP_CLOSE || port != 0) {
            return ErrorNumbers.EINVAL;
        }
        return bindTo(wanted);
    }

    private long bindTo(Endpoint wanted) {
        Ip address = wanted.address();
        boolean six = isSix() && address.isV4() && protocolOptions.isSixOnly();
        if (six) {
            return ErrorNumbers.EINVAL;
        }
        bound = address;
        source = address.isBroadcast() || address.isMulticast() ? any() : address;
        if (!table().take(this, wanted.port())) {
            forgetAddress();
            return ErrorNumbers.EADDRINUSE;
        }
        addressWanted = !address.isAny();
        if (addressWanted && !address.isV4()) {
            protocolOptions.setSixOnly();
        }
        portWanted = wanted.port() != 0;
        return 0;
    }

    private static Parsed parseBind4(byte... bytes) {
        if (bytes.length < Endpoint.SIZE4) {
            return Parsed.refused(ErrorNumbers.EINVAL);
        }
        Endpoint wanted = Endpoint.read4(bytes);
        int family = Endpoint.family(bytes);
        boolean compatible = family == AF_UNSPEC && wanted.address().isAny();
        if (family != SocketKind.AF_INET && !compatible) {
            return Parsed.refused(ErrorNumbers.EAFNOSUPPORT);
        }
        return isBindable(wanted.address()) ? new Parsed(wanted, 0) : Parsed.refused(ErrorNumbers.EADDRNOTAVAIL);
    }

    private static boolean isBindable(Ip address) {
        return address.isAny() || address.isLocal() || address.isMulticast() || address.isBroadcast();
    }

    private Parsed parseBind6(byte... bytes) {
        if (bytes.length < Endpoint.OLD_SIZE6) {
            return Parsed.refused(ErrorNumbers.EINVAL);
        }
        if (Endpoint.family(bytes) != SocketKind.AF_INET6) {
            return Parsed.refused(ErrorNumbers.EAFNOSUPPORT);
        }
        Endpoint wanted = Endpoint.read6(bytes);
        Ip address = wanted.address();
        boolean streamToMany = address.isMulticast() && !address.isV4() && kind().type() == SocketKind.SOCK_STREAM;
        if (streamToMany || address.isLinkLocal()) {
            return Parsed.refused(ErrorNumbers.EINVAL);
        }
        return isBindable(address) ? new Parsed(wanted, 0) : Parsed.refused(ErrorNumbers.EADDRNOTAVAIL);
    }

    /** {@return the endpoint that a connection or message is for; −EINVAL or −EAFNOSUPPORT} */
    final Parsed parseDestination(byte... bytes) {
        int size = isSix() ? Endpoint.OLD_SIZE6 : Endpoint.SIZE4;
        if (bytes.length < size) {
            return Parsed.refused(ErrorNumbers.EINVAL);
        }
        if (Endpoint.family(bytes) != kind().family()) {
            return Parsed.refused(ErrorNumbers.EAFNOSUPPORT);
        }
        return new Parsed(isSix() ? Endpoint.read6(bytes) : Endpoint.read4(bytes), 0);
    }

    /**
     * Finds the way to an address: {@code ip_route_output_flow}. Any address means the machine itself.
     *
     * @param wanted where to
     * @return where it leads to; −ENETUNREACH beyond the loopback
     */
    final Parsed route(Endpoint wanted) {
        Ip address = wanted.address();
        if (address.isV4() && isSix() && protocolOptions.isSixOnly()) {
            return Parsed.refused(ErrorNumbers.ENETUNREACH);
        }
        boolean four = address.isV4() || (address.isAny() && source.isV4());
        if (address.isAny()) {
            Ip loopback = four ? Ip.LOOPBACK4 : Ip.LOOPBACK6;
            return new Parsed(new Endpoint(source.isAny() ? loopback : source, wanted.port()), 0);
        }
        boolean reachable = address.isLocal() || address.isBroadcast();
        return reachable && (source.isAny() || source.isV4() == four)
                ? new Parsed(wanted, 0)
                : Parsed.refused(ErrorNumbers.ENETUNREACH);
    }

    /** Gives it a port if it has none: {@code inet_autobind}. */
    final long autobind() {
        return port != 0 || table().take(this, 0) ? 0 : ErrorNumbers.EAGAIN;
    }

    /** Connects it to an endpoint: from here on it has an address. */
    final void setPeer(Endpoint other) {
        peer = other;
        if (source.isAny()) {
            source = other.address().isV4() ? Ip.LOOPBACK4 : Ip.LOOPBACK6;
        }
        if (bound.isAny()) {
            bound = source;
        }
    }

    /** Makes it the end of a connection that another began. */
    final void accept(InetSock listener, Endpoint here, Endpoint other) {
        bound = here.address();
        source = here.address();
        peer = other;
        addressWanted = listener.addressWanted;
        table().add(this, here.port());
        options().inherit(listener.options());
        protocolOptions.inherit(listener.protocolOptions);
    }

    /** Ends what it was connected to; what bind(2) asked for stays. */
    final void forgetPeer() {
        peer = null;
        if (!addressWanted) {
            forgetAddress();
        }
        if (!portWanted) {
            forgetPort();
            // __udp_disconnect; a stream keeps inet_sport, which getsockname(2) tells.
            namedPort = kind().type() == SocketKind.SOCK_STREAM ? namedPort : 0;
        }
    }

    private void forgetAddress() {
        bound = any();
        source = bound;
    }

    /** Gives its port back. */
    final void forgetPort() {
        table().remove(this);
        port = 0;
    }

    @Override
    public final byte @Nullable [] name(Side side) {
        if (side == Side.OWN) {
            Ip address = bound.isAny() ? source : bound;
            return new Endpoint(address, namedPort).write(kind().family());
        }
        Endpoint other = peer;
        if (other == null || other.port() == 0 || (side != Side.ACCEPTED && !isConnected())) {
            return null;
        }
        return other.write(kind().family());
    }

    /** {@return whether getpeername(2) tells the peer} */
    abstract boolean isConnected();

    // Options.

    /** Forgets errors that it kept for the program: {@code skb_errqueue_purge}. */
    void forgetErrors() {
        // A stream has none: what it hears of is no ICMP message.
    }

    @Override
    public final long setOption(Task current, int level, int name, OptionValue value) {
        return protocolOptions.set(current, level, name, value);
    }

    @Override
    public final boolean hasLevel(int level) {
        return protocolOptions.hasLevel(level);
    }

    @Override
    public final OptionAnswer option(Task current, int level, int name, int room) {
        return protocolOptions.get(level, name, room);
    }

    static long put(Task current, long to, long value) {
        return current.uaccess().putUser32(to, value) ? 0 : ErrorNumbers.EFAULT;
    }
}
