package dev.trapgate.bench.call;

import com.sun.management.ThreadMXBean;
import dev.trapgate.bench.peer.CLoop;
import dev.trapgate.entry.Gate;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What every benchmark counts beside the time: what the measuring thread itself allocates during an iteration, and cycles of
 * the time-stamp counter. JMH's own profiler counts the whole JVM, and a short iteration of a call that allocates nothing would be charged with what the harness does beside it.
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

    /**
     * Finds the loop in C behind a row, to time single calls by.
     *
     * @param gate the row's gate
     * @return the loop; empty where none is to be sampled
     */
    public Optional<CLoop> loop(Gate gate) {
        return Optional.empty();
    }

    /** Counts, and hands the count to JMH as a secondary result. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Counter {

        /** Bytes of one iteration. The result has this field's name. */
        public long allocatedBytes;

        /** Cycles that the companion's loops took in one iteration; 0 where none ran. */
        public long companionCycles;

        /** Cycles of the time-stamp counter from the beginning of one iteration to its end; 0 if it cannot be read. */
        public long cycles;

        private long before;
        private long companionBefore;
        private long cyclesBefore;

        /** Starts counting. */
        @Setup(Level.Iteration)
        public void start() {
            companionBefore = CompanionLoops.allCycles();
            before = THREADS.getCurrentThreadAllocatedBytes();
            cyclesBefore = CycleCount.now();
        }

        /** Ends counting. */
        @TearDown(Level.Iteration)
        public void end() {
            cycles = CycleCount.now() - cyclesBefore;
            allocatedBytes = THREADS.getCurrentThreadAllocatedBytes() - before;
            companionCycles = CompanionLoops.allCycles() - companionBefore;
        }
    }
}
