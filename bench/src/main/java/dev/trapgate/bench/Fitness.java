package dev.trapgate.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what makes a host unfit for measuring. */
final class Fitness {

    /** The measurement itself keeps one processor busy. */
    private static final double OWN_LOAD = 1;

    /** Beside it, so much of the processors may be busy. */
    private static final double OTHERS_PER_CPU = 0.5;

    private static final double STEAL_PERCENT = 1;

    /** Options that make calls slower by a good deal; no distribution's ordinary kernel has them. */
    private static final Pattern DEBUG_OPTION = Pattern.compile("CONFIG_(KASAN|KCSAN|KMSAN|PROVE_LOCKING|LOCKDEP|"
            + "DEBUG_LOCK_ALLOC|DEBUG_PAGEALLOC_ENABLE_DEFAULT|DEBUG_KMEMLEAK|SLUB_DEBUG_ON|KCOV|GCOV_KERNEL)=y");

    private final HostFiles files;
    private final int cpus;

    /**
     * Names the host.
     *
     * @param files its files
     * @param cpus how many processors it has
     */
    Fitness(HostFiles files, int cpus) {
        this.files = files;
        this.cpus = cpus;
    }

    /**
     * Lists what speaks against the figures.
     *
     * @param before the host before the measurement
     * @param after the host after it
     * @return each reason as a sentence; none if the host is fit
     */
    List<String> warnings(HostState before, HostState after) {
        List<String> warnings = new ArrayList<>();
        loadBefore(before).ifPresent(warnings::add);
        loadAfter(after).ifPresent(warnings::add);
        steal(before, after).ifPresent(warnings::add);
        clocksource().ifPresent(warnings::add);
        governor().ifPresent(warnings::add);
        if (after.throttled() > before.throttled()) {
            warnings.add("Cores were slowed down " + (after.throttled() - before.throttled())
                    + " times because they were hot: cool the machine and measure again.");
        }
        debugOptions().ifPresent(warnings::add);
        return warnings;
    }

    private Optional<String> loadBefore(HostState before) {
        return before.load().stream()
                .filter(load -> load > OTHERS_PER_CPU * cpus)
                .mapToObj(load -> String.format(
                        Locale.ROOT,
                        "The load average was %.2f on %d processors when the measurement began: something"
                                + " else was running. Measure again when it is done.",
                        load,
                        cpus))
                .findFirst();
    }

    private Optional<String> loadAfter(HostState after) {
        return after.load().stream()
                .filter(load -> load > OWN_LOAD + OTHERS_PER_CPU * cpus)
                .mapToObj(load -> String.format(
                        Locale.ROOT,
                        "The load average was %.2f on %d processors when the measurement ended, and its"
                                + " own part of that is about 1: something else was running.",
                        load,
                        cpus))
                .findFirst();
    }

    private static Optional<String> steal(HostState before, HostState after) {
        return before.stealPercent(after).stream()
                .filter(percent -> percent > STEAL_PERCENT)
                .mapToObj(percent -> String.format(
                        Locale.ROOT,
                        "The hypervisor gave %.1f %% of the processors' time to other guests meanwhile"
                                + " (steal): measure when they are quiet, or on a host of one's own.",
                        percent))
                .findFirst();
    }

    private Optional<String> clocksource() {
        return files.firstLine("sys/devices/system/clocksource/clocksource0/current_clocksource")
                .filter(source -> !source.equals("tsc"))
                .map(source ->
                        "The clock source is " + source + ", not tsc: reading a clock is slower, by the vDSO too,"
                                + " and so are JMH's own timestamps.");
    }

    private Optional<String> governor() {
        Collection<String> governors = files.ofEachCpu("cpufreq/scaling_governor");
        return governors.stream()
                .filter(governor -> !governor.equals("performance"))
                .findFirst()
                .map(governor -> "The frequency governor is " + governor
                        + ": processors change their speed while they are measured. As root: cpupower frequency-set -g"
                        + " performance.");
    }

    private Optional<String> debugOptions() {
        String release = files.firstLine("proc/sys/kernel/osrelease").orElse("unknown");
        List<String> options = Stream.of("proc/config.gz", "boot/config-" + release)
                .map(files::lines)
                .filter(lines -> !lines.isEmpty())
                .findFirst()
                .orElse(List.of())
                .stream()
                .filter(line -> DEBUG_OPTION.matcher(line).matches())
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
        return options.isEmpty()
                ? Optional.empty()
                : Optional.of("The kernel was built for finding faults (" + String.join(", ", options)
                        + "), which slows its calls down.");
    }
}
