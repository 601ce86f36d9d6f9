package dev.trapgate.bench;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a round's JVM tells about one row, as a line of JSON.
 *
 * @param benchmark the row's benchmark
 * @param nanosPerOp what each iteration measured; empty if the row could not be measured
 * @param bytesPerOp what an operation allocated on the Java heap
 * @param cyclesPerOp cycles of the time-stamp counter that an operation took; 0 if they were not counted
 * @param samples how many single calls took how many nanoseconds; empty if none was timed
 * @param failure why the row could not be measured; null if it could
 */
record RoundEvent(
        String benchmark,
        List<Double> nanosPerOp,
        double bytesPerOp,
        double cyclesPerOp,
        SortedMap<Long, Long> samples,
        @Nullable String failure) {

    static RoundEvent failed(String benchmark, String reason) {
        return new RoundEvent(benchmark, List.of(), 0, 0, new TreeMap<>(), reason);
    }
}
