package dev.trapgate.bench;

import dev.trapgate.bench.call.Row;
import java.util.List;

/**
 * What a measurement found.
 *
 * @param environment where
 * @param rows which rows were asked for, in the report's order
 * @param measurements what was measured of them
 */
record CostReport(Environment environment, List<Row> rows, Measurements measurements) {

    /** Keeps a copy of the rows. */
    CostReport {
        rows = List.copyOf(rows);
    }
}
