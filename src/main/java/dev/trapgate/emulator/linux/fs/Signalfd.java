package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.SigInfo;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Signals;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A file that signals are read from: {@code struct signalfd_ctx} and {@code signalfd_fops} of fs/signalfd.c, Linux 6.18.
 * They are those of the task that reads or asks, whoever made the file.
 */
final class Signalfd implements FileOperations {

    /** Size of {@code struct signalfd_siginfo}. */
    static final int SIZE = 128;

    private static final long UNREADABLE = Signal.mask(Signal.SIGKILL) | Signal.mask(Signal.SIGSTOP);

    /** Where {@code struct signalfd_siginfo} has its fields; the first three are at 0, 4 and 8. */
    private static final int PID = 12;

    private static final int UID = 16;
    private static final int FD = 20;
    private static final int TID = 24;
    private static final int BAND = 28;
    private static final int OVERRUN = 32;
    private static final int STATUS = 40;
    private static final int INT = 44;
    private static final int PTR = 48;
    private static final int UTIME = 56;
    private static final int STIME = 64;
    private static final int ADDR = 72;
    private static final int SYSCALL = 84;
    private static final int CALL_ADDR = 88;
    private static final int ARCH = 96;

    /** Which signals stay: all but those that are read. */
    private volatile long others;

    /**
     * Makes a file.
     *
     * @param mask which signals are read, {@link Signal#mask} of each
     */
    Signalfd(long mask) {
        setMask(mask);
    }

    /** Changes which signals are read; SIGKILL and SIGSTOP never are. */
    void setMask(long mask) {
        others = ~(mask & ~UNREADABLE);
    }

    @Override
    public int modes() {
        return FMODE_LSEEK | FMODE_CAN_READ | FMODE_NOWAIT;
    }

    @Override
    public boolean canPoll() {
        return true;
    }

    @Override
    public int poll(Task current, File file, PollTable wait) {
        wait.pollWait(current.process().signalfdQueue());
        return (Signals.pending(current) & ~others) != 0 ? POLLIN : 0;
    }

    /** {@code signalfd_read_iter}: waits for the first only. */
    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        long count = to.count() / SIZE;
        if (count == 0) {
            return ErrorNumbers.EINVAL;
        }
        boolean mustNotWait = file.isNonblocking() || iocb.has(Kiocb.RWF_NOWAIT);
        Signal signal = Signals.dequeue(current, others);
        if (signal == null && !mustNotWait) {
            Signal[] taken = new Signal[1];
            long error = WaitingTask.waitEvent(
                    current, current.process().signalfdQueue(), WaitQueue.Share.SHARED, () -> isTaken(current, taken));
            if (error != 0) {
                return error;
            }
            signal = taken[0];
        }
        return signal == null ? ErrorNumbers.EAGAIN : tellAll(current, signal, count, to);
    }

    private boolean isTaken(Task current, @Nullable Signal[] to) {
        if (to[0] == null) {
            to[0] = Signals.dequeue(current, others);
        }
        return to[0] != null;
    }

    private long tellAll(Task current, Signal first, long most, IovIter to) {
        long done = 0;
        MemorySegment told = MemorySegment.ofArray(new long[SIZE / Long.BYTES]);
        for (Signal signal = first; signal != null; signal = Signals.dequeue(current, others)) {
            fill(told, signal.info());
            if (to.copyTo(told, 0, SIZE) < SIZE) {
                return done == 0 ? ErrorNumbers.EFAULT : done;
            }
            done += SIZE;
            if (done == most * SIZE) {
                break;
            }
        }
        return done;
    }

    /** {@code signalfd_copyinfo}. */
    private static void fill(MemorySegment told, SigInfo info) {
        told.fill((byte) 0);
        told.set(Arguments.INT, 0, info.number());
        told.set(Arguments.INT, 4, info.errno());
        told.set(Arguments.INT, 8, info.code());
        switch (info.layout()) {
            case KILL -> fillSender(told, info);
            case TIMER -> {
                told.set(Arguments.INT, TID, info.pid());
                told.set(Arguments.INT, OVERRUN, info.uid());
                fillValue(told, info);
            }
            case POLL -> {
                told.set(Arguments.INT, BAND, info.pid());
                told.set(Arguments.INT, FD, (int) info.value());
            }
            case FAULT -> told.set(Arguments.LONG, ADDR, info.address());
            case CHLD -> {
                fillSender(told, info);
                told.set(Arguments.INT, STATUS, (int) info.value());
                told.set(Arguments.LONG, UTIME, info.third());
                told.set(Arguments.LONG, STIME, info.fourth());
            }
            case RT -> {
                fillSender(told, info);
                fillValue(told, info);
            }
            case SYS -> {
                told.set(Arguments.LONG, CALL_ADDR, info.address());
                told.set(Arguments.INT, SYSCALL, (int) info.second());
                told.set(Arguments.INT, ARCH, (int) (info.second() >> Integer.SIZE));
            }
        }
    }

    private static void fillSender(MemorySegment told, SigInfo info) {
        told.set(Arguments.INT, PID, info.pid());
        told.set(Arguments.INT, UID, info.uid());
    }

    private static void fillValue(MemorySegment told, SigInfo info) {
        told.set(Arguments.LONG, PTR, info.value());
        told.set(Arguments.INT, INT, (int) info.value());
    }

    @Override
    public long llseek(Task current, File file, long offset, int whence) {
        return Llseek.noop(file);
    }
}
