package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import dev.trapgate.emulator.linux.kernel.WaitingTask;
import dev.trapgate.emulator.linux.kernel.time.Hrtimer;
import dev.trapgate.emulator.linux.kernel.time.Hrtimers;
import dev.trapgate.emulator.linux.kernel.time.Timekeeper;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A timer that can be read and waited for: {@code struct timerfd_ctx} and {@code timerfd_fops} of fs/timerfd.c, Linux 6.18.
 * A periodic one is started for one period at a time: who reads it, or asks for its time, counts those that have passed.
 */
final class Timerfd implements FileOperations {

    static final int CLOCK_REALTIME = 0;
    static final int CLOCK_MONOTONIC = 1;
    static final int CLOCK_BOOTTIME = 7;
    static final int CLOCK_REALTIME_ALARM = 8;
    static final int CLOCK_BOOTTIME_ALARM = 9;

    static final int TFD_TIMER_ABSTIME = 1;
    static final int TFD_TIMER_CANCEL_ON_SET = 2;

    private static final int SIZE = Long.BYTES;

    /**
     * When a timer expires: {@code struct itimerspec}.
     *
     * @param interval nanoseconds from one time to the next; 0 if there is one only
     * @param value nanoseconds to the first time; 0 if it is not started
     */
    record Setting(long interval, long value) {}

    private final Timekeeper timekeeper;
    private final int clock;
    private final WaitQueue queue = new WaitQueue();
    private final Runnable whenSet = this::clockWasSet;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private Hrtimer timer;
    private long expires;
    private long interval;
    private boolean expired;
    private volatile long ticks;
    private boolean mightCancel;
    private boolean wasSet;

    /**
     * Makes a timer that is not started.
     *
     * @param timekeeper the machine's clocks
     * @param clock CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME or one of the two alarm clocks
     */
    Timerfd(Timekeeper timekeeper, int clock) {
        this.timekeeper = timekeeper;
        this.clock = clock;
        this.timer = timer(clock());
    }

    private Hrtimer timer(int base) {
        // A timer that was cancelled may still be on its way here: it is not this one then.
        Hrtimer[] made = new Hrtimer[1];
        made[0] = new Hrtimer(base, () -> triggered(made[0]));
        return made[0];
    }

    /** An emulated machine never sleeps: its alarm clocks are as the others. */
    private int clock() {
        return switch (clock) {
            case CLOCK_REALTIME_ALARM -> CLOCK_REALTIME;
            case CLOCK_BOOTTIME_ALARM -> CLOCK_BOOTTIME;
            default -> clock;
        };
    }

    /** {@return whether it could wake a machine that sleeps: {@code isalarm}} */
    boolean isAlarm() {
        return clock == CLOCK_REALTIME_ALARM || clock == CLOCK_BOOTTIME_ALARM;
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
        wait.pollWait(queue);
        return ticks != 0 ? POLLIN : 0;
    }

    /** {@code timerfd_triggered}. */
    private void triggered(Hrtimer which) {
        lock.lock();
        try {
            if (which == timer) {
                expired = true;
                addTicks(1);
                queue.wakeUp(POLLIN);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The lock is held. */
    private void addTicks(long more) {
        long before = ticks;
        ticks = before + more;
    }

    /** {@code timerfd_clock_was_set}, of one timer. */
    private void clockWasSet() {
        lock.lock();
        try {
            if (mightCancel) {
                wasSet = true;
                addTicks(1);
                queue.wakeUp(POLLIN);
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@code timerfd_canceled}: told once. */
    private boolean isCanceled() {
        boolean canceled = mightCancel && wasSet;
        wasSet = wasSet && !canceled;
        return canceled;
    }

    /**
     * Starts or stops the timer: {@code do_timerfd_settime}.
     *
     * @param flags TFD_TIMER_ABSTIME and TFD_TIMER_CANCEL_ON_SET
     * @param next when it is to expire
     * @return when it would have expired, in nanoseconds from now
     */
    Setting set(int flags, Setting next) {
        boolean absolute = (flags & TFD_TIMER_ABSTIME) != 0;
        boolean cancels = clock() == CLOCK_REALTIME && absolute && (flags & TFD_TIMER_CANCEL_ON_SET) != 0;
        watchClock(cancels);
        lock.lock();
        try {
            stop();
            if (expired && interval != 0) {
                forward();
            }
            Setting before = new Setting(interval, remaining());
            // Relative times go by a clock that is never set.
            timer = timer(absolute || clock() != CLOCK_REALTIME ? clock() : CLOCK_MONOTONIC);
            expired = false;
            ticks = 0;
            interval = next.interval();
            expires = absolute || next.value() == 0 ? next.value() : Hrtimers.add(now(), next.value());
            if (next.value() != 0) {
                start();
            }
            return before;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether the clock was set since the timer was: −ECANCELED once for each time} */
    boolean takeCanceled() {
        lock.lock();
        try {
            return isCanceled();
        } finally {
            lock.unlock();
        }
    }

    private void watchClock(boolean cancels) {
        lock.lock();
        try {
            if (cancels && !mightCancel) {
                timekeeper.whenSet(whenSet);
            } else if (!cancels && mightCancel) {
                timekeeper.forgetWhenSet(whenSet);
            }
            mightCancel = cancels;
        } finally {
            lock.unlock();
        }
    }

    /** {@return when it expires next, in nanoseconds from now: {@code do_timerfd_gettime}} */
    Setting get() {
        lock.lock();
        try {
            if (expired && interval != 0) {
                expired = false;
                addTicks(forward() - 1);
                start();
            }
            return new Setting(interval, remaining());
        } finally {
            lock.unlock();
        }
    }

    private long now() {
        return timekeeper.read(timer.clock());
    }

    private long remaining() {
        return Math.max(0, expires - now());
    }

    private void start() {
        timekeeper.hrtimers().start(timer, expires);
    }

    private void stop() {
        timekeeper.hrtimers().cancel(timer);
    }

    /** {@return how many periods have passed; it expires at the end of the next one: {@code hrtimer_forward_now}} */
    private long forward() {
        long late = now() - expires;
        if (late < 0) {
            return 0;
        }
        long periods = late / interval + 1;
        expires = Hrtimers.add(expires, periods * interval);
        return periods;
    }

    /** {@code timerfd_read_iter}: how often it has expired since it was last read. */
    @Override
    public long readIter(Task current, File file, Kiocb iocb, IovIter to) {
        if (to.count() < SIZE) {
            return ErrorNumbers.EINVAL;
        }
        boolean mustNotWait = file.isNonblocking() || iocb.has(Kiocb.RWF_NOWAIT);
        long result = ErrorNumbers.EAGAIN;
        long taken = 0;
        boolean waits;
        do {
            if (!mustNotWait) {
                result = WaitingTask.waitEvent(current, queue, WaitQueue.Share.SHARED, () -> ticks != 0);
            }
            lock.lock();
            try {
                if (isCanceled()) {
                    ticks = 0;
                    expired = false;
                    return ErrorNumbers.ECANCELED;
                }
                taken = take();
            } finally {
                lock.unlock();
            }
            // Another reader may have been faster.
            waits = taken == 0 && result == 0;
        } while (waits);
        return taken == 0 ? result : tell(taken, to);
    }

    private long take() {
        long taken = ticks;
        if (taken != 0 && expired && interval != 0) {
            taken += forward() - 1;
            start();
        }
        expired = false;
        ticks = 0;
        return taken;
    }

    /** What could not be told is gone. */
    private static long tell(long taken, IovIter to) {
        MemorySegment told = MemorySegment.ofArray(new long[1]);
        told.set(Arguments.LONG, 0, taken);
        long copied = to.copyTo(told, 0, SIZE);
        return copied == 0 ? ErrorNumbers.EFAULT : copied;
    }

    @Override
    public long llseek(Task current, File file, long offset, int whence) {
        return Llseek.noop(file);
    }

    @Override
    public void release(File file) {
        watchClock(false);
        lock.lock();
        try {
            stop();
        } finally {
            lock.unlock();
        }
    }
}
