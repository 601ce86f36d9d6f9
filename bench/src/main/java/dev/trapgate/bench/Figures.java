package dev.trapgate.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.openjdk.jmh.util.ListStatistics;

/**
 * A row, summed up over its rounds.
 *
 * @param nanosPerOp the median of the rounds, in nanoseconds
 * @param error half the width of the 99.9 % confidence interval of the mean of all iterations, in nanoseconds, as JMH
 *     gives it; empty for fewer than three iterations
 * @param bytesPerOp the median of the rounds, in bytes of Java heap, to a tenth of a byte
 * @param cyclesPerOp the median of the rounds, in cycles of the time-stamp counter; empty where they were not counted
 * @param samples the single calls that were timed; empty if none was
 * @param rounds how many rounds measured it
 */
record Figures(
        double nanosPerOp,
        OptionalDouble error,
        double bytesPerOp,
        OptionalDouble cyclesPerOp,
        Optional<Samples> samples,
        int rounds) {

    private static final double CONFIDENCE = 0.999;

    static Figures of(List<RoundScore> scores) {
        List<Double> nanos = scores.stream().map(RoundScore::nanosPerOp).toList();
        List<Double> bytes = scores.stream().map(RoundScore::bytesPerOp).toList();
        return new Figures(
                Median.of(nanos),
                errorOf(scores),
                tenths(Median.of(bytes)),
                cyclesOf(scores),
                Samples.of(scores),
                scores.size());
    }

    private static OptionalDouble cyclesOf(List<RoundScore> scores) {
        double cycles = Median.of(scores.stream().map(RoundScore::cyclesPerOp).toList());
        return cycles > 0 ? OptionalDouble.of(cycles) : OptionalDouble.empty();
    }

    private static OptionalDouble errorOf(List<RoundScore> scores) {
        ListStatistics all = new ListStatistics();
        scores.forEach(score -> score.iterations().forEach(all::addValue));
        double error = all.getMeanErrorAt(CONFIDENCE);
        return Double.isNaN(error) ? OptionalDouble.empty() : OptionalDouble.of(error);
    }

    private static double tenths(double bytes) {
        return Math.round(bytes * 10) / 10.0;
    }
}
