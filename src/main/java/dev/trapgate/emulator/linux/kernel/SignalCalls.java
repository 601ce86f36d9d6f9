package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.mm.UserStructure;
import org.jspecify.annotations.Nullable;

/**
 * The calls about signals that both ABIs have: kernel/signal.c, Linux 5.17. Structures are as wide as the caller's words.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
 */
public final class SignalCalls {

    private static final int SIGSET_SIZE = 8;
    private static final int SIG_BLOCK = 0;
    private static final int SIG_UNBLOCK = 1;
    private static final int SIG_SETMASK = 2;
    private static final long UNBLOCKABLE = Signal.mask(Signal.SIGKILL) | Signal.mask(Signal.SIGSTOP);
    private static final long NSEC_PER_SEC = 1_000_000_000L;
    private static final long LONGEST = Long.MAX_VALUE / 4;

    private SignalCalls() {}

    /** {@return the caller's word: 4 or 8 bytes} */
    static int width(PtRegs regs) {
        return regs.abi() == Abi.I386 ? Integer.BYTES : Long.BYTES;
    }

    // Actions and masks.

    /** {@code rt_sigaction(2)}. */
    public static long rtSigaction(Task current, PtRegs regs) {
        if (regs.argument(4) != SIGSET_SIZE) {
            return ErrorNumbers.EINVAL;
        }
        int word = width(regs);
        int size = 3 * word + SIGSET_SIZE;
        SignalAction next = null;
        if (regs.argument(2) != 0) {
            UserStructure given = UserStructure.from(current.uaccess(), regs.argument(2), size);
            if (given == null) {
                return ErrorNumbers.EFAULT;
            }
            next = new SignalAction(
                    given.getWord(0, word),
                    given.getWord(word, word),
                    given.getWord(2 * word, word),
                    given.get64(3 * word));
        }
        UserStructure before = new UserStructure(size);
        long error = doSigaction(current, regs, next, old -> {
            before.setWord(0, old.handler(), word);
            before.setWord(word, old.flags(), word);
            before.setWord(2 * word, old.restorer(), word);
            before.set64(3 * word, old.mask());
        });
        if (error != 0 || regs.argument(3) == 0) {
            return error;
        }
        return before.to(current.uaccess(), regs.argument(3)) ? 0 : ErrorNumbers.EFAULT;
    }

    /** Takes what a process did about a signal until now. */
    @FunctionalInterface
    interface ActionTaker {
        void take(SignalAction before);
    }

    /** {@code do_sigaction}: the signal's number is the call's first argument. {@return 0 or −EINVAL} */
    static long doSigaction(Task current, PtRegs regs, @Nullable SignalAction next, ActionTaker before) {
        int number = (int) regs.argument(1);
        boolean fixed = number == Signal.SIGKILL || number == Signal.SIGSTOP;
        if (number < 1 || number > Signal.LAST || (next != null && fixed)) {
            return ErrorNumbers.EINVAL;
        }
        long abi = regs.abi() == Abi.I386 ? SignalAction.SA_IA32_ABI : 0;
        SignalAction kept = next == null
                ? null
                : new SignalAction(
                        next.handler(), (next.flags() & SignalAction.UAPI_FLAGS) | abi, next.restorer(), next.mask());
        SignalAction old = Signals.exchange(current, number, kept);
        before.take(new SignalAction(old.handler(), old.flags() & SignalAction.UAPI_FLAGS, old.restorer(), old.mask()));
        return 0;
    }

    /** {@code rt_sigprocmask(2)}. */
    public static long rtSigprocmask(Task current, PtRegs regs) {
        if (regs.argument(4) != SIGSET_SIZE) {
            return ErrorNumbers.EINVAL;
        }
        long before = current.signals().blocked();
        if (regs.argument(2) != 0) {
            UserStructure given = UserStructure.from(current.uaccess(), regs.argument(2), SIGSET_SIZE);
            if (given == null) {
                return ErrorNumbers.EFAULT;
            }
            long error = sigprocmask(current, (int) regs.argument(1), given.get64(0), ~0L);
            if (error != 0) {
                return error;
            }
        }
        return regs.argument(3) == 0 ? 0 : putSet(current, regs.argument(3), before, SIGSET_SIZE);
    }

    /**
     * Changes what is blocked.
     *
     * @param current the calling task
     * @param how SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK
     * @param given the signals
     * @param part which signals SIG_SETMASK sets; the others stay
     * @return 0 or −EINVAL
     */
    static long sigprocmask(Task current, int how, long given, long part) {
        long blocked = current.signals().blocked();
        switch (how) {
            case SIG_BLOCK -> Signals.setBlocked(current, blocked | given);
            case SIG_UNBLOCK -> Signals.setBlocked(current, blocked & ~given);
            case SIG_SETMASK -> Signals.setBlocked(current, (blocked & ~part) | given);
            default -> {
                return ErrorNumbers.EINVAL;
            }
        }
        return 0;
    }

    /** Writes the low bytes of a set, which is little-endian. */
    static long putSet(Task current, long to, long set, int size) {
        UserStructure copy = new UserStructure(SIGSET_SIZE);
        copy.set64(0, set);
        return copy.to(current.uaccess(), to, 0, size) ? 0 : ErrorNumbers.EFAULT;
    }

    /** {@code rt_sigpending(2)}: a shorter set is written as far as it goes. */
    public static long rtSigpending(Task current, PtRegs regs) {
        if (Long.compareUnsigned(regs.argument(2), SIGSET_SIZE) > 0) {
            return ErrorNumbers.EINVAL;
        }
        long waiting = Signals.pending(current) & current.signals().blocked();
        return putSet(current, regs.argument(1), waiting, (int) regs.argument(2));
    }

    // Waiting.

    /** {@code pause(2)}. */
    public static long pause(Task current, PtRegs regs) {
        sleep(current);
        return ErrorNumbers.ERESTARTNOHAND;
    }

    /** {@code rt_sigsuspend(2)}. */
    public static long rtSigsuspend(Task current, PtRegs regs) {
        if (regs.argument(2) != SIGSET_SIZE) {
            return ErrorNumbers.EINVAL;
        }
        UserStructure given = UserStructure.from(current.uaccess(), regs.argument(1), SIGSET_SIZE);
        return given == null ? ErrorNumbers.EFAULT : sigsuspend(current, given.get64(0));
    }

    static long sigsuspend(Task current, long mask) {
        long before = current.signals().blocked();
        Signals.setBlocked(current, mask);
        sleep(current);
        current.signals().restoreLater(before);
        return ErrorNumbers.ERESTARTNOHAND;
    }

    private static void sleep(Task current) {
        boolean expired = true;
        while (expired) {
            expired = current.sleepUntil(System.nanoTime() + LONGEST);
        }
    }

    /** {@code rt_sigtimedwait(2)} with the caller's {@code struct timespec}. */
    public static long rtSigtimedwait(Task current, PtRegs regs) {
        return rtSigtimedwait(current, regs, width(regs));
    }

    /** {@code rt_sigtimedwait_time64} of i386. */
    public static long rtSigtimedwaitTime64(Task current, PtRegs regs) {
        return rtSigtimedwait(current, regs, Long.BYTES);
    }

    private static long rtSigtimedwait(Task current, PtRegs regs, int time) {
        if (regs.argument(4) != SIGSET_SIZE) {
            return ErrorNumbers.EINVAL;
        }
        UserStructure set = UserStructure.from(current.uaccess(), regs.argument(1), SIGSET_SIZE);
        if (set == null) {
            return ErrorNumbers.EFAULT;
        }
        long span = LONGEST;
        if (regs.argument(3) != 0) {
            UserStructure timeout = UserStructure.from(current.uaccess(), regs.argument(3), 2 * time);
            if (timeout == null) {
                return ErrorNumbers.EFAULT;
            }
            long seconds = time == Long.BYTES ? timeout.get64(0) : timeout.get32(0);
            // A 32-bit program's struct __kernel_timespec has padding above the nanoseconds.
            boolean wide = time == Long.BYTES && width(regs) == Long.BYTES;
            long nanos = wide ? timeout.get64(8) : timeout.get32(time);
            if (seconds < 0 || nanos < 0 || nanos >= NSEC_PER_SEC) {
                return ErrorNumbers.EINVAL;
            }
            span = seconds > LONGEST / NSEC_PER_SEC ? LONGEST : Math.min(LONGEST, seconds * NSEC_PER_SEC + nanos);
        }
        Wait wait = doSigtimedwait(current, set.get64(0) & ~UNBLOCKABLE, span);
        Signal taken = wait.signal();
        if (taken == null) {
            return wait.error();
        }
        boolean told = regs.argument(2) == 0 || putInfo(current, regs, regs.argument(2), taken.info());
        return told ? taken.number() : ErrorNumbers.EFAULT;
    }

    /** What a wait for a signal ended with. */
    private record Wait(@Nullable Signal signal, long error) {}

    private static Wait doSigtimedwait(Task current, long which, long span) {
        Signal taken = Signals.dequeue(current, ~which);
        long error = ErrorNumbers.EAGAIN;
        if (taken == null && span > 0) {
            long blocked = current.signals().blocked();
            current.signals().setRealBlocked(blocked);
            Signals.setBlockedExactly(current, blocked & ~which);
            boolean expired = current.sleepUntil(System.nanoTime() + span);
            Signals.setBlockedExactly(current, blocked);
            current.signals().setRealBlocked(0);
            taken = Signals.dequeue(current, ~which);
            error = expired ? ErrorNumbers.EAGAIN : ErrorNumbers.EINTR;
        }
        return new Wait(taken, error);
    }

    private static boolean putInfo(Task current, PtRegs regs, long to, SigInfo info) {
        UserStructure copy = new UserStructure(SigInfo.SIZE);
        info.write(copy, width(regs));
        return copy.to(current.uaccess(), to);
    }

    // Sending.

    /** {@code kill(2)}. */
    public static long kill(Task current, PtRegs regs) {
        int sig = (int) regs.argument(2);
        return KillCalls.killSomething(current, (int) regs.argument(1), sig, sentBy(current, sig, Signal.SI_USER));
    }

    static SigInfo sentBy(Task current, int sig, int code) {
        return SigInfo.sentBy(
                sig, code, current.process().tgid(), current.credentials().uid());
    }

    /** {@code tkill(2)}. */
    public static long tkill(Task current, PtRegs regs) {
        int tid = (int) regs.argument(1);
        int sig = (int) regs.argument(2);
        return tid <= 0
                ? ErrorNumbers.EINVAL
                : KillCalls.sendSpecific(current, 0, tid, sig, sentBy(current, sig, Signal.SI_TKILL));
    }

    /** {@code tgkill(2)}. */
    public static long tgkill(Task current, PtRegs regs) {
        int tgid = (int) regs.argument(1);
        int tid = (int) regs.argument(2);
        int sig = (int) regs.argument(3);
        return tgid <= 0 || tid <= 0
                ? ErrorNumbers.EINVAL
                : KillCalls.sendSpecific(current, tgid, tid, sig, sentBy(current, sig, Signal.SI_TKILL));
    }

    /** {@code rt_sigqueueinfo(2)}. */
    public static long rtSigqueueinfo(Task current, PtRegs regs) {
        int pid = (int) regs.argument(1);
        int sig = (int) regs.argument(2);
        return queue(current, regs, 3, pid, info -> KillCalls.killProcess(current, pid, sig, info), sig);
    }

    /** {@code rt_tgsigqueueinfo(2)}. */
    public static long rtTgsigqueueinfo(Task current, PtRegs regs) {
        int tgid = (int) regs.argument(1);
        int tid = (int) regs.argument(2);
        int sig = (int) regs.argument(3);
        if (tgid <= 0 || tid <= 0) {
            return queue(current, regs, 4, current.tid(), info -> ErrorNumbers.EINVAL, sig);
        }
        return queue(current, regs, 4, tid, info -> KillCalls.sendSpecific(current, tgid, tid, sig, info), sig);
    }

    /** Sends what a program wrote itself. */
    @FunctionalInterface
    private interface Sender {
        long send(SigInfo info);
    }

    /** Only to itself may a program pretend that the kernel, kill(2) or tgkill(2) sent something. */
    private static long queue(Task current, PtRegs regs, int position, int to, Sender sender, int sig) {
        // A 64-bit program's structure is read further only where the kernel does not know what the code comes with.
        int size = width(regs) == Long.BYTES ? SigInfo.KNOWN_SIZE : SigInfo.SIZE;
        UserStructure given = UserStructure.from(current.uaccess(), regs.argument(position), size);
        if (given == null) {
            return ErrorNumbers.EFAULT;
        }
        given.set32(0, sig);
        SigInfo info = SigInfo.read(given, width(regs));
        long unknown = info.isKnown() ? 0 : lookFurther(current, regs.argument(position));
        if (unknown != 0) {
            return unknown;
        }
        boolean pretends = info.code() >= 0 || info.code() == Signal.SI_TKILL;
        return pretends && to != current.tid() ? ErrorNumbers.EPERM : sender.send(info);
    }

    /** {@return 0 if what the kernel does not know of a structure is 0; else −E2BIG; −EFAULT} */
    static long lookFurther(Task current, long from) {
        UserStructure given = UserStructure.from(current.uaccess(), from, SigInfo.SIZE);
        if (given == null) {
            return ErrorNumbers.EFAULT;
        }
        boolean more = false;
        for (int at = SigInfo.KNOWN_SIZE; at < SigInfo.SIZE; at += Long.BYTES) {
            more |= given.get64(at) != 0;
        }
        return more ? ErrorNumbers.E2BIG : 0;
    }

    // The stack for handlers.

    /** {@code sigaltstack(2)}. */
    public static long sigaltstack(Task current, PtRegs regs) {
        int word = width(regs);
        AlternateStack before = current.signals().stack();
        int state = before.state(regs.sp()) | (before.flags() & AlternateStack.SS_AUTODISARM);
        if (regs.argument(1) != 0) {
            UserStructure given = UserStructure.from(current.uaccess(), regs.argument(1), 3 * word);
            long error = given == null ? ErrorNumbers.EFAULT : setStack(current, given, word, regs.sp());
            if (error != 0) {
                return error;
            }
        }
        if (regs.argument(2) == 0) {
            return 0;
        }
        UserStructure old = new UserStructure(3 * word);
        putStack(old, new AlternateStack(before.address(), before.size(), state), word);
        return old.to(current.uaccess(), regs.argument(2)) ? 0 : ErrorNumbers.EFAULT;
    }

    /** Lays out {@code stack_t}, 3 words. */
    public static void putStack(UserStructure to, AlternateStack stack, int word) {
        to.setWord(0, stack.address(), word);
        to.set32(word, stack.flags());
        to.setWord(2 * word, stack.size(), word);
    }

    /**
     * Sets the stack for handlers: {@code do_sigaltstack}.
     *
     * @param current the calling task
     * @param given {@code stack_t}
     * @param word the program's word, 4 or 8 bytes
     * @param sp the program's stack pointer
     * @return 0, −EPERM, −EINVAL, −ENOMEM
     */
    public static long setStack(Task current, UserStructure given, int word, long sp) {
        AlternateStack now = current.signals().stack();
        if (now.isUsedAt(sp)) {
            return ErrorNumbers.EPERM;
        }
        int flags = given.get32(word);
        int mode = flags & ~AlternateStack.SS_AUTODISARM;
        if (mode != AlternateStack.SS_DISABLE && mode != AlternateStack.SS_ONSTACK && mode != 0) {
            return ErrorNumbers.EINVAL;
        }
        AlternateStack next = new AlternateStack(given.getWord(0, word), given.getWord(2 * word, word), flags);
        if (next.equals(now)) {
            return 0;
        }
        if (mode == AlternateStack.SS_DISABLE) {
            next = new AlternateStack(0, 0, flags);
        } else if (Long.compareUnsigned(next.size(), AlternateStack.LEAST) < 0) {
            return ErrorNumbers.ENOMEM;
        }
        current.signals().setStack(next);
        return 0;
    }
}
