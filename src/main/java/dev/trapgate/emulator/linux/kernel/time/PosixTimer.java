package dev.trapgate.emulator.linux.kernel.time;

import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.SigInfo;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Signals;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A timer that timer_create(2) made: {@code struct k_itimer} of kernel/time/posix-timers.c, Linux 6.18. A periodic one starts
 * again when its signal is taken, and counts what passed meanwhile. Guarded by the process's lock for signals.
 */
final class PosixTimer {

    /**
     * What happens when it expires: {@code struct sigevent}.
     *
     * @param silent whether nothing does: SIGEV_NONE
     * @param signal the signal otherwise, 1 to 64
     * @param value what goes with it
     * @param target the thread that gets it; null for the process
     */
    record Event(
            boolean silent,
            int signal,
            long value,
            @Nullable Task target) {}

    private enum Status {
        DISARMED,
        ARMED,
        /** It expired, and starts again when its signal is taken. */
        REQUEUE_PENDING
    }

    private final KernelProcess process;
    private final int id;
    private final int clock;
    private final Event event;
    private final @Nullable LongSupplier cpuClock;
    private final @Nullable CpuTimer cpuTimer;
    private Hrtimer hrtimer;
    private Status status = Status.DISARMED;
    private long expires;
    private long interval;
    private long overrun = -1;
    private long lastOverrun;
    private boolean stale;
    private boolean ignored;
    private @Nullable Signal queued;

    /**
     * Makes a timer that is not started.
     *
     * @param process whose it is
     * @param id its id
     * @param clock whose time counts
     * @param event what happens when it expires
     * @param cpuClock what reads a clock for processor time; null for the machine's own clocks
     */
    PosixTimer(KernelProcess process, int id, int clock, Event event, @Nullable LongSupplier cpuClock) {
        this.process = process;
        this.id = id;
        this.clock = clock;
        this.event = event;
        this.cpuClock = cpuClock;
        this.cpuTimer = cpuClock == null ? null : new CpuTimer(process.timekeeper(), cpuClock, this::expire);
        this.hrtimer = new Hrtimer(cpuClock == null ? clock : Timekeeper.CLOCK_MONOTONIC, this::expire);
    }

    int id() {
        return id;
    }

    int signal() {
        return event.signal();
    }

    private long now() {
        return cpuClock == null ? process.timekeeper().read(hrtimer.clock()) : cpuClock.getAsLong();
    }

    private void start() {
        if (cpuTimer == null) {
            process.timekeeper().hrtimers().start(hrtimer, expires);
        } else {
            cpuTimer.start(expires);
        }
    }

    private void cancel() {
        if (cpuTimer == null) {
            process.timekeeper().hrtimers().cancel(hrtimer);
        } else {
            cpuTimer.cancel();
        }
    }

    /** {@return when it expires next: {@code common_timer_get}} */
    Itimers.Setting get() {
        boolean periodic = interval != 0;
        if (!periodic && status == Status.DISARMED && !event.silent()) {
            return new Itimers.Setting(0, 0);
        }
        long now = now();
        if (periodic && status != Status.ARMED) {
            overrun += forward(now);
        }
        long left = expires - now;
        if (left > 0) {
            return new Itimers.Setting(interval, left);
        }
        // Its signal has not come yet, so that it must not look as if it had.
        return new Itimers.Setting(interval, event.silent() ? 0 : 1);
    }

    /** Starts or stops it: {@code common_timer_set}. A signal that waits is not delivered any more. */
    void set(Itimers.Setting next, boolean absolute) {
        stale = queued != null;
        ignored = false;
        cancel();
        status = Status.DISARMED;
        interval = next.value() == 0 ? 0 : next.interval();
        lastOverrun = 0;
        overrun = -1;
        if (next.value() == 0) {
            // The machine's own clocks keep the time, which one with SIGEV_NONE goes on to tell.
            expires = cpuClock == null ? expires : 0;
            return;
        }
        if (cpuClock == null && clock == Timekeeper.CLOCK_REALTIME) {
            // Relative times go by a clock that is never set.
            hrtimer = new Hrtimer(absolute ? clock : Timekeeper.CLOCK_MONOTONIC, this::expire);
        }
        expires = absolute ? next.value() : Hrtimers.add(now(), next.value());
        if (!event.silent()) {
            status = Status.ARMED;
            start();
        }
    }

    /** {@code posix_timer_fn}. */
    private void expire() {
        synchronized (process.signalLock()) {
            if (status != Status.ARMED || now() < expires) {
                return;
            }
            status = interval == 0 ? Status.DISARMED : Status.REQUEUE_PENDING;
            send();
        }
    }

    /** {@code posixtimer_send_sigqueue}: a signal that still waits becomes that of this expiry. */
    private void send() {
        stale = false;
        if (queued != null) {
            return;
        }
        Signal signal = Signal.of(SigInfo.timer(event.signal(), id, 0, event.value()));
        boolean sent = Signals.sendTimer(process, event.target(), signal);
        queued = sent ? signal : null;
        ignored = !sent && interval != 0;
    }

    /** {@return how many periods have passed, with the next expiry set: {@code hrtimer_forward}} */
    private long forward(long now) {
        long late = now - expires;
        if (late < 0) {
            return 0;
        }
        long periods = late / interval + 1;
        expires = Hrtimers.add(expires, periods * interval);
        return periods;
    }

    /** {@return whether a signal that was taken is this timer's} */
    boolean sent(Signal signal) {
        return signal.equals(queued);
    }

    /** {@return its signal as it is delivered, null if the timer was set meanwhile: {@code __posixtimer_deliver_signal}} */
    @Nullable
    Signal deliver(Signal signal) {
        queued = null;
        if (stale) {
            stale = false;
            return null;
        }
        if (interval == 0 || status != Status.REQUEUE_PENDING) {
            return signal;
        }
        overrun += forward(now());
        status = Status.ARMED;
        start();
        lastOverrun = overrun;
        overrun = -1;
        return Signal.of(SigInfo.timer(event.signal(), id, lastOverrun(), event.value()));
    }

    /** {@return how often it expired while its last signal waited: timer_getoverrun(2)} */
    int lastOverrun() {
        return (int) Math.min(lastOverrun, Integer.MAX_VALUE);
    }

    /** Its signal was dropped, because it is ignored now. */
    void flushed() {
        ignored = queued != null && status == Status.REQUEUE_PENDING && !stale;
        queued = null;
        stale = false;
    }

    /** Its signal is not ignored any more: {@code posixtimer_sig_unignore}. */
    void unignored() {
        if (ignored) {
            ignored = false;
            send();
        }
    }

    /** Ends it. {@return its signal that still waits, which is not delivered} */
    @Nullable
    Signal delete() {
        cancel();
        status = Status.DISARMED;
        return queued;
    }
}
