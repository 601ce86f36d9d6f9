package dev.trapgate.perf;

import java.util.OptionalLong;

/**
 * What a counter told. What was not asked for is empty.
 *
 * @param value how many events, to be read as unsigned; nanoseconds for clocks
 * @param enabled how long the counter was enabled, in nanoseconds
 * @param running how long it really counted, in nanoseconds
 * @param id the counter's number
 * @param lost how many samples were lost
 */
public record PerfReading(long value, OptionalLong enabled, OptionalLong running, OptionalLong id, OptionalLong lost) {}
