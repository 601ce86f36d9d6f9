package dev.trapgate.abi;

import java.lang.management.ManagementFactory;
import java.util.function.BooleanSupplier;

/** Counts what a piece of code allocates on its own thread. */
final class AllocatedBytes {

    private static final int WARM_UP = 20_000;
    private static final int RUNS = 100_000;

    private AllocatedBytes() {}

    /**
     * {@return the bytes that one run allocates, rounded down: 0 means that hardly any run of 100,000 allocated}
     *
     * @param code what to run; answers true
     */
    static long perRun(BooleanSupplier code) {
        run(code, WARM_UP);
        var thread = ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class);
        long before = thread.getCurrentThreadAllocatedBytes();
        run(code, RUNS);
        return (thread.getCurrentThreadAllocatedBytes() - before) / RUNS;
    }

    private static void run(BooleanSupplier code, int times) {
        for (int i = 0; i < times; i++) {
            if (!code.getAsBoolean()) {
                throw new AssertionError("the measured code answered false");
            }
        }
    }
}
