package dev.trapgate.emulator.linux.kernel.sched;

/**
 * How long a thread has run: all its time but what it slept. What Java does between two calls is the program's own work.
 */
public final class CpuTime {

    private final long started = System.nanoTime();
    private volatile long slept;
    private volatile long asleepSince;
    private volatile boolean asleep;

    /** Starts the clock. */
    public CpuTime() {}

    /** {@return nanoseconds} */
    public long nanos() {
        long until = asleep ? asleepSince : System.nanoTime();
        return until - started - slept;
    }

    /** Notes that the thread, which alone may say so, stops running. */
    public void sleeps() {
        asleepSince = System.nanoTime();
        asleep = true;
    }

    /** Notes that it runs again. */
    public void wakes() {
        long time = System.nanoTime() - asleepSince;
        synchronized (this) {
            slept += time;
            asleep = false;
        }
    }
}
