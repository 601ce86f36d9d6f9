package dev.trapgate.emulator.linux.kernel.time;

import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.SigInfo;
import dev.trapgate.emulator.linux.kernel.Signal;

/**
 * A process's three interval timers: kernel/time/itimer.c, Linux 6.18. What runs is all counted as user time, so that the two
 * for processor time differ in their signal only. Guarded by the process's lock for signals.
 */
public final class Itimers {

    static final int ITIMER_REAL = 0;
    static final int ITIMER_VIRTUAL = 1;
    static final int ITIMER_PROF = 2;

    private static final int SIGVTALRM = 26;
    private static final int SIGPROF = 27;
    private static final long NSEC_PER_USEC = 1000;

    /**
     * When a timer expires: {@code struct itimerspec64}.
     *
     * @param interval nanoseconds from one time to the next; 0 if there is one only
     * @param value nanoseconds to the first time; 0 if it is not started
     */
    record Setting(long interval, long value) {}

    /** One of the two that count processor time: {@code struct cpu_itimer}. */
    private final class Cpu {

        private final int signal;
        private final CpuTimer timer;
        private long expires;
        private long interval;

        Cpu(int signal) {
            this.signal = signal;
            this.timer = new CpuTimer(process.timekeeper(), process::cpuTime, this::expire);
        }

        private Setting get() {
            long left = expires - process.cpuTime();
            return new Setting(interval, expires == 0 ? 0 : left <= 0 ? Timekeeper.TICK : left);
        }

        private void set(Setting next) {
            interval = next.interval();
            expires = next.value() == 0
                    ? 0
                    : Hrtimers.add(process.cpuTime(), Hrtimers.add(next.value(), Timekeeper.TICK));
            rearm();
        }

        private void rearm() {
            if (expires == 0) {
                timer.cancel();
            } else {
                timer.start(expires);
            }
        }

        private void expire() {
            synchronized (process.signalLock()) {
                if (expires == 0 || process.cpuTime() < expires) {
                    return;
                }
                expires = interval == 0 ? 0 : Hrtimers.add(expires, interval);
                send(signal);
                rearm();
            }
        }
    }

    private final KernelProcess process;
    private final Hrtimer real = new Hrtimer(Timekeeper.CLOCK_MONOTONIC, this::expireReal);
    private final Cpu virtual;
    private final Cpu prof;
    private long realExpires;
    private long realInterval;
    private boolean realArmed;

    /**
     * Makes a process's timers, none of them started.
     *
     * @param process the process
     */
    public Itimers(KernelProcess process) {
        this.process = process;
        this.virtual = new Cpu(SIGVTALRM);
        this.prof = new Cpu(SIGPROF);
    }

    /** {@return what is left of a timer} */
    Setting get(int which) {
        synchronized (process.signalLock()) {
            return switch (which) {
                case ITIMER_REAL -> getReal();
                case ITIMER_VIRTUAL -> virtual.get();
                default -> prof.get();
            };
        }
    }

    /** Starts or stops a timer. {@return what was left of it} */
    Setting set(int which, Setting next) {
        synchronized (process.signalLock()) {
            Setting before = get(which);
            switch (which) {
                case ITIMER_REAL -> setReal(next);
                case ITIMER_VIRTUAL -> virtual.set(next);
                default -> prof.set(next);
            }
            return before;
        }
    }

    /** Stops all three. */
    void stop() {
        Setting never = new Setting(0, 0);
        set(ITIMER_REAL, never);
        set(ITIMER_VIRTUAL, never);
        set(ITIMER_PROF, never);
    }

    private Setting getReal() {
        long left = realExpires - process.timekeeper().monotonic();
        return new Setting(realInterval, realArmed ? Math.max(left, NSEC_PER_USEC) : 0);
    }

    private void setReal(Setting next) {
        process.timekeeper().hrtimers().cancel(real);
        realArmed = next.value() != 0;
        realInterval = realArmed ? next.interval() : 0;
        realExpires = Hrtimers.add(process.timekeeper().monotonic(), next.value());
        startReal();
    }

    private void startReal() {
        if (realArmed) {
            process.timekeeper().hrtimers().start(real, realExpires);
        }
    }

    /** {@code it_real_fn}: a periodic one starts again when its signal is taken. */
    private void expireReal() {
        synchronized (process.signalLock()) {
            if (realArmed && process.timekeeper().monotonic() >= realExpires) {
                realArmed = false;
                send(Signal.SIGALRM);
            }
        }
    }

    /** Starts the periodic one again, because SIGALRM was taken: {@code posixtimer_rearm_itimer}. */
    public void rearm() {
        if (realInterval != 0 && !realArmed) {
            long late = process.timekeeper().monotonic() - realExpires;
            realExpires = Hrtimers.add(realExpires, (late / realInterval + 1) * realInterval);
            realArmed = true;
            startReal();
        }
    }

    private void send(int signal) {
        process.send(Signal.of(SigInfo.sentBy(signal, Signal.SI_KERNEL, 0, 0)));
    }
}
