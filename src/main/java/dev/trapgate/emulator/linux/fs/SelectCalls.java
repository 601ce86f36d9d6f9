package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Waiting for descriptors in sets: {@code select} and {@code pselect6} of fs/select.c, Linux 6.18. */
public final class SelectCalls {

    private static final int POLLIN_SET = FileOperations.POLLNVAL
            | FileOperations.POLLRDNORM
            | FileOperations.POLLRDBAND
            | FileOperations.POLLIN
            | FileOperations.POLLHUP
            | FileOperations.POLLERR;
    private static final int POLLOUT_SET = FileOperations.POLLNVAL
            | FileOperations.POLLWRBAND
            | FileOperations.POLLWRNORM
            | FileOperations.POLLOUT
            | FileOperations.POLLERR;
    private static final int POLLEX_SET = FileOperations.POLLNVAL | FileOperations.POLLPRI;
    private static final int[] WANTED = {POLLIN_SET, POLLOUT_SET, POLLEX_SET};
    private static final int SETS = WANTED.length;
    private static final int OLD_SELECT_ARGUMENTS = 20;

    private SelectCalls() {}

    /** {@code select(2)}; {@code _newselect} of i386. */
    public static long select(Task current, PtRegs regs) {
        long[] sets = {regs.argument(2), regs.argument(3), regs.argument(4)};
        return kernSelect(current, regs.abi(), (int) regs.argument(1), sets, regs.argument(5));
    }

    /** {@code select} number 82 of i386: the arguments are in memory. */
    public static long oldSelect(Task current, PtRegs regs) {
        if (!Arguments.fetch(current, regs.argument(1), OLD_SELECT_ARGUMENTS)) {
            return ErrorNumbers.EFAULT;
        }
        MemorySegment buffer = current.buffer();
        long[] words = new long[OLD_SELECT_ARGUMENTS / Integer.BYTES];
        for (int i = 0; i < words.length; i++) {
            words[i] = buffer.get(Arguments.INT, (long) i * Integer.BYTES) & 0xffff_ffffL;
        }
        return kernSelect(current, regs.abi(), (int) words[0], new long[] {words[1], words[2], words[3]}, words[4]);
    }

    private static long kernSelect(Task current, Abi abi, int count, long[] sets, long timeoutAddress) {
        PollTimeout timeout = PollTimeout.fetch(current, timeoutAddress, PollTimeout.Format.timeval(abi));
        if (timeout.error() != 0) {
            return timeout.error();
        }
        return timeout.finish(current, coreSysSelect(current, abi, count, sets, timeout));
    }

    /** {@code pselect6(2)} with the first {@code struct timespec} of the program's convention. */
    public static long pselect6(Task current, PtRegs regs) {
        return pselect6(current, regs, PollTimeout.Format.timespec(regs.abi()));
    }

    /** {@code pselect6_time64} of i386. */
    public static long pselect6Time64(Task current, PtRegs regs) {
        return pselect6(current, regs, PollTimeout.Format.TIMESPEC);
    }

    private static long pselect6(Task current, PtRegs regs, PollTimeout.Format format) {
        long mask = 0;
        long maskSize = 0;
        if (regs.argument(6) != 0) {
            int word = regs.abi().pointerSize();
            if (!Arguments.fetch(current, regs.argument(6), 2 * word)) {
                return ErrorNumbers.EFAULT;
            }
            mask = word(current.buffer(), word, 0);
            maskSize = word(current.buffer(), word, word);
        }
        PollTimeout timeout = PollTimeout.fetch(current, regs.argument(5), format);
        if (timeout.error() != 0) {
            return timeout.error();
        }
        long refusal = WaitMask.set(current, mask, maskSize);
        if (refusal != 0) {
            return refusal;
        }
        long[] sets = {regs.argument(2), regs.argument(3), regs.argument(4)};
        long result = coreSysSelect(current, regs.abi(), (int) regs.argument(1), sets, timeout);
        WaitMask.restore(current, result);
        return timeout.finish(current, result);
    }

    private static long word(MemorySegment buffer, int width, int offset) {
        return width == Long.BYTES
                ? buffer.get(Arguments.LONG, offset)
                : buffer.get(Arguments.INT, offset) & 0xffff_ffffL;
    }

    /** {@code core_sys_select}: descriptors that the table has no room for are not looked at. */
    private static long coreSysSelect(Task current, Abi abi, int wanted, long[] addresses, PollTimeout timeout) {
        if (wanted < 0) {
            return ErrorNumbers.EINVAL;
        }
        int count = Math.min(wanted, current.files().size());
        int word = 8 * abi.pointerSize();
        int size = (count + word - 1) / word * abi.pointerSize();
        MemorySegment[] sets = new MemorySegment[SETS];
        MemorySegment[] results = new MemorySegment[SETS];
        for (int i = 0; i < SETS; i++) {
            sets[i] = MemorySegment.ofArray(new byte[size]);
            results[i] = MemorySegment.ofArray(new byte[size]);
            if (addresses[i] != 0 && current.uaccess().copyFromUser(sets[i], addresses[i], size) != 0) {
                return ErrorNumbers.EFAULT;
            }
        }
        long ready = doSelect(current, count, sets, results, timeout);
        if (ready < 0) {
            return ready;
        }
        for (int i = 0; i < SETS; i++) {
            if (addresses[i] != 0 && current.uaccess().copyToUser(addresses[i], results[i], size) != 0) {
                return ErrorNumbers.EFAULT;
            }
        }
        return ready;
    }

    private static long doSelect(
            Task current, int count, MemorySegment[] sets, MemorySegment[] results, PollTimeout timeout) {
        if (namesClosed(current, count, sets)) {
            return ErrorNumbers.EBADF;
        }
        try (PollWait wait = new PollWait(current)) {
            if (timeout.span() == PollTimeout.Span.ZERO) {
                wait.complete();
            }
            while (true) {
                wait.prepare();
                long ready = scan(current, count, sets, results, wait);
                wait.complete();
                if (ready != 0) {
                    return ready;
                }
                if (current.signalPending()) {
                    return ErrorNumbers.ERESTARTNOHAND;
                }
                if (timeout.isOver()) {
                    return 0;
                }
                wait.schedule(timeout.deadline());
            }
        }
    }

    /** {@code max_select_fd}. */
    private static boolean namesClosed(Task current, int count, MemorySegment[] sets) {
        for (int descriptor = 0; descriptor < count; descriptor++) {
            boolean named = has(sets[0], descriptor) || has(sets[1], descriptor) || has(sets[2], descriptor);
            if (named && current.files().nextOpen(descriptor) != descriptor) {
                return true;
            }
        }
        return false;
    }

    private static long scan(Task current, int count, MemorySegment[] sets, MemorySegment[] results, PollWait wait) {
        long ready = 0;
        for (int descriptor = 0; descriptor < count; descriptor++) {
            boolean named = has(sets[0], descriptor) || has(sets[1], descriptor) || has(sets[2], descriptor);
            int mask = named ? mask(current, descriptor, wait) : 0;
            for (int i = 0; i < SETS && mask != 0; i++) {
                if (has(sets[i], descriptor) && (mask & WANTED[i]) != 0) {
                    add(results[i], descriptor);
                    ready++;
                }
            }
        }
        return ready;
    }

    private static int mask(Task current, int descriptor, PollWait wait) {
        File file = current.files().get(descriptor);
        if (file == null) {
            return FileOperations.POLLNVAL;
        }
        try {
            return wait.poll(file);
        } finally {
            file.release();
        }
    }

    private static boolean has(MemorySegment set, int descriptor) {
        return (set.get(ValueLayout.JAVA_BYTE, descriptor >> 3) >> (descriptor & 7) & 1) != 0;
    }

    private static void add(MemorySegment set, int descriptor) {
        int bits = set.get(ValueLayout.JAVA_BYTE, descriptor >> 3) | 1 << (descriptor & 7);
        set.set(ValueLayout.JAVA_BYTE, descriptor >> 3, (byte) bits);
    }
}
