package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;

/** Waiting for descriptors in a list: {@code poll} and {@code ppoll} of fs/select.c, Linux 6.18. */
public final class PollCalls {

    private static final int SIZE_OF_POLLFD = 8;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;
    private static final int ALWAYS = FileOperations.POLLERR | FileOperations.POLLHUP;

    private PollCalls() {}

    /** {@code poll(2)}: interrupted without a handler, it goes on for the rest of its time. */
    public static long poll(Task current, PtRegs regs) {
        return poll(current, regs.argument(1), regs.argument(2), PollTimeout.ofMillis((int) regs.argument(3)));
    }

    private static long poll(Task current, long address, long count, PollTimeout timeout) {
        long result = doSysPoll(current, address, count, timeout);
        if (result != ErrorNumbers.ERESTARTNOHAND) {
            return result;
        }
        current.setRestart((task, regs) -> poll(
                task,
                address,
                count,
                timeout.span() == PollTimeout.Span.ZERO ? timeout : PollTimeout.until(timeout.deadline())));
        return ErrorNumbers.ERESTART_RESTARTBLOCK;
    }

    /** {@code ppoll(2)} with the first {@code struct timespec} of the program's convention. */
    public static long ppoll(Task current, PtRegs regs) {
        return ppoll(current, regs, PollTimeout.Format.timespec(regs.abi()));
    }

    /** {@code ppoll_time64} of i386. */
    public static long ppollTime64(Task current, PtRegs regs) {
        return ppoll(current, regs, PollTimeout.Format.TIMESPEC);
    }

    private static long ppoll(Task current, PtRegs regs, PollTimeout.Format format) {
        PollTimeout timeout = PollTimeout.fetch(current, regs.argument(3), format);
        if (timeout.error() != 0) {
            return timeout.error();
        }
        long refusal = WaitMask.set(current, regs.argument(4), regs.argument(5));
        if (refusal != 0) {
            return refusal;
        }
        long result = doSysPoll(current, regs.argument(1), regs.argument(2), timeout);
        WaitMask.restore(current, result);
        return timeout.finish(current, result);
    }

    private static long doSysPoll(Task current, long address, long descriptors, PollTimeout timeout) {
        long count = descriptors & 0xffff_ffffL;
        if (Long.compareUnsigned(count, current.descriptorLimit()) > 0) {
            return ErrorNumbers.EINVAL;
        }
        MemorySegment list = MemorySegment.ofArray(new long[(int) count]);
        long size = count * SIZE_OF_POLLFD;
        if (current.uaccess().copyFromUser(list, address, size) != 0) {
            return ErrorNumbers.EFAULT;
        }
        long ready = doPoll(current, list, (int) count, timeout);
        return ready < 0 ? ready : tell(current, address, list, (int) count, ready);
    }

    /** Writes what is ready, and only that. */
    private static long tell(Task current, long address, MemorySegment list, int count, long ready) {
        if (!current.uaccess().accessOk(address, (long) count * SIZE_OF_POLLFD)) {
            return ErrorNumbers.EFAULT;
        }
        for (int i = 0; i < count; i++) {
            long at = (long) i * SIZE_OF_POLLFD + REVENTS;
            if (current.uaccess().copyToUser(address + at, list, at, Short.BYTES) != 0) {
                return ErrorNumbers.EFAULT;
            }
        }
        return ready;
    }

    private static long doPoll(Task current, MemorySegment list, int count, PollTimeout timeout) {
        try (PollWait wait = new PollWait(current)) {
            if (timeout.span() == PollTimeout.Span.ZERO) {
                wait.complete();
            }
            while (true) {
                wait.prepare();
                long ready = scan(current, list, count, wait);
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

    private static long scan(Task current, MemorySegment list, int count, PollWait wait) {
        long ready = 0;
        for (int i = 0; i < count; i++) {
            long at = (long) i * SIZE_OF_POLLFD;
            int descriptor = list.get(Arguments.INT, at);
            int events = list.get(Arguments.SHORT, at + EVENTS) & 0xffff;
            int mask = descriptor < 0 ? 0 : doPollfd(current, descriptor, events, wait);
            list.set(Arguments.SHORT, at + REVENTS, (short) mask);
            ready += mask != 0 ? 1 : 0;
        }
        return ready;
    }

    private static int doPollfd(Task current, int descriptor, int events, PollWait wait) {
        File file = current.files().get(descriptor);
        if (file == null) {
            return FileOperations.POLLNVAL;
        }
        try {
            return wait.poll(file) & (events | ALWAYS);
        } finally {
            file.release();
        }
    }
}
