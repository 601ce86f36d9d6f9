package dev.trapgate.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What {@code trapgate cost --json} writes, read again: what every other form of the report is made of.
 *
 * @param host the facts about where it was measured, by name, in the report's order
 * @param warnings why the figures should not be trusted, each a sentence; empty if nothing speaks against them
 * @param noiseFloor the ratio of a row to its twin, which measures the same once more; empty if none was measured
 * @param rows the rows, in the report's order, those of one operation together; at least one
 */
public record CostDocument(
        Map<String, String> host, List<String> warnings, Optional<Spread> noiseFloor, List<Row> rows) {

    /** The version of the form that is written, and the only one that is read. */
    public static final int VERSION = 1;

    /** Keeps copies, in order. */
    public CostDocument {
        host = Collections.unmodifiableMap(new LinkedHashMap<>(host));
        warnings = List.copyOf(warnings);
        rows = List.copyOf(rows);
    }

    /**
     * What a row measures, in the report's words.
     *
     * @param call the operation
     * @param caller who calls, and what is special about how
     * @param gate the way in, or empty
     * @param linkage how Java lets the thread out, or empty
     */
    public record RowKey(String call, String caller, String gate, String linkage) {

        /** {@return caller, gate and linkage in a few words; within a call no two rows share them} */
        public String title() {
            return caller + (gate.isEmpty() ? "" : " " + gate) + (isCritical() ? " critical" : "");
        }

        /** {@return whether the thread stays in Java's hands while it is in the kernel} */
        public boolean isCritical() {
            return linkage.equals("critical");
        }
    }

    /**
     * One row.
     *
     * @param key what is measured, which no two rows of a report share
     * @param kind who calls, without what is special about how: {@code java}, {@code c}, {@code jni} and so on
     * @param batch how many calls are made in one crossing
     * @param depth how many frames that are not inlined stand between the loop and the call
     * @param isTwin whether it measures once more what another row does
     * @param figures what was measured; empty if nothing was
     * @param baseline the title of the row that it is compared with; empty if there is none
     * @param ratio to that row; empty if either was not measured
     * @param vsGlibc ratio to C through glibc; empty if either was not measured
     * @param note why nothing was measured, or not in every round; empty if all is well
     */
    public record Row(
            RowKey key,
            String kind,
            int batch,
            int depth,
            boolean isTwin,
            Optional<Figures> figures,
            Optional<String> baseline,
            Optional<Spread> ratio,
            Optional<Spread> vsGlibc,
            Optional<String> note) {

        /** {@return whether it is what others are compared with} */
        public boolean isItsOwnBaseline() {
            return baseline.equals(Optional.of(key.title()));
        }

        /** {@return nanoseconds of one operation, the median of the rounds; empty if it was not measured} */
        public OptionalDouble nanos() {
            return figures.stream().mapToDouble(Figures::nanos).findFirst();
        }
    }

    /**
     * What was measured.
     *
     * @param nanos nanoseconds of one operation, the median of the rounds
     * @param error half the width of the 99.9 % interval over all iterations, in nanoseconds; empty if there is none
     * @param bytes of Java heap that the calling thread allocated in an operation
     * @param cycles of the time-stamp counter in an operation; empty if they were not counted
     * @param nanosByRound nanoseconds of one operation in each round; at least one
     * @param ratiosByRound the ratio to the baseline in each round that measured both; perhaps none
     * @param sample how single operations are distributed; empty if they were not timed
     */
    public record Figures(
            double nanos,
            OptionalDouble error,
            double bytes,
            OptionalDouble cycles,
            List<Double> nanosByRound,
            List<Double> ratiosByRound,
            Optional<Sample> sample) {

        /** Keeps copies. */
        public Figures {
            nanosByRound = List.copyOf(nanosByRound);
            ratiosByRound = List.copyOf(ratiosByRound);
        }

        /** {@return the rounds' least, median and greatest, in nanoseconds} */
        public Spread spread() {
            return new Spread(Collections.min(nanosByRound), nanos, Collections.max(nanosByRound));
        }
    }

    /**
     * How single operations are distributed, all in nanoseconds.
     *
     * @param p50 half took no longer
     * @param p90 nine in ten took no longer
     * @param p99 99 in a hundred took no longer
     * @param p999 999 in a thousand took no longer
     * @param max the longest
     * @param histogram how many took how long, in order; perhaps empty
     */
    public record Sample(double p50, double p90, double p99, double p999, double max, List<Bin> histogram) {

        /** Keeps a copy. */
        public Sample {
            histogram = List.copyOf(histogram);
        }
    }

    /**
     * A bar of a histogram.
     *
     * @param upTo in nanoseconds; it begins where the one before ends
     * @param count how many operations
     */
    public record Bin(double upTo, long count) {}

    /**
     * A median within what the rounds found.
     *
     * @param lowest the least
     * @param median the median
     * @param highest the greatest
     */
    public record Spread(double lowest, double median, double highest) {

        /**
         * Says whether two spreads have nothing in common.
         *
         * @param other the other
         * @return whether one ends before the other begins
         */
        public boolean isApartFrom(Spread other) {
            return highest < other.lowest || other.highest < lowest;
        }
    }
}
