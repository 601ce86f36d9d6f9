package dev.trapgate.differential.grammar;

import dev.trapgate.abi.Abi;
import dev.trapgate.differential.grammar.Production.Result;
import dev.trapgate.notation.CallArgument;
import dev.trapgate.notation.CallArgument.Flags;
import dev.trapgate.notation.CallArgument.Initializer;
import dev.trapgate.notation.CallArgument.Input;
import dev.trapgate.notation.CallArgument.Output;
import dev.trapgate.notation.CallArgument.Scalar;
import dev.trapgate.notation.CallArgument.Term;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Sockets within the machine that never wait; pipes' calls are made on pairs of them too. */
final class SocketGrammar implements Grammar {

    private static final int ROOM = 110;
    private static final int CONTROL = 48;
    private static final long SCM_RIGHTS = 1;
    private static final long SCM_CREDENTIALS = 2;

    @Override
    public List<Production> productions() {
        List<Production> all = new ArrayList<>(names());
        all.addAll(messages());
        all.addAll(options());
        return all;
    }

    private static List<Production> names() {
        return List.of(
                Production.of(25, "socketpair", s -> List.of(family(s), type(s), s.number(0, 0, 0, 1, 17), s.pair())),
                Production.of(15, "socket", s -> List.of(family(s), type(s), s.number(0)))
                        .giving(Result.FILE),
                Production.of(15, "bind", s -> FileGrammar.join(s.file(), name(s))),
                Production.of(15, "connect", s -> FileGrammar.join(any(s), name(s))),
                Production.of(8, "listen", s -> List.of(s.file(), s.number(0, 1, 5, -1))),
                Production.of(12, "accept4", s -> List.of(s.file(), place(s), length(s), new Flags(nonblocking())))
                        .giving(Result.FILE),
                Production.of(8, "getsockname", s -> List.of(any(s), place(s), length(s))),
                Production.of(8, "getpeername", s -> List.of(any(s), place(s), length(s))),
                Production.of(8, "shutdown", s -> List.of(any(s), s.number(0, 1, 2, 3, -1))));
    }

    private static List<Production> messages() {
        return List.of(
                Production.of(20, "sendto", s -> send(s)),
                Production.of(
                        20, "recvfrom", s -> FileGrammar.join(any(s), s.sink(), receiveFlags(s), place(s), length(s))),
                Production.of(20, "sendmsg", s -> List.of(any(s), one(sent(s)), sendFlags(s))),
                Production.of(20, "recvmsg", s -> List.of(any(s), one(received(s)), receiveFlags(s))),
                Production.of(
                        8,
                        "sendmmsg",
                        s -> List.of(any(s), several(s, SocketGrammar::sent), s.number(1, 2, 2, 0), sendFlags(s))),
                Production.of(
                        8,
                        "recvmmsg",
                        s -> List.of(
                                any(s),
                                several(s, SocketGrammar::received),
                                s.number(1, 2, 2, 0),
                                s.once(3) ? s.constant("MSG_WAITFORONE") : receiveFlags(s),
                                s.number(0, 0, 0, 1))),
                Production.of(2, "getpid", s -> List.of()).giving(Result.PROCESS),
                Production.of(5, "ioctl", s -> List.of(any(s), s.constant("SIOCOUTQ", "FIONREAD"), integer(0))));
    }

    private static List<Production> options() {
        return List.of(
                Production.of(
                        8,
                        "setsockopt",
                        s -> List.of(
                                any(s),
                                s.constant("SOL_SOCKET"),
                                s.constant("SO_SNDBUF", "SO_RCVBUF", "SO_RCVLOWAT", "SO_PEEK_OFF", "SO_REUSEADDR"),
                                integer(s.one(0, 1, 2, 5000, 20_000, -1)),
                                s.number(4, 4, 4, 3, 8))),
                Production.of(
                        8,
                        "getsockopt",
                        s -> List.of(
                                any(s),
                                s.constant("SOL_SOCKET"),
                                s.constant(
                                        "SO_TYPE",
                                        "SO_ERROR",
                                        "SO_SNDBUF",
                                        "SO_RCVBUF",
                                        "SO_ACCEPTCONN",
                                        "SO_PEEK_OFF"),
                                new Output(16),
                                integer(s.one(4, 4, 2, 0, 16, -1)))));
    }

    private static CallArgument any(Situation s) {
        return s.once(3) ? s.file() : s.end(s.below(2));
    }

    private static CallArgument family(Situation s) {
        return s.once(30) ? s.number(-1, 46) : s.constant("AF_UNIX");
    }

    private static List<Term> nonblocking() {
        return List.of(new Term.Constant("SOCK_NONBLOCK"));
    }

    private static CallArgument type(Situation s) {
        String type = s.one("SOCK_STREAM", "SOCK_STREAM", "SOCK_DGRAM", "SOCK_DGRAM", "SOCK_SEQPACKET", "SOCK_RDM");
        List<Term> terms = new ArrayList<>(nonblocking());
        terms.addFirst(new Term.Constant(type));
        if (s.once(6)) {
            terms.add(new Term.Constant("SOCK_CLOEXEC"));
        }
        return new Flags(terms);
    }

    private static CallArgument integer(int value) {
        return Situation.structure("int", Situation.field("", new Scalar(value)));
    }

    private static CallArgument place(Situation s) {
        return s.once(12) ? s.number(0, 1) : Situation.structure("sockaddr_un");
    }

    private static CallArgument length(Situation s) {
        return s.once(20) ? s.badPointer() : integer(s.one(ROOM, ROOM, 4, 2, 0, -1));
    }

    /** A name and its length: never one that the kernel chooses, for that is random. */
    private static List<CallArgument> name(Situation s) {
        if (s.once(20)) {
            return List.of(s.badPointer(), s.number(3, ROOM));
        }
        String path = s.one("\0one", "\0two", "a", "b", "d/sock", "sock", "none/x");
        byte[] bytes = path.getBytes(StandardCharsets.ISO_8859_1);
        CallArgument address = Situation.structure(
                "sockaddr_un",
                Situation.field("sun_family", s.once(20) ? s.number(0, 2) : s.constant("AF_UNIX")),
                Situation.field(
                        "sun_path", new Input(MemorySegment.ofArray(bytes).asReadOnly())));
        boolean isAbstract = bytes[0] == 0;
        return List.of(
                address, isAbstract ? new Scalar(2L + bytes.length) : s.number(ROOM, ROOM, 2L + bytes.length, 1, 111));
    }

    private static List<CallArgument> target(Situation s) {
        return s.once(2) ? List.of(new Scalar(0), new Scalar(0)) : name(s);
    }

    private static List<CallArgument> send(Situation s) {
        List<CallArgument> target = target(s);
        return FileGrammar.join(any(s), s.source(), sendFlags(s), target.get(0), target.get(1));
    }

    private static CallArgument sendFlags(Situation s) {
        return s.anyOf("MSG_DONTWAIT", "MSG_NOSIGNAL", "MSG_EOR", "MSG_MORE");
    }

    private static CallArgument receiveFlags(Situation s) {
        return s.anyOf("MSG_DONTWAIT", "MSG_PEEK", "MSG_TRUNC", "MSG_WAITALL", "MSG_CMSG_CLOEXEC");
    }

    private static CallArgument several(Situation s, Function<Situation, List<Initializer>> header) {
        return s.once(20)
                ? s.badPointer()
                : new CallArgument.Structured(
                        "mmsghdr",
                        Stream.generate(() -> header.apply(s))
                                .limit(2)
                                .map(fields -> new CallArgument.Fields(
                                        List.of(Situation.field("msg_hdr", new CallArgument.Fields(fields)))))
                                .toList());
    }

    private static CallArgument one(List<Initializer> fields) {
        return new CallArgument.Structured("msghdr", List.of(new CallArgument.Fields(fields)));
    }

    private static List<Initializer> sent(Situation s) {
        List<CallArgument> vector = s.vector(false);
        List<CallArgument> name = target(s);
        List<CallArgument> control =
                switch (s.below(5)) {
                    case 0, 1 -> rights(s);
                    case 2 -> credentials(s);
                    default -> List.of(new Scalar(0), new Scalar(0));
                };
        return header(name.get(0), name.get(1), vector, control);
    }

    private static List<Initializer> received(Situation s) {
        List<CallArgument> control = s.once(3)
                ? List.of(new Scalar(0), new Scalar(0))
                : List.of(new Output(CONTROL), s.number(CONTROL, CONTROL, 24, 20, 16, 12, 8, 0));
        CallArgument name = s.once(2) ? new Scalar(0) : Situation.structure("sockaddr_un");
        return header(name, s.number(ROOM, 4, 0), s.vector(true), control);
    }

    private static List<Initializer> header(
            CallArgument name, CallArgument length, List<CallArgument> vector, List<CallArgument> control) {
        return List.of(
                Situation.field("msg_name", name),
                Situation.field("msg_namelen", length),
                Situation.field("msg_iov", vector.get(0)),
                Situation.field("msg_iovlen", vector.get(1)),
                Situation.field("msg_control", control.get(0)),
                Situation.field("msg_controllen", control.get(1)));
    }

    /** A control message with one descriptor, or with two: pairs of integers, as the convention's header has them. */
    private static List<CallArgument> rights(Situation s) {
        List<CallArgument> descriptors = new ArrayList<>();
        for (int count = 1 + s.below(2); count > 0; count--) {
            descriptors.add(s.any());
        }
        return control(
                s, s.number(1, 1, 1, 1, 2), s.number(SCM_RIGHTS, SCM_RIGHTS, SCM_RIGHTS, SCM_RIGHTS, 3), descriptors);
    }

    /** Its own as a rule, which nobody receives: that would tell the process's id. */
    private static List<CallArgument> credentials(Situation s) {
        return control(
                s,
                new Scalar(1),
                new Scalar(SCM_CREDENTIALS),
                List.of(s.id(Result.PROCESS), s.number(0, 0, 65534, 12345, -1), s.number(0, 0, 65534, 12345, -1)));
    }

    private static List<CallArgument> control(
            Situation s, CallArgument level, CallArgument type, List<CallArgument> content) {
        boolean wide = s.abi() == Abi.X86_64;
        long length = (wide ? 16 : 12) + 4L * content.size();
        List<CallArgument> integers = new ArrayList<>();
        integers.add(new Scalar(length + (s.once(20) ? s.one(-17, 1, 100) : 0)));
        if (wide) {
            integers.add(new Scalar(0));
        }
        integers.add(level);
        integers.add(type);
        integers.addAll(content);
        List<CallArgument.Fields> pairs = new ArrayList<>();
        for (int i = 0; i < integers.size(); i += 2) {
            CallArgument second = i + 1 < integers.size() ? integers.get(i + 1) : new Scalar(0);
            pairs.add(new CallArgument.Fields(
                    List.of(Situation.field("l_onoff", integers.get(i)), Situation.field("l_linger", second))));
        }
        return List.of(new CallArgument.Structured("linger", pairs), new Scalar(length));
    }
}
