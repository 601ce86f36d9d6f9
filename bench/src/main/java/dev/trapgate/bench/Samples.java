package dev.trapgate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long single calls took. The cost of reading the clock is already taken off.
 *
 * @param counts how many calls took how many nanoseconds; at least one
 */
record Samples(SortedMap<Long, Long> counts) {

    /** A power of two is cut into so many steps: a bucket is at most an eighth wider than the one before. */
    private static final long STEPS = 8;

    /**
     * A part of the histogram.
     *
     * @param upTo nanoseconds that its calls took at most; the bucket before ends below the least of them
     * @param count how many calls
     */
    record Bucket(long upTo, long count) {}

    /**
     * Puts the rounds' samples together.
     *
     * @param scores what the rounds measured
     * @return the samples of all; empty if no call was timed
     */
    static Optional<Samples> of(List<RoundScore> scores) {
        SortedMap<Long, Long> counts = new TreeMap<>();
        scores.forEach(score -> score.samples().forEach((nanos, count) -> counts.merge(nanos, count, Long::sum)));
        return counts.isEmpty() ? Optional.empty() : Optional.of(new Samples(counts));
    }

    /** {@return how many calls were timed} */
    long size() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Finds a percentile.
     *
     * @param percent 0 to 100
     * @return the least time, in nanoseconds, within which so many percent of the calls were back
     */
    long percentile(double percent) {
        double wanted = size() * percent / 100;
        long seen = 0;
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= wanted) {
                return entry.getKey();
            }
        }
        return max();
    }

    /** {@return the longest time, in nanoseconds} */
    long max() {
        return counts.lastKey();
    }

    /** {@return the histogram in ascending order; buckets without calls are left out} */
    List<Bucket> histogram() {
        SortedMap<Long, Long> buckets = new TreeMap<>();
        counts.forEach((nanos, count) -> buckets.merge(upperBound(nanos), count, Long::sum));
        List<Bucket> histogram = new ArrayList<>();
        buckets.forEach((upTo, count) -> histogram.add(new Bucket(upTo, count)));
        return histogram;
    }

    private static long upperBound(long nanos) {
        long step = Math.max(1, Long.highestOneBit(nanos) / STEPS);
        return nanos / step * step + step - 1;
    }
}
