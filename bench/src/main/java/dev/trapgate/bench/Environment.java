package dev.trapgate.bench;

import dev.trapgate.bench.peer.CCompiler;
import dev.trapgate.bench.peer.CompilerException;
import dev.trapgate.bench.peer.LibcVersion;
import dev.trapgate.host.HostFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where figures were measured, without which they mean little.
 *
 * @param facts the facts by name, in the order in which they are shown
 */
record Environment(Map<String, String> facts) {

    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final Path VULNERABILITIES = Path.of("/sys/devices/system/cpu/vulnerabilities");

    /** Those whose remedies lie on the way into the kernel and out again. */
    private static final List<String> ON_THE_WAY =
            List.of("meltdown", "mds", "retbleed", "spec_rstack_overflow", "spectre_v2");

    /** Keeps a copy, in order. */
    Environment {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** {@return what can be seen before anything is measured} */
    static Environment observe() {
        SortedMap<String, String> host = HostFacts.all();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("cpu", host.get("cpu"));
        facts.put("cpus", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("hypervisor", host.get("hypervisor"));
        facts.put("kernel", host.get("kernel"));
        facts.put("clocksource", host.get("clocksource"));
        facts.put("mitigations", mitigations());
        facts.put("seccomp", host.get("seccomp"));
        facts.put("jdk", host.get("jdk"));
        facts.put("libc", LibcVersion.find().map(version -> "glibc " + version).orElse("not glibc"));
        facts.put("compiler", compiler());
        facts.put("load", load());
        return new Environment(facts);
    }

    /**
     * Adds what the rounds found.
     *
     * @param rounds the rounds, run
     * @return this environment and that
     */
    Environment after(Rounds rounds) {
        Map<String, String> all = new LinkedHashMap<>(facts);
        all.put("jvm options", String.join(" ", rounds.jvmOptions()));
        all.put("rounds", rounds.count());
        all.put("syscall ending", endings(rounds.endings()));
        return new Environment(all);
    }

    private static String endings(List<String> endings) {
        Map<String, Long> counts = endings.stream()
                .collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " in " + entry.getValue() + " of " + endings.size() + " rounds")
                .collect(Collectors.joining(", "));
    }

    private static String compiler() {
        try {
            return CCompiler.find().version();
        } catch (CompilerException none) {
            return "none: " + none.getMessage();
        }
    }

    private static String mitigations() {
        return ON_THE_WAY.stream()
                .flatMap(name -> firstLine(VULNERABILITIES.resolve(name))
                        .filter(line -> !line.equals("Not affected"))
                        .map(line -> name + ": " + line)
                        .stream())
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(" | "), text -> text.isEmpty() ? "none known" : text));
    }

    private static String load() {
        return firstLine(LOAD).map(line -> line.substring(0, line.indexOf(' '))).orElse("unknown");
    }

    private static Optional<String> firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().map(String::strip);
        } catch (IOException | UncheckedIOException absent) {
            return Optional.empty();
        }
    }
}
