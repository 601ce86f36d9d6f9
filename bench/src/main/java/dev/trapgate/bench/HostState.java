package dev.trapgate.bench;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How busy the host is at a moment, and how often it was held up so far.
 *
 * @param load the load average of the last minute; empty if it is not known
 * @param ticks the time of all processors since the host started, in the kernel's ticks; 0 if it is not known
 * @param stolen how much of that the hypervisor gave to other guests
 * @param throttled how often a core was slowed down because it was hot
 */
record HostState(OptionalDouble load, long ticks, long stolen, long throttled) {

    /** In {@code /proc/stat}: user, nice, system, idle, iowait, irq, softirq, steal; guests are in user and nice already. */
    private static final int FIELDS = 8;

    private static final int STEAL = 7;

    static HostState observe(HostFiles files) {
        OptionalDouble load = files.firstLine("proc/loadavg").stream()
                .mapToDouble(line -> Double.parseDouble(line.split(" ", -1)[0]))
                .findFirst();
        List<Long> ticks = files.firstLine("proc/stat").stream()
                .flatMap(line -> Stream.of(line.strip().split(" +", -1)).skip(1))
                .limit(FIELDS)
                .map(Long::valueOf)
                .toList();
        long throttled = files.ofEachCpu("thermal_throttle/core_throttle_count").stream()
                .flatMapToLong(count -> LongStream.of(Long.parseLong(count)))
                .sum();
        return new HostState(
                load,
                ticks.stream().mapToLong(Long::longValue).sum(),
                ticks.size() > STEAL ? ticks.get(STEAL) : 0,
                throttled);
    }

    /**
     * Says how much of the time the hypervisor took away.
     *
     * @param later the host's state some time after this
     * @return percent of the processors' time in between; empty if it is not known
     */
    OptionalDouble stealPercent(HostState later) {
        long passed = later.ticks - ticks;
        return passed <= 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * (later.stolen - stolen) / passed);
    }
}
