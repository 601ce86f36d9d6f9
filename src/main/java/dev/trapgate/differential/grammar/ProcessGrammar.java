package dev.trapgate.differential.grammar;

import dev.trapgate.differential.Step;
import dev.trapgate.differential.grammar.Production.Result;
import dev.trapgate.notation.CallArgument;
import dev.trapgate.notation.CallArgument.Output;
import dev.trapgate.notation.CallArgument.Scalar;
import java.util.List;
import java.util.stream.Stream;

/** The process as it sees itself: descriptors of it, children that it has not, its attributes and its memory. */
final class ProcessGrammar implements Grammar {

    private static final CallArgument NAME = Situation.string("played");
    private static final long P_PIDFD = 3;
    private static final long CLONE_VM = 0x100;
    private static final long CLONE_FS = 0x200;
    private static final long CLONE_SIGHAND = 0x800;
    private static final long CLONE_THREAD = 0x1_0000;
    private static final long CLONE_NEWNS = 0x2_0000;
    private static final long CLONE_NEWUSER = 0x1000_0000;

    @Override
    public List<Production> productions() {
        return Stream.of(descriptors(), children(), attributes(), memory())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void begin(Situation s) {
        CallArgument pid = s.make(Result.PROCESS, "getpid");
        s.make(Result.THREAD, "gettid");
        s.make(Result.PIDFD, "pidfd_open", pid, s.number(0, 0, 04000));
    }

    // ---- pidfd

    private static CallArgument pidfd(Situation s) {
        return s.once(12) ? s.any() : s.descriptor(Result.PIDFD);
    }

    private static List<Production> descriptors() {
        return List.of(
                Production.of(
                                10,
                                "pidfd_open",
                                s -> List.of(s.id(Result.PROCESS), s.number(0, 0, 0, 04000, 04200, 0200, 1, -1)))
                        .giving(Result.PIDFD),
                Production.of(
                        12,
                        "pidfd_send_signal",
                        s -> List.of(
                                s.descriptor(Result.PIDFD),
                                new Scalar(0),
                                s.once(2) ? new Scalar(0) : SignalGrammar.told(s, -1, -2, -4),
                                s.number(0, 0, 0, 1, 2, 4, 3, 8, -1))),
                Production.of(
                        4,
                        "pidfd_send_signal",
                        s -> List.of(
                                s.descriptor(Result.PIDFD), s.number(-1, 65, 1 << 20), new Scalar(0), s.number(0, 8))),
                Production.of(5, "pidfd_getfd", s -> List.of(pidfd(s), s.number(-1, 1 << 21), s.number(0, 0, 1))),
                Production.of(4, "pidfd_getfd", s -> List.of(pidfd(s), s.number(0, 3, 99), s.number(1, 2, -1))),
                Production.of(
                        6,
                        "poll",
                        s -> List.of(
                                Situation.structure(
                                        "pollfd",
                                        Situation.field("fd", s.descriptor(Result.PIDFD)),
                                        Situation.field("events", s.number(1, 0x3fff))),
                                new Scalar(1),
                                new Scalar(0))),
                Production.of(2, "read", s -> FileGrammar.join(s.descriptor(Result.PIDFD), s.sink())),
                Production.of(2, "write", s -> FileGrammar.join(s.descriptor(Result.PIDFD), s.source())),
                Production.of(2, "lseek", s -> List.of(s.descriptor(Result.PIDFD), s.offset(), s.number(0, 1, 2))),
                Production.of(
                        2,
                        "fcntl",
                        s -> List.of(s.descriptor(Result.PIDFD), s.constant("F_GETFD", "F_GETFL"), new Scalar(0))),
                Production.of(
                        2,
                        "fcntl",
                        s -> List.of(s.descriptor(Result.PIDFD), s.constant("F_SETFL"), s.number(0, 04000, 02000, 1))),
                Production.of(
                        2,
                        "epoll_ctl",
                        s -> List.of(
                                s.epoll(),
                                s.constant("EPOLL_CTL_ADD"),
                                s.descriptor(Result.PIDFD),
                                Situation.structure("epoll_event", Situation.field("events", s.number(1, 4, 5))))),
                Production.of(2, "dup", s -> List.of(s.descriptor(Result.PIDFD)))
                        .giving(Result.PIDFD),
                Production.of(3, "close", s -> List.of(s.descriptor(Result.PIDFD))));
    }

    // ---- children

    private static List<Production> children() {
        return List.of(
                Production.of(
                        6,
                        "wait4",
                        s -> List.of(
                                s.number(-1, 0, 0x3fff_ffff, Integer.MIN_VALUE, -77),
                                status(s),
                                s.number(0, 1, 1, 2, 8, 4, 0x10, 0x4000_0000, 0x2000_0000, -1),
                                s.once(2) ? new Scalar(0) : Situation.structure("rusage"))),
                Production.of(
                        4, "waitpid", s -> List.of(s.number(-1, 0, 0x3fff_ffff, -77), status(s), s.number(0, 1, 8, 4))),
                Production.of(
                        10,
                        "waitid",
                        s -> List.of(
                                s.number(0, 1, 2, 4, -1),
                                s.number(0, -1, 0x3fff_ffff),
                                info(s),
                                options(s),
                                s.once(2) ? new Scalar(0) : Situation.structure("rusage"))),
                Production.of(
                        6, "waitid", s -> List.of(new Scalar(P_PIDFD), pidfd(s), info(s), options(s), new Scalar(0))),
                Production.of(
                        6,
                        "clone",
                        s -> List.of(refused(s), new Scalar(0), new Scalar(0), new Scalar(0), new Scalar(0))),
                Production.of(
                        4, "clone3", s -> List.of(s.number(0, 1, 8), s.number(0, 63, 64, 80, 88, 4096, 4097, -1))));
    }

    private static CallArgument status(Situation s) {
        return s.once(3) ? s.number(0, 1) : Situation.structure("int");
    }

    private static CallArgument info(Situation s) {
        return s.once(3) ? s.number(0, 1) : Situation.structure("siginfo");
    }

    /** WEXITED, WSTOPPED, WCONTINUED, WNOHANG, WNOWAIT, and what is none. */
    private static CallArgument options(Situation s) {
        return s.number(4, 5, 5, 2, 8, 0xe, 0, 1, 0x0100_0004, 0x10, -1);
    }

    /** Flags that exclude each other, with some others. */
    private static CallArgument refused(Situation s) {
        long wrong = s.one(
                CLONE_THREAD,
                CLONE_THREAD | CLONE_VM,
                CLONE_SIGHAND,
                CLONE_SIGHAND | CLONE_THREAD,
                CLONE_NEWNS | CLONE_FS,
                CLONE_NEWUSER | CLONE_FS);
        return new Scalar(wrong | s.one(0L, 17L, 0x400L, 0x4000L, 0x8000L, 0x2000_0000L));
    }

    // ---- attributes

    private static List<Production> attributes() {
        return List.of(
                Production.of(
                        10,
                        "prctl",
                        s -> List.of(
                                s.constant(
                                        "PR_GET_KEEPCAPS",
                                        "PR_GET_TIMING",
                                        "PR_GET_SECCOMP",
                                        "PR_GET_TIMERSLACK",
                                        "PR_GET_NO_NEW_PRIVS",
                                        "PR_GET_SECUREBITS",
                                        "PR_GET_THP_DISABLE",
                                        "PR_GET_TSC"),
                                s.number(0, 0, 0, 1),
                                s.number(0, 0, 0, 1),
                                s.number(0, 0, 0, 1),
                                s.number(0, 0, 0, 1))),
                Production.of(
                        4,
                        "prctl",
                        s -> List.of(
                                s.constant("PR_GET_PDEATHSIG", "PR_GET_CHILD_SUBREAPER", "PR_GET_TSC"),
                                s.once(8) ? s.badPointer() : Situation.structure("int"))),
                Production.of(
                        4, "prctl", s -> List.of(s.constant("PR_SET_KEEPCAPS"), s.number(0, 1, 2, -1), s.number(0, 7))),
                Production.of(
                        3,
                        "prctl",
                        s -> List.of(
                                s.constant("PR_SET_NO_NEW_PRIVS"),
                                s.number(1, 1, 0, 2),
                                s.number(0, 0, 1),
                                s.number(0, 0, 1),
                                s.number(0, 0, 1))),
                Production.of(
                        4, "prctl", s -> List.of(s.constant("PR_SET_TIMERSLACK"), s.number(1, 50_000, 70_000, 0))),
                Production.of(
                        4,
                        "prctl",
                        s -> List.of(
                                s.constant("PR_SET_NAME"),
                                s.once(8)
                                        ? s.badPointer()
                                        : Situation.string(s.one("", "a", "fifteen letters", "sixteen letters!")))),
                Production.of(5, "prctl", s -> List.of(s.constant("PR_SET_NAME"), NAME)),
                Production.of(
                        5,
                        "prctl",
                        s -> List.of(s.constant("PR_GET_NAME"), hasName(s) ? new Output(16) : s.badPointer())),
                Production.of(
                        5,
                        "prctl",
                        s -> List.of(
                                s.constant("PR_CAPBSET_READ", "PR_CAPBSET_DROP"),
                                s.number(0, 1, 12, 40, 41, 63, 64, -1))),
                Production.of(2, "prctl", s -> List.of(s.number(-1, 1 << 21), s.number(0), s.number(0))),
                Production.of(
                        8,
                        "kcmp",
                        s -> List.of(
                                s.id(Result.THREAD),
                                s.id(Result.THREAD),
                                s.number(0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, -1),
                                any(s),
                                any(s))),
                Production.of(2, "getpgid", s -> List.of(s.number(0, -1, 0x3fff_ffff))),
                Production.of(2, "getsid", s -> List.of(s.number(0, -1, 0x3fff_ffff))),
                Production.of(1, "getpid", s -> List.of()).giving(Result.PROCESS),
                Production.of(1, "gettid", s -> List.of()).giving(Result.THREAD));
    }

    /** Before that it has the name that the runner gave it. */
    private static boolean hasName(Situation s) {
        return s.steps().stream()
                .anyMatch(step ->
                        step instanceof Step.Call call && call.arguments().contains(NAME));
    }

    private static CallArgument any(Situation s) {
        return s.once(2) ? s.any() : s.descriptor(Result.PIDFD);
    }

    // ---- memory

    private static List<Production> memory() {
        return List.of(
                Production.of(10, "process_vm_readv", s -> copy(s, s.vector(true), s.vector(false))),
                Production.of(10, "process_vm_writev", s -> copy(s, s.vector(false), s.vector(true))));
    }

    private static List<CallArgument> copy(Situation s, List<CallArgument> local, List<CallArgument> remote) {
        return List.of(
                s.once(12) ? s.number(0, -1, 0x3fff_ffff) : s.id(Result.PROCESS),
                local.get(0),
                local.get(1),
                remote.get(0),
                remote.get(1),
                s.number(0, 0, 0, 0, 0, 1));
    }
}
