package dev.trapgate.bench;

import dev.trapgate.bench.call.Row;
import dev.trapgate.cli.CostMeasurement.Effort;

/**
 * How long each row is measured.
 *
 * @param rounds how many JVMs, one after another, measure every row
 * @param warmups iterations of a row whose figures are thrown away, in each round
 * @param warmupMillis the length of each
 * @param iterations iterations of a row that count, in each round
 * @param iterationMillis the length of each
 * @param sampleMillis how long single calls of a row are timed, in each round, after a warm-up as long; 0 for not at all
 * @param budgetSeconds no round begins that would not end within so many seconds of the first's beginning
 */
record Schedule(
        int rounds,
        int warmups,
        int warmupMillis,
        int iterations,
        int iterationMillis,
        int sampleMillis,
        int budgetSeconds) {

    /** What a JVM runs before its first row, while its compilers are busy with the start: not measured at all. */
    static final Schedule SETTLING = new Schedule(1, 0, 0, 10, 40, 0, 60);

    /**
     * Looks up an effort's schedule.
     *
     * @param effort the effort
     * @return its schedule
     */
    static Schedule of(Effort effort) {
        return switch (effort) {
            case QUICK -> new Schedule(5, 3, 20, 3, 20, 0, 82);
            case STANDARD -> new Schedule(5, 3, 22, 4, 27, 40, 600);
            case FULL -> new Schedule(11, 4, 50, 8, 50, 200, 3600);
        };
    }

    /**
     * Suits the schedule to a row.
     *
     * @param row a row
     * @return this schedule, or one with a second and a half of warm-up for an emulated gate: it is much more code for
     *     the JIT compiler than a native stub
     */
    Schedule suitedTo(Row row) {
        return row.isEmulated()
                ? new Schedule(rounds, 30, 50, iterations, iterationMillis, sampleMillis, budgetSeconds)
                : this;
    }
}
