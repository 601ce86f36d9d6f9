package dev.trapgate.emulator.linux.kernel.time;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The timers of a machine that are started: {@code struct hrtimer_cpu_base} of kernel/time/hrtimer.c. A thread waits for
 * the first of them; there is none while nothing is to be waited for.
 */
public final class Hrtimers {

    /** KTIME_MAX, when nothing expires: 292 years. */
    public static final long KTIME_MAX = Long.MAX_VALUE;

    private static final long IDLE_SECONDS = 1;
    /** How far ahead {@link System#nanoTime} can be compared. */
    private static final long FAR = Long.MAX_VALUE / 4;

    private final Timekeeper timekeeper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Held while functions run, which take locks of their own. */
    private final ReentrantLock delivery = new ReentrantLock();

    private final TreeSet<Hrtimer> queue = new TreeSet<>(
            Comparator.<Hrtimer>comparingLong(timer -> timer.deadline).thenComparingLong(timer -> timer.order));
    private long orders;
    private boolean stopped;
    private @Nullable Thread worker;

    /**
     * Makes an empty queue.
     *
     * @param timekeeper the machine's clocks
     */
    Hrtimers(Timekeeper timekeeper) {
        this.timekeeper = timekeeper;
    }

    /** {@return a clock's time and a span, at most KTIME_MAX: {@code ktime_add_safe}} */
    public static long add(long time, long span) {
        long sum = time + span;
        return sum < 0 ? KTIME_MAX : sum;
    }

    /**
     * Starts a timer, anew if it is started: {@code hrtimer_start}.
     *
     * @param timer the timer
     * @param expires what its clock shows then, in nanoseconds; it expires at once if that is past
     */
    public void start(Hrtimer timer, long expires) {
        lock.lock();
        try {
            remove(timer);
            if (stopped) {
                return;
            }
            timer.expires = expires;
            timer.order = orders++;
            insert(timer);
            if (worker == null) {
                worker = Thread.ofPlatform().daemon().name("emulated timers").start(this::run);
            } else if (queue.first() == timer) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void insert(Hrtimer timer) {
        long left = Math.clamp(timer.expires - now(timer), 0, FAR);
        timer.deadline = timekeeper.monotonic() + left;
        timer.queued = true;
        queue.add(timer);
    }

    private long now(Hrtimer timer) {
        return timekeeper.read(timer.clock);
    }

    /** Cancels a timer, if it is started: {@code hrtimer_try_to_cancel}. Its function may be under way. */
    public void cancel(Hrtimer timer) {
        lock.lock();
        try {
            remove(timer);
        } finally {
            lock.unlock();
        }
    }

    private void remove(Hrtimer timer) {
        if (timer.queued) {
            queue.remove(timer);
            timer.queued = false;
        }
    }

    /** Looks at all timers anew, because a clock was set: {@code clock_was_set}. */
    void clockWasSet() {
        lock.lock();
        try {
            List<Hrtimer> all = new ArrayList<>(queue);
            queue.clear();
            all.forEach(this::insert);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether no thread waits for a timer} */
    public boolean isIdle() {
        lock.lock();
        try {
            return worker == null;
        } finally {
            lock.unlock();
        }
    }

    /** Cancels all timers for good: the machine stops. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            queue.forEach(timer -> timer.queued = false);
            queue.clear();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (awaitExpired()) {
            runExpired();
        }
    }

    /**
     * Runs the functions of all timers that have expired by now, and waits for those under way: {@code hrtimer_interrupt},
     * which on a processor comes before any program goes on. Whoever has slept calls it, so that no timer of before is late.
     */
    public void runExpired() {
        long now = timekeeper.monotonic();
        delivery.lock();
        try {
            for (Hrtimer timer = takeExpired(now); timer != null; timer = takeExpired(now)) {
                timer.function.run();
            }
        } finally {
            delivery.unlock();
        }
    }

    private @Nullable Hrtimer takeExpired(long now) {
        lock.lock();
        try {
            Hrtimer first = queue.isEmpty() ? null : queue.first();
            if (first == null || first.deadline > now) {
                return null;
            }
            remove(first);
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether a timer has expired; false if there was none for a while, and the thread is to end} */
    private boolean awaitExpired() {
        lock.lock();
        try {
            while (true) {
                if (queue.isEmpty()) {
                    boolean woken = !stopped && changed.await(IDLE_SECONDS, TimeUnit.SECONDS);
                    if (queue.isEmpty() && !woken) {
                        worker = null;
                        return false;
                    }
                    continue;
                }
                long left = queue.first().deadline - timekeeper.monotonic();
                if (left <= 0) {
                    return true;
                }
                changed.awaitNanos(left);
            }
        } catch (InterruptedException unexpected) {
            // Nobody knows this thread; whoever interrupts it wants it to end.
            worker = null;
            return false;
        } finally {
            lock.unlock();
        }
    }
}
