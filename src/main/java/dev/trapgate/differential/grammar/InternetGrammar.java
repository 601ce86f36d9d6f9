package dev.trapgate.differential.grammar;

import dev.trapgate.differential.grammar.Production.Result;
import dev.trapgate.notation.CallArgument;
import dev.trapgate.notation.CallArgument.Initializer;
import dev.trapgate.notation.CallArgument.Input;
import dev.trapgate.notation.CallArgument.Output;
import dev.trapgate.notation.CallArgument.Scalar;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;

/**
 * TCP and UDP on the loopback of both versions of IP, never waiting. Names are of ports that the kernel gives nobody by
 * itself, or leave the choice to it.
 */
final class InternetGrammar implements Grammar {

    private static final int ROOM = 28;
    private static final byte[][] PORTS = {{0x27, 0x10}, {0x27, 0x11}, {0x27, 0x12}, {0, 0}};
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final byte[] LOOPBACK6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};

    @Override
    public List<Production> productions() {
        return Stream.of(names(), messages(), options(), files())
                .flatMap(List::stream)
                .toList();
    }

    /** As a rule two sockets that are connected, or two of datagrams that have names. */
    @Override
    public void begin(Situation s) {
        switch (s.below(4)) {
            case 0, 1 -> connection(s);
            case 2 -> {
                datagrams(s, PORTS[0]);
                datagrams(s, PORTS[1]);
            }
            default -> {
                // Whatever comes.
            }
        }
    }

    private static void connection(Situation s) {
        CallArgument listener = made(s, "socket", s.constant("AF_INET"), s.constant("SOCK_STREAM"), zero());
        CallArgument name = four(zero(), PORTS[0], LOOPBACK);
        s.make("bind", listener, name, new Scalar(16));
        s.make("listen", listener, s.number(0, 1, 2));
        CallArgument client = made(s, "socket", s.constant("AF_INET"), s.constant("SOCK_STREAM"), zero());
        s.make("connect", client, name, new Scalar(16));
        if (!s.once(5)) {
            made(s, "accept4", listener, zero(), zero(), s.constant("SOCK_NONBLOCK"));
        }
        for (CallArgument each : List.of(listener, client)) {
            s.make("fcntl", each, s.constant("F_SETFL"), s.constant("O_NONBLOCK"));
        }
    }

    private static CallArgument made(Situation s, String call, CallArgument... arguments) {
        return s.make(Result.INTERNET, call, arguments);
    }

    private static void datagrams(Situation s, byte[] port) {
        CallArgument socket =
                made(s, "socket", s.constant("AF_INET"), Situation.flags("SOCK_DGRAM", "SOCK_NONBLOCK"), zero());
        s.make("bind", socket, four(zero(), port, LOOPBACK), new Scalar(16));
    }

    private static CallArgument zero() {
        return new Scalar(0);
    }

    private static CallArgument socket(Situation s) {
        return s.descriptor(Result.INTERNET);
    }

    // ---- names

    private static List<Production> names() {
        return List.of(
                Production.of(12, "socket", s -> List.of(family(s), type(s), s.number(0, 0, 0, 0, 6, 17, 1)))
                        .giving(Result.INTERNET),
                Production.of(14, "bind", s -> FileGrammar.join(socket(s), name(s))),
                Production.of(16, "connect", s -> FileGrammar.join(socket(s), name(s))),
                Production.of(8, "listen", s -> List.of(socket(s), s.number(0, 1, 1, 5, -1))),
                Production.of(
                                12,
                                "accept4",
                                s -> List.of(socket(s), place(s), length(s), Situation.flags("SOCK_NONBLOCK")))
                        .giving(Result.INTERNET),
                Production.of(10, "getsockname", s -> List.of(socket(s), place(s), length(s))),
                Production.of(10, "getpeername", s -> List.of(socket(s), place(s), length(s))),
                Production.of(8, "shutdown", s -> List.of(socket(s), s.number(0, 1, 1, 2, 3, -1))));
    }

    private static CallArgument family(Situation s) {
        return s.constant("AF_INET", "AF_INET", "AF_INET6");
    }

    private static CallArgument type(Situation s) {
        return Situation.flags(
                s.one("SOCK_STREAM", "SOCK_STREAM", "SOCK_DGRAM", "SOCK_DGRAM", "SOCK_RDM"), "SOCK_NONBLOCK");
    }

    private static CallArgument four(CallArgument family, byte[] port, byte[] address) {
        CallArgument known = family instanceof Scalar scalar && scalar.value() == 0 ? new Scalar(2) : family;
        return Situation.structure(
                "sockaddr_in",
                Situation.field("sin_family", known),
                Situation.field("sin_port", bytes(port)),
                Situation.field("sin_addr", bytes(address)));
    }

    private static Input bytes(byte... content) {
        return new Input(MemorySegment.ofArray(content.clone()).asReadOnly());
    }

    /** A name and its length: of the loopback, or of all there is; at times of the other version, or cut short. */
    private static List<CallArgument> name(Situation s) {
        if (s.once(25)) {
            return List.of(s.badPointer(), s.number(16, ROOM));
        }
        byte[] port = s.one(PORTS);
        if (s.once(3)) {
            CallArgument six = Situation.structure(
                    "sockaddr_in6",
                    Situation.field("sin6_family", s.number(10, 10, 10, 10, 10, 2, 0)),
                    Situation.field("sin6_port", bytes(port)),
                    Situation.field("sin6_addr", bytes(s.one(LOOPBACK6, LOOPBACK6, MAPPED, new byte[16]))));
            return List.of(six, s.number(ROOM, ROOM, ROOM, ROOM, 24, 16, 23));
        }
        byte[] address = s.one(LOOPBACK, LOOPBACK, LOOPBACK, new byte[] {127, 0, 0, 2}, new byte[4]);
        return List.of(
                four(s.number(2, 2, 2, 2, 2, 2, 10, 0, 1), port, address), s.number(16, 16, 16, 16, 16, 15, ROOM, 2));
    }

    private static CallArgument place(Situation s) {
        return s.once(12) ? s.number(0, 1) : Situation.structure(s.one("sockaddr_in", "sockaddr_in", "sockaddr_in6"));
    }

    private static CallArgument length(Situation s) {
        return s.once(20) ? s.badPointer() : integer(s.one(16, 16, 16, 4, 2, 0, -1));
    }

    private static CallArgument integer(int value) {
        return Situation.structure("int", Situation.field("", new Scalar(value)));
    }

    // ---- messages

    private static List<Production> messages() {
        return List.of(
                Production.of(16, "sendto", InternetGrammar::send),
                Production.of(
                        18,
                        "recvfrom",
                        s -> FileGrammar.join(socket(s), s.sink(), receiveFlags(s), place(s), length(s))),
                Production.of(8, "sendmsg", s -> List.of(socket(s), header(s, "msghdr", false), sendFlags(s))),
                Production.of(8, "recvmsg", s -> List.of(socket(s), header(s, "msghdr", true), receiveFlags(s))),
                Production.of(
                        6, "sendmmsg", s -> List.of(socket(s), many(s, false), s.number(1, 2, 2, 0), sendFlags(s))),
                Production.of(
                        6,
                        "recvmmsg",
                        s -> List.of(socket(s), many(s, true), s.number(1, 2, 2, 0), receiveFlags(s), zero())));
    }

    private static List<CallArgument> send(Situation s) {
        List<CallArgument> target = s.once(2) ? List.of(zero(), zero()) : name(s);
        return FileGrammar.join(socket(s), s.source(), sendFlags(s), target.get(0), target.get(1));
    }

    private static CallArgument sendFlags(Situation s) {
        return s.anyOf("MSG_DONTWAIT", "MSG_NOSIGNAL", "MSG_EOR", "MSG_CONFIRM");
    }

    private static CallArgument receiveFlags(Situation s) {
        return s.anyOf("MSG_DONTWAIT", "MSG_PEEK", "MSG_TRUNC", "MSG_WAITALL", "MSG_ERRQUEUE");
    }

    private static CallArgument header(Situation s, String structure, boolean receives) {
        return s.once(20) ? s.badPointer() : Situation.structure(structure, fields(s, receives));
    }

    private static Initializer[] fields(Situation s, boolean receives) {
        List<CallArgument> name = receives
                ? List.of(s.once(2) ? zero() : Situation.structure("sockaddr_in"), s.number(16, 16, 4, 0))
                : s.once(2) ? List.of(zero(), zero()) : name(s);
        List<CallArgument> vector = s.vector(receives);
        return new Initializer[] {
            Situation.field("msg_name", name.get(0)),
            Situation.field("msg_namelen", name.get(1)),
            Situation.field("msg_iov", vector.get(0)),
            Situation.field("msg_iovlen", vector.get(1))
        };
    }

    private static CallArgument many(Situation s, boolean receives) {
        return s.once(20)
                ? s.badPointer()
                : new CallArgument.Structured(
                        "mmsghdr",
                        Stream.generate(() -> new CallArgument.Fields(
                                        List.of(Situation.field("msg_hdr", Situation.fields(fields(s, receives))))))
                                .limit(2)
                                .toList());
    }

    // ---- options

    private static List<Production> options() {
        return List.of(
                Production.of(6, "setsockopt", s -> option(s, "SOL_SOCKET", true)),
                Production.of(8, "getsockopt", s -> option(s, "SOL_SOCKET", false)),
                Production.of(5, "setsockopt", s -> option(s, "IPPROTO_TCP", true)),
                Production.of(5, "getsockopt", s -> option(s, "IPPROTO_TCP", false)),
                Production.of(4, "setsockopt", s -> option(s, "IPPROTO_IP", true)),
                Production.of(4, "getsockopt", s -> option(s, "IPPROTO_IP", false)),
                Production.of(4, "setsockopt", s -> option(s, "IPPROTO_IPV6", true)),
                Production.of(4, "getsockopt", s -> option(s, "IPPROTO_IPV6", false)));
    }

    private static List<CallArgument> option(Situation s, String level, boolean sets) {
        CallArgument name =
                switch (level) {
                    case "SOL_SOCKET" ->
                        s.constant(
                                "SO_REUSEADDR",
                                "SO_REUSEPORT",
                                "SO_KEEPALIVE",
                                "SO_ERROR",
                                "SO_TYPE",
                                "SO_DOMAIN",
                                "SO_PROTOCOL",
                                "SO_ACCEPTCONN",
                                "SO_BROADCAST",
                                "SO_OOBINLINE",
                                "SO_LINGER",
                                "SO_RCVLOWAT");
                    case "IPPROTO_TCP" -> s.constant("TCP_NODELAY", "TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT");
                    case "IPPROTO_IP" -> s.constant("IP_TTL", "IP_TOS", "IP_MTU_DISCOVER");
                    default -> s.constant("IPV6_V6ONLY", "IPV6_UNICAST_HOPS");
                };
        CallArgument about = s.once(20) ? s.number(-1, 999) : name;
        CallArgument size = s.number(4, 4, 4, 8, 3, 1, 0, -1);
        return sets
                ? List.of(socket(s), s.constant(level), about, linger(s), size)
                : List.of(socket(s), s.constant(level), about, new Output(16), integer(s.one(4, 4, 8, 2, 0, 16, -1)));
    }

    /** A number, and one behind it. */
    private static CallArgument linger(Situation s) {
        return s.once(20)
                ? s.badPointer()
                : Situation.structure(
                        "linger",
                        Situation.field("l_onoff", s.number(0, 1, 1, 2, 5, 64, 255, 256, -1)),
                        Situation.field("l_linger", s.number(0, 0, 5)));
    }

    // ---- as files

    private static List<Production> files() {
        return List.of(
                Production.of(12, "read", s -> FileGrammar.join(socket(s), s.sink())),
                Production.of(12, "write", s -> FileGrammar.join(socket(s), s.source())),
                Production.of(3, "readv", s -> FileGrammar.join(socket(s), s.vector(true))),
                Production.of(3, "writev", s -> FileGrammar.join(socket(s), s.vector(false))),
                Production.of(
                        12,
                        "poll",
                        s -> List.of(
                                Situation.structure(
                                        "pollfd",
                                        Situation.field("fd", socket(s)),
                                        Situation.field("events", s.number(1, 4, 5, 0, 0x3fff))),
                                s.number(1),
                                s.number(0))),
                Production.of(
                        5,
                        "epoll_ctl",
                        s -> List.of(
                                s.epoll(),
                                s.constant("EPOLL_CTL_ADD"),
                                socket(s),
                                Situation.structure(
                                        "epoll_event",
                                        Situation.field("events", s.number(1, 4, 5, 0x2001, 0x8000_0005L)),
                                        Situation.field("data", s.number(7, 8))))),
                Production.of(2, "lseek", s -> List.of(socket(s), s.offset(), s.number(0, 1))),
                Production.of(3, "ioctl", s -> List.of(socket(s), s.constant("FIONREAD", "SIOCATMARK"), integer(7))),
                Production.of(3, "dup", s -> List.of(socket(s))).giving(Result.INTERNET),
                Production.of(7, "close", s -> List.of(socket(s))));
    }
}
