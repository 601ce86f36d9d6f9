package dev.trapgate.differential.grammar;

import dev.trapgate.abi.Abi;
import dev.trapgate.differential.Step;
import dev.trapgate.differential.grammar.Production.Result;
import dev.trapgate.notation.CallArgument;
import dev.trapgate.notation.CallArgument.Initializer;
import dev.trapgate.notation.CallArgument.Output;
import dev.trapgate.notation.CallArgument.Scalar;
import dev.trapgate.notation.CallArgument.Structured;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Signals to oneself that wait: those that are sent stay blocked from the first step on, and are taken by
 * rt_sigtimedwait(2) and signalfd(2). Others are blocked and unblocked, and never sent.
 */
final class SignalGrammar implements Grammar {

    /** SIGUSR1, SIGALRM, SIGXCPU, SIGVTALRM, SIGPROF, SIGIO; SIGRTMIN + 0, + 6, SIGRTMAX. */
    private static final long[] SENT = {10, 14, 24, 26, 27, 29, 34, 40, 64};

    /** SIGHUP, SIGINT, SIGTERM, SIGCHLD. */
    private static final String OTHERS = "\003\100\001\0\0\0\0\0";

    /** SI_QUEUE, SI_TIMER, SI_ASYNCIO, one without a name. */
    private static final long[] PROGRAM = {-1, -1, -2, -4, -7};

    /** The same; SI_TKILL, SI_USER, SI_KERNEL. */
    private static final long[] ANYBODY = {-1, -2, -4, -6, 0, 1, 128};

    private static final CallArgument ALL = Situation.string(set(SENT));

    @Override
    public List<Production> productions() {
        return Stream.of(masks(), sending(), taking(), actions())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void begin(Situation s) {
        block(s);
        s.make(Result.PROCESS, "getpid");
        s.make(Result.THREAD, "gettid");
    }

    private static void block(Situation s) {
        s.make("rt_sigprocmask", blocking().toArray(CallArgument[]::new));
    }

    /** {@return the arguments of rt_sigprocmask(2) that block whatever scenarios send} */
    static List<CallArgument> blocking() {
        return List.of(new Scalar(0), ALL, new Scalar(0), new Scalar(Long.BYTES));
    }

    /** {@return whether it has been made} */
    static boolean isBlocked(Situation s) {
        return s.steps().stream()
                .anyMatch(step ->
                        step instanceof Step.Call call && call.arguments().equals(blocking()));
    }

    private static String set(long... signals) {
        char[] bytes = new char[Long.BYTES];
        for (long signal : signals) {
            bytes[(int) (signal - 1) / Byte.SIZE] |= (char) (1 << (signal - 1) % Byte.SIZE);
        }
        return new String(bytes);
    }

    private static CallArgument signal(Situation s) {
        return s.once(12) ? s.number(0, 65, -1, 1 << 20) : s.number(SENT);
    }

    private static CallArgument size(Situation s) {
        return s.number(8, 8, 8, 8, 8, 4, 0, 16);
    }

    private static CallArgument memory(Situation s) {
        return s.once(12) ? s.badPointer() : new Output(Long.BYTES);
    }

    private static CallArgument some(Situation s) {
        return s.once(3) ? ALL : Situation.string(s.one(set(10), set(34, 40), set(64, 14), OTHERS, set()));
    }

    // ---- masks

    private static List<Production> masks() {
        return List.of(
                Production.of(4, "rt_sigprocmask", s -> List.of(s.number(0, 0, 0, 9), some(s), memory(s), size(s))),
                Production.of(
                        4,
                        "rt_sigprocmask",
                        s -> List.of(s.number(0, 1), Situation.string(OTHERS), s.number(0, 1), size(s))),
                Production.of(
                        3, "rt_sigprocmask", s -> List.of(s.number(0, 1, 2, 99), new Scalar(0), memory(s), size(s))),
                Production.of(
                        3,
                        "sigprocmask",
                        s -> List.of(
                                s.number(0, 1),
                                Situation.string(OTHERS.substring(0, 4)),
                                s.once(2) ? s.number(0) : memory(s))),
                Production.of(3, "sigprocmask", s -> List.of(s.number(0, 1, 2, 99), new Scalar(0), memory(s))),
                Production.of(2, "sgetmask", s -> List.of()),
                Production.of(10, "rt_sigpending", s -> List.of(memory(s), s.number(8, 8, 8, 4, 0, 9))),
                Production.of(6, "sigpending", s -> List.of(memory(s))));
    }

    // ---- sending

    /** Nothing is sent before the signals have been blocked. */
    private static CallArgument process(Situation s) {
        return isBlocked(s) ? s.id(Result.PROCESS) : new Scalar(0x3fff_ffff);
    }

    private static CallArgument thread(Situation s) {
        return isBlocked(s) ? s.id(Result.THREAD) : new Scalar(0x3fff_ffff);
    }

    private static List<Production> sending() {
        return List.of(
                Production.of(8, "kill", s -> List.of(process(s), signal(s))),
                Production.of(8, "tkill", s -> List.of(thread(s), signal(s))),
                Production.of(10, "tgkill", s -> List.of(process(s), thread(s), signal(s))),
                Production.of(12, "rt_sigqueueinfo", s -> List.of(process(s), signal(s), told(s, PROGRAM))),
                Production.of(
                        12, "rt_tgsigqueueinfo", s -> List.of(process(s), thread(s), signal(s), told(s, ANYBODY))),
                Production.of(
                        6,
                        "pidfd_send_signal",
                        s -> List.of(
                                isBlocked(s) ? s.descriptor(Result.PIDFD) : new Scalar(-1),
                                signal(s),
                                s.once(2) ? new Scalar(0) : told(s, PROGRAM),
                                s.number(0, 0, 2))),
                Production.of(2, "pidfd_open", s -> List.of(s.id(Result.PROCESS), s.number(0, 0, 04000)))
                        .giving(Result.PIDFD),
                Production.of(1, "getpid", s -> List.of()).giving(Result.PROCESS),
                Production.of(1, "gettid", s -> List.of()).giving(Result.THREAD));
    }

    /**
     * What is told with a signal. Only to itself may a thread tell SI_TKILL and what the kernel tells; natively the player is
     * not its process's first thread.
     */
    static CallArgument told(Situation s, long... codes) {
        return s.once(20)
                ? s.badPointer()
                : Situation.structure(
                        "siginfo",
                        Situation.field("si_signo", s.number(0, 10, 99)),
                        Situation.field("si_errno", s.number(0, 0, 5)),
                        Situation.field("si_code", s.number(codes)),
                        Situation.field("si_pid", s.number(77)),
                        Situation.field("si_uid", s.number(78)),
                        Situation.field("si_int", s.number(1, 2, 3)));
    }

    // ---- taking

    private static List<Production> taking() {
        List<Production> all = new ArrayList<>(List.of(
                Production.of(
                                6,
                                "signalfd4",
                                s -> List.of(
                                        s.once(3) ? s.descriptor(Result.SIGNALS) : s.number(-1),
                                        s.once(12) ? s.badPointer() : some(s),
                                        s.number(8, 8, 8, 4),
                                        Situation.flags("SFD_NONBLOCK")))
                        .giving(Result.SIGNALS),
                Production.of(
                        8,
                        "read",
                        s -> List.of(
                                s.descriptor(Result.SIGNALS),
                                Situation.array("signalfd_siginfo", 2),
                                s.number(128, 128, 256, 127, 0, 255))),
                Production.of(
                        4,
                        "poll",
                        s -> List.of(
                                Situation.structure(
                                        "pollfd",
                                        Situation.field("fd", s.descriptor(Result.SIGNALS)),
                                        Situation.field("events", s.number(1, 0x3fff))),
                                new Scalar(1),
                                new Scalar(0)))));
        for (String call : List.of("rt_sigtimedwait", "rt_sigtimedwait_time64")) {
            all.add(Production.of(
                    12,
                    call,
                    s -> List.of(
                            s.once(15) ? s.badPointer() : some(s),
                            s.once(6) ? s.number(0, 1) : Situation.structure("siginfo"),
                            s.once(15) ? s.number(1, 8) : time(s, call),
                            size(s))));
        }
        return all;
    }

    private static CallArgument time(Situation s, String call) {
        boolean narrow = s.abi() == Abi.I386 && call.equals("rt_sigtimedwait");
        return Situation.structure(
                narrow ? "old_timespec32" : "__kernel_timespec",
                Situation.field("tv_sec", s.number(0, 0, 0, 0, -1)),
                Situation.field("tv_nsec", s.number(0, 0, 1, 1000, -1, 1_000_000_000)));
    }

    // ---- actions and stacks; signal(2) leaves a restorer that nobody chose

    private static List<Production> actions() {
        return List.of(
                Production.of(5, "rt_sigaction", s -> List.of(acted(s), action(s), old(s), size(s))),
                Production.of(3, "rt_sigaction", s -> List.of(read(s), new Scalar(0), old(s), size(s))),
                Production.of(3, "sigaction", s -> List.of(acted(s), action(s), old(s))),
                Production.of(6, "sigaltstack", s -> List.of(stack(s), s.once(3) ? s.number(0, 1) : own())));
    }

    private static CallArgument acted(Situation s) {
        return s.once(10) ? s.number(0, 9, 19, 65, -1) : s.number(SENT);
    }

    private static CallArgument read(Situation s) {
        return s.number(10, 14, 34, 64, 9, 19, 0, 65, -1);
    }

    private static CallArgument old(Situation s) {
        return s.once(8) ? s.number(0, 1) : own();
    }

    private static CallArgument own(Initializer... fields) {
        return Situation.structure(Structured.OWN_TYPE, fields);
    }

    /** The default, or none: what a signal does that waits all the time. */
    private static CallArgument action(Situation s) {
        return s.once(15)
                ? s.badPointer()
                : own(
                        Situation.field("sa_handler", s.number(0, 0, 1, 1)),
                        Situation.field(
                                "sa_flags",
                                s.number(0, 4, 0x1000_0000, 0x4000_0000, 0x8000_0000L, 0x400, 0x800, 2, 0xf000)),
                        Situation.field("sa_mask", s.number(0, 1, 0x200, -1)));
    }

    private static CallArgument stack(Situation s) {
        return switch (s.below(8)) {
            case 0 -> s.badPointer();
            case 1 -> new Scalar(0);
            default ->
                Situation.structure(
                        "stack_t",
                        Situation.field("ss_sp", s.number(0x1000, 0x2000, 0, 1)),
                        Situation.field("ss_flags", s.number(0, 0, 0, 2, 1, 4, 3, 0x8000_0000L, 0x8000_0002L)),
                        Situation.field("ss_size", s.number(65536, 65536, 8192, 2048, 2047, 0)));
        };
    }
}
