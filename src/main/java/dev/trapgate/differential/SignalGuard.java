package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a scenario send signals to itself only, and only where nothing comes of it but a signal that waits: those of
 * {@link BlockedSignals}, while they are blocked.
 */
final class SignalGuard {

    private static final int LAST = 64;
    private static final int SIGKILL = 9;
    private static final int SIGALRM = 14;
    private static final int SIGVTALRM = 26;
    private static final int SIGPROF = 27;
    private static final int SIGEV_NONE = 1;
    private static final int SIGEV_THREAD = 2;
    private static final int SIGEV_THREAD_ID = 4;
    private static final int SIGSTOP = 19;
    private static final long PIDFD_THREAD = 0200;
    private static final int PIDFD_SELF_THREAD = -10_000;
    private static final int PIDFD_SIGNAL_THREAD = 1;
    private static final int PIDFD_SIGNAL_THREAD_GROUP = 2;
    private static final int PIDFD_SIGNAL_PROCESS_GROUP = 4;

    /** No host has such a process or thread: PID_MAX_LIMIT. */
    private static final long NOBODY = 1 << 22;

    /** SIGURG, SIGWINCH. */
    private static final long HARMLESS_BY_DEFAULT = BlockedSignals.mask(23) | BlockedSignals.mask(28);

    /** SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV: the JVM's own code raises them. */
    private static final long NEEDED = BlockedSignals.mask(4)
            | BlockedSignals.mask(5)
            | BlockedSignals.mask(7)
            | BlockedSignals.mask(8)
            | BlockedSignals.mask(11);

    private static final int SIG_BLOCK = 0;
    private static final int SIG_UNBLOCK = 1;
    private static final int SIG_SETMASK = 2;
    private static final long SIG_IGN = 1;
    private static final String DOES_SOMETHING = "may send a signal that does something";
    private static final String LETS_THROUGH = "may let a signal through";
    private static final long LOW_32 = 0xffff_ffffL;

    /** These unblock signals for a while. */
    private static final Set<Syscall> MASKING = EnumSet.of(
            Syscall.PPOLL,
            Syscall.PPOLL_TIME64,
            Syscall.PSELECT6,
            Syscall.PSELECT6_TIME64,
            Syscall.EPOLL_PWAIT,
            Syscall.EPOLL_PWAIT2,
            Syscall.RT_SIGSUSPEND,
            Syscall.SIGSUSPEND);

    private final Abi abi;
    private final long process;
    private final long blockedElsewhere;
    private final Map<String, Caller> callers = new HashMap<>();
    private Caller caller = new Caller();
    private long ignored;

    /** The signals for which the scenario's harmless handler runs. */
    private long handled;

    private long handler = -1;
    private long sentToProcess;

    /** Whether a descriptor of a thread has been made. */
    private boolean hasThreadDescriptor;

    /** What the call that was let through last may have changed. */
    private long nextIgnored;

    private long nextHandled;

    /** A thread of the scenario. */
    private static final class Caller {

        private long id;
        private long blocked;
        private long sent;

        /** What its last call may have changed. */
        private long nextBlocked;

        /** Whether it sleeps in a call that may have unblocked anything. */
        private boolean isOpen;
    }

    /**
     * Guards one play, at whose beginning nothing is blocked and nothing sent.
     *
     * @param abi whose structures it has
     * @param process the id of the playing process
     * @param blockedElsewhere which signals all other threads of the process have blocked
     */
    SignalGuard(Abi abi, long process, long blockedElsewhere) {
        this.abi = abi;
        this.process = process;
        this.blockedElsewhere = blockedElsewhere;
    }

    /** Hears where the scenario has {@link HandlerCode}. */
    void handler(long address) {
        handler = address;
    }

    /** The handler that only returns, by its own restorer, on the thread's own stack, as often as it is needed. */
    private boolean isHandler(List<UserBuffer> memory, long action) {
        if (abi != Abi.X86_64) {
            return false;
        }
        long flags = GuestWords.read(memory, action + Long.BYTES, Long.BYTES).orElse(0L);
        return GuestWords.read(memory, action, Long.BYTES)
                        .filter(is -> is == handler)
                        .isPresent()
                && GuestWords.read(memory, action + 2L * Long.BYTES, Long.BYTES)
                        .filter(is -> is == handler + HandlerCode.RESTORER)
                        .isPresent()
                && (flags & ~HandlerCode.FLAGS) == 0
                && (flags & HandlerCode.SA_RESTORER) != 0;
    }

    /** Hears which thread makes the next call. */
    void turn(String thread) {
        caller = callers.computeIfAbsent(thread, first -> new Caller());
    }

    /**
     * Looks at a call.
     *
     * @param call the call
     * @param memory the scenario's memory
     * @param a the call's six arguments
     * @return why it is not made; empty if it may be made
     */
    Optional<String> refusal(Syscall call, List<UserBuffer> memory, long... a) {
        caller.nextBlocked = caller.blocked;
        caller.isOpen = MASKING.contains(call);
        nextIgnored = ignored;
        nextHandled = handled;
        return switch (call) {
            case KILL -> kill((int) a[0], (int) a[1]);
            case RT_SIGQUEUEINFO -> (int) a[0] <= 0 ? Optional.empty() : toProcess((int) a[0], (int) a[1]);
            case TKILL -> toThread((int) a[0], (int) a[1]);
            case PIDFD_SEND_SIGNAL -> byDescriptor((int) a[0], (int) a[1], (int) a[3]);
            case TGKILL, RT_TGSIGQUEUEINFO ->
                isNobody((int) a[0]) || (int) a[0] <= 0 ? Optional.empty() : toThread((int) a[1], (int) a[2]);
            case RT_SIGACTION, SIGACTION -> {
                long others = a[1] == 0 ? handled : handled & ~bit((int) a[0]);
                nextHandled = isHandler(memory, a[1]) ? handled | bit((int) a[0]) : others;
                yield action((int) a[0], GuestWords.read(memory, a[1], abi.pointerSize()));
            }
            case SIGNAL -> {
                nextHandled = handled & ~bit((int) a[0]);
                yield action((int) a[0], Optional.of(a[1]));
            }
            case RT_SIGPROCMASK, SIGPROCMASK, SSETMASK -> mask(masked(call, memory, a));
            case SETITIMER -> starts(memory, a[1]) ? later(intervalSignal((int) a[0])) : Optional.empty();
            case ALARM -> (int) a[0] == 0 ? Optional.empty() : later(SIGALRM);
            case TIMER_CREATE -> a[1] == 0 ? later(SIGALRM) : event(memory, a[1]);
            case MQ_NOTIFY -> a[1] == 0 || isBySocket(memory, a[1]) ? Optional.empty() : event(memory, a[1]);
            default ->
                ((caller.sent & ~handled) | sentToProcess) != 0 && MASKING.contains(call)
                        ? Optional.of(LETS_THROUGH)
                        : Optional.empty();
        };
    }

    /** Hears what a call that was let through answered. What is asked for too late, by a bad address, has happened all the same. */
    void answered(Syscall call, long result, long... a) {
        boolean done = result >= 0;
        caller.isOpen = false;
        switch (call) {
            case GETTID, SET_TID_ADDRESS -> caller.id = result;
            case KILL, RT_SIGQUEUEINFO, PIDFD_SEND_SIGNAL -> sentToProcess |= done ? bit((int) a[1]) : 0;
            case PIDFD_OPEN -> hasThreadDescriptor |= done && (a[1] & PIDFD_THREAD) != 0;
            case TKILL -> sent((int) a[0], done ? bit((int) a[1]) : 0);
            case TGKILL, RT_TGSIGQUEUEINFO -> sent((int) a[1], done ? bit((int) a[2]) : 0);
            default -> {
                boolean changes = done || result == -Errno.EFAULT.number() || call == Syscall.SSETMASK;
                caller.blocked = changes ? caller.nextBlocked : caller.blocked;
                ignored = changes ? nextIgnored : ignored;
                handled = changes ? nextHandled : handled;
                sentToProcess &= ~ignored;
                callers.values().forEach(each -> each.sent &= ~ignored);
            }
        }
    }

    private void sent(int to, long signal) {
        callers.values().stream()
                .filter(each -> each.id == to && (handled & ~held(each) & signal) == 0)
                .forEach(each -> each.sent |= signal & ~HARMLESS_BY_DEFAULT);
    }

    private static boolean isNobody(int id) {
        return id > NOBODY || id == Integer.MIN_VALUE;
    }

    private static boolean isNothing(int signal) {
        return signal < 0 || signal > LAST;
    }

    /** What a signal to all or to another group is answered, even one that is none, depends on which processes the host has. */
    private Optional<String> kill(int to, int signal) {
        if (to < 0 && !isNobody(-to)) {
            return Optional.of("is answered by what other processes there are");
        }
        return to == 0 && signal == 0 ? Optional.empty() : toProcess(to, signal);
    }

    private Optional<String> toProcess(int to, int signal) {
        boolean probes = signal == 0 && to > 0;
        boolean waits = to == process && (blockedByAll() & blockedElsewhere & sendable(signal)) != 0;
        return isNobody(to) || isNothing(signal) || probes || waits ? Optional.empty() : Optional.of(DOES_SOMETHING);
    }

    /** What a scenario has descriptors of is the process, or its first thread, which is the JVM's own. */
    private Optional<String> byDescriptor(int descriptor, int signal, int flags) {
        boolean isNone = descriptor < 0 && descriptor > PIDFD_SELF_THREAD;
        boolean isWrong = flags < 0
                || flags > PIDFD_SIGNAL_PROCESS_GROUP
                || flags == PIDFD_SIGNAL_THREAD + PIDFD_SIGNAL_THREAD_GROUP;
        if (signal == 0 || isNothing(signal) || isNone || isWrong) {
            return Optional.empty();
        }
        boolean toProcess =
                descriptor > 0 && (flags == PIDFD_SIGNAL_THREAD_GROUP || (flags == 0 && !hasThreadDescriptor));
        return toProcess ? toProcess((int) process, signal) : Optional.of(DOES_SOMETHING);
    }

    private long blockedByAll() {
        return callers.values().stream().mapToLong(SignalGuard::held).reduce(~0L, (one, other) -> one & other);
    }

    private static long held(Caller thread) {
        return thread.isOpen ? 0 : thread.blocked;
    }

    private Optional<String> toThread(int to, int signal) {
        boolean probes = signal == 0 || to <= 0;
        long harmless = (ignored | handled | HARMLESS_BY_DEFAULT) & sendable(signal);
        boolean waits = callers.values().stream()
                .anyMatch(each -> each.id == to && (harmless | (held(each) & sendable(signal))) != 0);
        return isNobody(to) || isNothing(signal) || probes || waits ? Optional.empty() : Optional.of(DOES_SOMETHING);
    }

    /** A signal that comes to the process when a timer expires or a message arrives. */
    private Optional<String> later(int signal) {
        boolean waits = (blockedByAll() & blockedElsewhere & sendable(signal)) != 0;
        if (!waits && bit(signal) != 0) {
            return Optional.of("has a signal sent that is not blocked");
        }
        sentToProcess |= bit(signal);
        return Optional.empty();
    }

    /** {@return whether setitimer(2) starts a timer: the time after the interval is not 0} */
    private boolean starts(List<UserBuffer> memory, long setting) {
        int word = abi.pointerSize();
        long at = abi == Abi.I386 ? setting & LOW_32 : setting;
        return GuestWords.read(memory, at + 2L * word, word).orElse(0L) != 0
                || GuestWords.read(memory, at + 3L * word, word).orElse(0L) != 0;
    }

    private static int intervalSignal(int which) {
        return switch (which) {
            case 0 -> SIGALRM;
            case 1 -> SIGVTALRM;
            default -> SIGPROF;
        };
    }

    /** {@return whether no signal is asked for, but a message of a netlink socket, which no scenario has} */
    private boolean isBySocket(List<UserBuffer> memory, long address) {
        int word = abi.pointerSize();
        long at = abi == Abi.I386 ? address & LOW_32 : address;
        long kind = GuestWords.read32(memory, at + word + Integer.BYTES).orElse(0L);
        return kind == SIGEV_THREAD;
    }

    /** {@code struct sigevent}: a value, the signal, how to notify, which thread. */
    private Optional<String> event(List<UserBuffer> memory, long address) {
        int word = abi.pointerSize();
        long at = abi == Abi.I386 ? address & LOW_32 : address;
        int signal = GuestWords.read32(memory, at + word).orElse(0L).intValue();
        int kind =
                GuestWords.read32(memory, at + word + Integer.BYTES).orElse(1L).intValue();
        int to = GuestWords.read32(memory, at + word + 2 * Integer.BYTES)
                .orElse(0L)
                .intValue();
        boolean elsewhere = kind == SIGEV_THREAD_ID && to > 0 && to != caller.id && !isNobody(to);
        if (elsewhere) {
            return Optional.of(DOES_SOMETHING);
        }
        return kind == SIGEV_NONE ? Optional.empty() : later(signal);
    }

    private static long sendable(int signal) {
        return bit(signal) & BlockedSignals.sendable();
    }

    private Optional<String> action(int signal, Optional<Long> handler) {
        boolean isFixed = signal == SIGKILL || signal == SIGSTOP || bit(signal) == 0;
        if (handler.isPresent() && !isFixed) {
            nextIgnored = handler.get() == SIG_IGN ? ignored | bit(signal) : ignored & ~bit(signal);
        }
        return isFixed || sendable(signal) != 0
                ? Optional.empty()
                : Optional.of("concerns a signal that the JVM needs");
    }

    private Optional<String> mask(long next) {
        if ((next & NEEDED) != 0) {
            return Optional.of("blocks a signal that the JVM needs");
        }
        caller.nextBlocked = next;
        return (((caller.sent & ~handled) | sentToProcess) & ~next) != 0 ? Optional.of(LETS_THROUGH) : Optional.empty();
    }

    /** {@return what will be blocked once a call has succeeded} */
    private long masked(Syscall call, List<UserBuffer> memory, long... a) {
        if (call == Syscall.SSETMASK) {
            return (int) a[0];
        }
        boolean isOld = call == Syscall.SIGPROCMASK;
        Optional<Long> given = GuestWords.read(memory, a[1], isOld ? Integer.BYTES : Long.BYTES);
        if (given.isEmpty()) {
            return caller.blocked;
        }
        return switch ((int) a[0]) {
            case SIG_BLOCK -> caller.blocked | given.get();
            case SIG_UNBLOCK -> caller.blocked & ~given.get();
            case SIG_SETMASK -> isOld ? (caller.blocked & ~LOW_32) | given.get() : given.get();
            default -> caller.blocked;
        };
    }

    private static long bit(int signal) {
        return signal < 1 || signal > LAST ? 0 : BlockedSignals.mask(signal);
    }
}
