package dev.trapgate.bench;

import dev.trapgate.cli.CostMeasurement.Effort;

/**
 * How long each row is measured.
 *
 * @param rounds how many JVMs, one after another, measure every row
 * @param warmups iterations of a row whose figures are thrown away, in each round
 * @param warmupMillis the length of each
 * @param iterations iterations of a row that count, in each round
 * @param iterationMillis the length of each
 */
record Schedule(int rounds, int warmups, int warmupMillis, int iterations, int iterationMillis) {

    /**
     * Looks up an effort's schedule.
     *
     * @param effort the effort
     * @return its schedule
     */
    static Schedule of(Effort effort) {
        return switch (effort) {
            case QUICK -> new Schedule(5, 2, 20, 3, 20);
            case STANDARD -> new Schedule(9, 3, 30, 5, 35);
            case FULL -> new Schedule(11, 4, 50, 8, 50);
        };
    }
}
