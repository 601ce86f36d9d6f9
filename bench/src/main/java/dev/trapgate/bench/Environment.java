package dev.trapgate.bench;

import dev.trapgate.bench.peer.CCompiler;
import dev.trapgate.bench.peer.CompilerException;
import dev.trapgate.bench.peer.LibcVersion;
import dev.trapgate.host.HostFacts;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where figures were measured, without which they mean little.
 *
 * @param facts the facts by name, in the order in which they are shown
 * @param warnings what makes the host unfit for measuring, each a sentence; empty if nothing does, or is known yet
 */
record Environment(Map<String, String> facts, List<String> warnings) {

    private static final HostFiles FILES = new HostFiles(Path.of("/"));
    private static final String VULNERABILITIES = "sys/devices/system/cpu/vulnerabilities/";
    private static final String UNKNOWN = "not told here";

    /** Those whose remedies lie on the way into the kernel and out again. */
    private static final List<String> ON_THE_WAY =
            List.of("meltdown", "mds", "retbleed", "spec_rstack_overflow", "spectre_v2");

    /** Keeps copies, in order. */
    Environment {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        warnings = List.copyOf(warnings);
    }

    /** {@return what can be seen before anything is measured} */
    static Environment observe() {
        SortedMap<String, String> host = HostFacts.all();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("cpu", host.get("cpu"));
        facts.put("cpus", cpus());
        facts.put("microcode", FILES.field("proc/cpuinfo", "microcode").orElse(UNKNOWN));
        facts.put("governor", eachOrUnknown(FILES.ofEachCpu("cpufreq/scaling_governor")));
        facts.put("hypervisor", host.get("hypervisor"));
        facts.put("kernel", host.get("kernel"));
        facts.put("kernel arguments", kernelArguments());
        facts.put("clocksource", host.get("clocksource"));
        facts.put("mitigations", mitigations());
        facts.put("seccomp", host.get("seccomp"));
        facts.put("jdk", host.get("jdk"));
        facts.put("libc", LibcVersion.find().map(version -> "glibc " + version).orElse("not glibc"));
        facts.put("compiler", compiler());
        return new Environment(facts, List.of());
    }

    /**
     * Adds what the rounds found.
     *
     * @param rounds the rounds, run
     * @return this environment and that
     */
    Environment after(Rounds rounds) {
        HostState before = rounds.before();
        HostState now = HostState.observe(FILES);
        Map<String, String> all = new LinkedHashMap<>(facts);
        all.put("load", load(before) + " before, " + load(now) + " after, the measurement's own included");
        all.put(
                "steal",
                before.stealPercent(now).stream()
                        .mapToObj(percent -> String.format(Locale.ROOT, "%.2f %%", percent))
                        .findFirst()
                        .orElse(UNKNOWN));
        all.put("jvm options", String.join(" ", rounds.jvmOptions()));
        all.put("rounds", rounds.count());
        all.put("syscall ending", endings(rounds.endings()));
        List<String> found = new ArrayList<>(rounds.shortfall().stream().toList());
        found.addAll(new Fitness(FILES, Runtime.getRuntime().availableProcessors()).warnings(before, now));
        return new Environment(all, found);
    }

    /** What stands after two hyphens is init's, and none of a report's business. */
    private static String kernelArguments() {
        return FILES.firstLine("proc/cmdline")
                .map(line -> line.replaceFirst("(^| )-- .*", ""))
                .orElse(UNKNOWN);
    }

    private static String cpus() {
        int usable = Runtime.getRuntime().availableProcessors();
        String online = FILES.firstLine("sys/devices/system/cpu/online").orElse("?");
        String allowed = FILES.field("proc/self/status", "Cpus_allowed_list").orElse("?");
        String pinning = online.equals(allowed) ? "not pinned" : "pinned to " + allowed + " of " + online;
        String threads = FILES.firstLine("sys/devices/system/cpu/smt/active")
                        .filter("1"::equals)
                        .isPresent()
                ? ", two threads a core"
                : "";
        return usable + ", " + pinning + threads;
    }

    private static String eachOrUnknown(Collection<String> each) {
        return each.isEmpty() ? UNKNOWN : String.join(", ", each);
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
                .flatMap(name -> FILES
                        .firstLine(VULNERABILITIES + name)
                        .filter(line -> !line.equals("Not affected"))
                        .map(line -> name + ": " + line)
                        .stream())
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(" | "), text -> text.isEmpty() ? "none known" : text));
    }

    private static String load(HostState state) {
        return state.load().stream()
                .mapToObj(load -> String.format(Locale.ROOT, "%.2f", load))
                .findFirst()
                .orElse("unknown");
    }
}
