package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.mm.UserStructure;

/**
 * What is told with a signal: {@code struct kernel_siginfo}, which is the start of {@code siginfo_t}. It is kept as a
 * 64-bit kernel lays it out; a 32-bit program is given the fields that its kind of signal has.
 *
 * @param number {@code si_signo}, 1 to 64
 * @param errno {@code si_errno}
 * @param code {@code si_code}
 * @param first the eight bytes after: pid and uid, a fault's address, a timer's id and overrun, …
 * @param second the next eight: a value, a child's status, a system call's number and architecture, …
 * @param third the next eight: a child's user time, a bound
 * @param fourth the last eight: a child's system time, a bound
 */
public record SigInfo(int number, int errno, int code, long first, long second, long third, long fourth) {

    /** Size of {@code siginfo_t} on both ABIs. */
    public static final int SIZE = 128;
    /** Size of what the kernel knows of a 64-bit one; the rest is zero. */
    public static final int KNOWN_SIZE = 48;

    private static final int UNION_64 = 16;
    private static final int UNION_32 = 12;

    /** What the fields after {@code si_code} are: {@code enum siginfo_layout}. */
    public enum Layout {
        /** pid, uid. */
        KILL,
        /** Timer, overrun, value. */
        TIMER,
        /** Band, descriptor. */
        POLL,
        /** An address. */
        FAULT,
        /** pid, uid, status, times. */
        CHLD,
        /** pid, uid, value. */
        RT,
        /** Call address, number, architecture. */
        SYS
    }

    /** {@return what kill(2) and its kind tell} */
    public static SigInfo sentBy(int number, int code, int pid, int uid) {
        return new SigInfo(number, 0, code, pair(pid, uid), 0, 0, 0);
    }

    /** {@return what sigqueue(3) tells} */
    public static SigInfo queued(int number, int pid, int uid, long value) {
        return new SigInfo(number, 0, Signal.SI_QUEUE, pair(pid, uid), value, 0, 0);
    }

    /** {@return what a timer's expiry tells} */
    public static SigInfo timer(int number, int timer, int overrun, long value) {
        return new SigInfo(number, 0, Signal.SI_TIMER, pair(timer, overrun), value, 0, 0);
    }

    /** {@return what a fault tells} */
    public static SigInfo fault(int number, int code, long address) {
        return new SigInfo(number, 0, code, address, 0, 0, 0);
    }

    /** {@return what a system call that seccomp or syscall user dispatch caught tells} */
    public static SigInfo syscall(int code, int errno, long address, int nr, int architecture) {
        return new SigInfo(Signal.SIGSYS, errno, code, address, pair(nr, architecture), 0, 0);
    }

    /** {@return the same with a value, {@code si_value}} */
    public SigInfo withValue(long value) {
        return new SigInfo(number, errno, code, first, value, third, fourth);
    }

    private static long pair(int low, int high) {
        return (low & 0xffff_ffffL) | (long) high << 32;
    }

    /** {@return {@code si_addr} of a fault} */
    public long address() {
        return first;
    }

    /** {@return {@code si_pid}} */
    public int pid() {
        return (int) first;
    }

    /** {@return {@code si_uid}} */
    public int uid() {
        return (int) (first >> 32);
    }

    /** {@return {@code si_value}} */
    public long value() {
        return second;
    }

    /** {@return which fields it has: {@code siginfo_layout} of kernel/signal.c, Linux 5.17} */
    public Layout layout() {
        if (code > Signal.SI_USER && code < Signal.SI_KERNEL) {
            return code <= specificCodes(number) ? specificLayout(number) : polled();
        }
        return switch (code) {
            case Signal.SI_TIMER -> Layout.TIMER;
            case Signal.SI_SIGIO -> Layout.POLL;
            default -> code < 0 ? Layout.RT : Layout.KILL;
        };
    }

    private Layout polled() {
        return code <= Signal.NSIGPOLL ? Layout.POLL : Layout.KILL;
    }

    /** {@return how many codes of its own a signal has; 0 for most} */
    private static int specificCodes(int number) {
        return switch (number) {
            case Signal.SIGILL -> 11;
            case Signal.SIGFPE -> 15;
            case Signal.SIGSEGV -> 9;
            case Signal.SIGBUS -> 5;
            case Signal.SIGTRAP, Signal.SIGCHLD, Signal.SIGIO -> 6;
            case Signal.SIGSYS -> 2;
            default -> 0;
        };
    }

    private static Layout specificLayout(int number) {
        return switch (number) {
            case Signal.SIGCHLD -> Layout.CHLD;
            case Signal.SIGIO -> Layout.POLL;
            case Signal.SIGSYS -> Layout.SYS;
            default -> Layout.FAULT;
        };
    }

    /** {@return whether the kernel knows all fields that such a code comes with: {@code known_siginfo_layout}} */
    boolean isKnown() {
        if (code == Signal.SI_KERNEL) {
            return true;
        }
        if (code > Signal.SI_USER) {
            int own = specificCodes(number);
            return code <= (own == 0 ? Signal.NSIGPOLL : own);
        }
        return code >= Signal.SI_DETHREAD || code == Signal.SI_ASYNCNL;
    }

    /**
     * Writes it as a program sees it: {@code copy_siginfo_to_user}, {@code copy_siginfo_to_external32}.
     *
     * @param to {@link #SIZE} bytes, all of which are written
     * @param width the program's word, 4 or 8 bytes
     */
    public void write(UserStructure to, int width) {
        to.bytes().fill((byte) 0);
        to.set32(0, number);
        to.set32(4, errno);
        to.set32(8, code);
        if (width == Long.BYTES) {
            to.set64(UNION_64, first);
            to.set64(UNION_64 + 8, second);
            to.set64(UNION_64 + 16, third);
            to.set64(UNION_64 + 24, fourth);
        } else {
            write32(to);
        }
    }

    private void write32(UserStructure to) {
        switch (layout()) {
            case KILL -> to.set64(UNION_32, first);
            case TIMER, RT -> {
                to.set64(UNION_32, first);
                to.set32(UNION_32 + 8, second);
            }
            case POLL, FAULT -> {
                to.set32(UNION_32, first);
                to.set32(UNION_32 + 4, second);
            }
            case CHLD -> {
                to.set64(UNION_32, first);
                to.set32(UNION_32 + 8, second);
                to.set32(UNION_32 + 12, third);
                to.set32(UNION_32 + 16, fourth);
            }
            case SYS -> {
                to.set32(UNION_32, first);
                to.set64(UNION_32 + 4, second);
            }
        }
    }

    /**
     * Reads what a program gives to rt_sigqueueinfo(2).
     *
     * @param from {@link #SIZE} bytes
     * @param width the program's word, 4 or 8 bytes
     * @return what the kernel takes of it
     */
    static SigInfo read(UserStructure from, int width) {
        if (width == Long.BYTES) {
            return new SigInfo(
                    from.get32(0),
                    from.get32(4),
                    from.get32(8),
                    from.get64(UNION_64),
                    from.get64(UNION_64 + 8),
                    from.get64(UNION_64 + 16),
                    from.get64(UNION_64 + 24));
        }
        SigInfo head = new SigInfo(from.get32(0), from.get32(4), from.get32(8), 0, 0, 0, 0);
        return head.read32(from);
    }

    private SigInfo read32(UserStructure from) {
        long pair = from.get64(UNION_32);
        long word = from.getUnsigned32(UNION_32);
        return switch (layout()) {
            case KILL -> with(pair, 0, 0, 0);
            case TIMER, RT -> with(pair, from.getUnsigned32(UNION_32 + 8), 0, 0);
            case POLL -> with(from.get32(UNION_32), from.getUnsigned32(UNION_32 + 4), 0, 0);
            case FAULT -> with(word, from.get16(UNION_32 + 4), 0, 0);
            case CHLD ->
                with(pair, from.getUnsigned32(UNION_32 + 8), from.get32(UNION_32 + 12), from.get32(UNION_32 + 16));
            case SYS -> with(word, from.get64(UNION_32 + 4), 0, 0);
        };
    }

    private SigInfo with(long a, long b, long c, long d) {
        return new SigInfo(number, errno, code, a, b, c, d);
    }
}
