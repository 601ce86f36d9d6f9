package dev.trapgate.bench.call;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Counts what the measuring thread itself allocates during an iteration, and the cycles of the companion's loops. JMH's own profiler counts the whole JVM, and a
 * short iteration of a call that allocates nothing would be charged with what the harness does beside it.
 */
@State(Scope.Thread)
public abstract class IterationCounts {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * Asks JMH for the counter, which it then starts and ends by itself with each iteration.
     *
     * @param counter counts
     */
    @Setup(Level.Trial)
    public final void count(Counter counter) {
        counter.allocatedBytes = 0;
    }

    /** Counts, and hands the count to JMH as a secondary result. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Counter {

        /** Bytes of one iteration. The result has this field's name. */
        public long allocatedBytes;

        /** Cycles that the companion's loops took in one iteration; 0 where none ran. */
        public long companionCycles;

        private long before;
        private long cyclesBefore;

        /** Starts counting. */
        @Setup(Level.Iteration)
        public void start() {
            cyclesBefore = CompanionLoops.allCycles();
            before = THREADS.getCurrentThreadAllocatedBytes();
        }

        /** Ends counting. */
        @TearDown(Level.Iteration)
        public void end() {
            allocatedBytes = THREADS.getCurrentThreadAllocatedBytes() - before;
            companionCycles = CompanionLoops.allCycles() - cyclesBefore;
        }
    }
}
