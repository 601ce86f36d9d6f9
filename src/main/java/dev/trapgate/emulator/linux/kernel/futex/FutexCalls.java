package dev.trapgate.emulator.linux.kernel.futex;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.time.Timespec.Width;
import java.util.OptionalInt;

/**
 * The calls about futexes: kernel/futex/syscalls.c, Linux 6.18.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/futex.2.html">futex(2)</a>
 */
public final class FutexCalls {

    private static final int WAIT = 0;
    private static final int WAKE = 1;
    private static final int REQUEUE = 3;
    private static final int CMP_REQUEUE = 4;
    private static final int WAKE_OP = 5;
    private static final int LOCK_PI = 6;
    private static final int WAIT_BITSET = 9;
    private static final int WAKE_BITSET = 10;
    private static final int WAIT_REQUEUE_PI = 11;
    private static final int LOCK_PI2 = 13;
    private static final int COMMAND_MASK = ~(FutexFlags.PRIVATE_FLAG | FutexFlags.CLOCK_REALTIME_FLAG);

    private FutexCalls() {}

    /** {@code futex(2)} with 64-bit times. */
    public static long futex(Task current, PtRegs regs) {
        return futex(current, regs, Width.BITS_64);
    }

    /** {@code futex(2)} with 32-bit times. */
    public static long futexTime32(Task current, PtRegs regs) {
        return futex(current, regs, Width.BITS_32);
    }

    private static long futex(Task current, PtRegs regs, Width width) {
        int operation = (int) regs.argument(2);
        int command = operation & COMMAND_MASK;
        int flags = FutexFlags.of(operation);
        FutexTimeout timeout = timeout(current, regs, width, command, flags);
        if (timeout.error() != 0) {
            return timeout.error();
        }
        boolean choosesClock = command == WAIT_BITSET || command == WAIT_REQUEUE_PI || command == LOCK_PI2;
        if ((flags & FutexFlags.CLOCKRT) != 0 && !choosesClock) {
            return ErrorNumbers.ENOSYS;
        }
        return futex(current, regs, command, flags, timeout);
    }

    private static FutexTimeout timeout(Task current, PtRegs regs, Width width, int command, int flags) {
        boolean has =
                switch (command) {
                    case WAIT, LOCK_PI, LOCK_PI2, WAIT_BITSET, WAIT_REQUEUE_PI -> true;
                    default -> false;
                };
        if (!has) {
            return FutexTimeout.NONE;
        }
        FutexTimeout.Origin origin = command == WAIT ? FutexTimeout.Origin.NOW : FutexTimeout.Origin.CLOCK;
        int clock = (flags & FutexFlags.CLOCKRT) != 0 ? FutexTimeout.CLOCK_REALTIME : FutexTimeout.CLOCK_MONOTONIC;
        return FutexTimeout.read(current, regs, regs.argument(4), width, origin, clock);
    }

    private static long futex(Task current, PtRegs regs, int command, int flags, FutexTimeout timeout) {
        long address = regs.argument(1);
        int value = (int) regs.argument(3);
        int second = (int) regs.argument(4);
        long otherAddress = regs.argument(5);
        int third = (int) regs.argument(6);
        Requeue.Place from = new Requeue.Place(address, flags);
        Requeue.Place to = new Requeue.Place(otherAddress, flags);
        return switch (command) {
            case WAIT -> WaitWake.wait(current, address, flags, value, timeout, FutexQ.MATCH_ANY);
            case WAIT_BITSET -> WaitWake.wait(current, address, flags, value, timeout, third);
            case WAKE -> WaitWake.wake(current, address, flags, value, FutexQ.MATCH_ANY);
            case WAKE_BITSET -> WaitWake.wake(current, address, flags, value, third);
            case REQUEUE -> Requeue.requeue(current, from, to, value, second, OptionalInt.empty());
            case CMP_REQUEUE -> Requeue.requeue(current, from, to, value, second, OptionalInt.of(third));
            case WAKE_OP -> WaitWake.wakeOp(current, address, otherAddress, flags, value, second, third);
            default -> ErrorNumbers.ENOSYS;
        };
    }

    /** {@return a timeout by the clock of the argument behind it: {@code futex2_setup_timeout}} */
    static FutexTimeout timeout2(Task current, PtRegs regs, int argument) {
        long address = regs.argument(argument);
        int clock = (int) regs.argument(argument + 1);
        if (address != 0 && clock != FutexTimeout.CLOCK_REALTIME && clock != FutexTimeout.CLOCK_MONOTONIC) {
            return FutexTimeout.no(ErrorNumbers.EINVAL);
        }
        return FutexTimeout.read(current, regs, address, Width.BITS_64, FutexTimeout.Origin.CLOCK, clock);
    }

    /** {@code futex_waitv(2)}. */
    public static long futexWaitv(Task current, PtRegs regs) {
        return WaitMultiple.waitv(current, regs);
    }

    /** {@code futex_wake(2)}. */
    public static long futexWake(Task current, PtRegs regs) {
        int flags2 = (int) regs.argument(4);
        long mask = FutexFlags.word(regs.abi(), regs.argument(2));
        if (!FutexFlags.isValid2(flags2) || !FutexFlags.fits(mask)) {
            return ErrorNumbers.EINVAL;
        }
        int flags = FutexFlags.of2(flags2) | FutexFlags.STRICT;
        return WaitWake.wake(current, regs.argument(1), flags, (int) regs.argument(3), (int) mask);
    }

    /** {@code futex_wait(2)}. */
    public static long futexWait(Task current, PtRegs regs) {
        Abi abi = regs.abi();
        int flags2 = (int) regs.argument(4);
        long value = FutexFlags.word(abi, regs.argument(2));
        long mask = FutexFlags.word(abi, regs.argument(3));
        if (!FutexFlags.isValid2(flags2) || !FutexFlags.fits(value) || !FutexFlags.fits(mask)) {
            return ErrorNumbers.EINVAL;
        }
        FutexTimeout timeout = timeout2(current, regs, 5);
        return timeout.error() != 0
                ? timeout.error()
                : WaitWake.waitOnce(
                        current, regs.argument(1), FutexFlags.of2(flags2), (int) value, timeout, (int) mask);
    }

    /** {@code futex_requeue(2)}. */
    public static long futexRequeue(Task current, PtRegs regs) {
        if ((int) regs.argument(2) != 0 || regs.argument(1) == 0) {
            return ErrorNumbers.EINVAL;
        }
        WaitMultiple.Vectors vectors = WaitMultiple.parse(current, regs.argument(1), 2);
        if (vectors.error() != 0) {
            return vectors.error();
        }
        WaitMultiple.Vector from = vectors.all().getFirst();
        WaitMultiple.Vector to = vectors.all().getLast();
        if (from.flags() != to.flags()) {
            return ErrorNumbers.EINVAL;
        }
        return Requeue.requeue(
                current,
                new Requeue.Place(from.address(), from.flags()),
                new Requeue.Place(to.address(), to.flags()),
                (int) regs.argument(3),
                (int) regs.argument(4),
                OptionalInt.of(from.value()));
    }

    /** {@code set_robust_list(2)}: each convention has a list of its own. */
    public static long setRobustList(Task current, PtRegs regs) {
        RobustList.Layout layout = RobustList.Layout.of(regs.abi());
        if (FutexFlags.word(regs.abi(), regs.argument(2)) != layout.size()) {
            return ErrorNumbers.EINVAL;
        }
        current.attributes().setRobustList(regs.abi(), regs.argument(1));
        return 0;
    }
}
