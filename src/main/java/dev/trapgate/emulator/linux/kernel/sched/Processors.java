package dev.trapgate.emulator.linux.kernel.sched;

/**
 * How many processors a machine tells its programs of: {@code nr_cpu_ids}, all of them online. It is as many as the JVM
 * has, at most 64; tasks are spread over them by their order.
 */
public final class Processors {

    /** The size of a set of processors in bytes, {@code cpumask_size()} of a kernel for at most 256. */
    public static final int MASK_SIZE = 32;

    private static final int MOST = Long.SIZE;

    private Processors() {}

    /** {@return how many there are, 1 to 64} */
    public static int count() {
        return Math.min(MOST, Runtime.getRuntime().availableProcessors());
    }

    /** {@return all of them, as bits} */
    public static long online() {
        return -1L >>> (MOST - count());
    }

    /**
     * {@return the number of the processor that a task runs on, one of those it is allowed}
     *
     * @param allowed the processors it may run on, as bits, at least one
     * @param order which of its process's tasks it is, from 0
     */
    public static int of(long allowed, int order) {
        long left = allowed;
        for (int skip = order % Long.bitCount(allowed); skip > 0; skip--) {
            left &= left - 1;
        }
        return Long.numberOfTrailingZeros(left);
    }
}
