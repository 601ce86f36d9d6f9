package dev.trapgate.cli;

import dev.trapgate.abi.Abi;
import dev.trapgate.differential.Campaign;
import dev.trapgate.differential.CampaignReport;
import dev.trapgate.differential.DifferentialRunner;
import dev.trapgate.differential.Scenario;
import dev.trapgate.differential.ScenarioFiles;
import dev.trapgate.differential.ScenarioGenerator;
import dev.trapgate.differential.User;
import dev.trapgate.differential.Verdict;
import dev.trapgate.entry.Gate;
import dev.trapgate.notation.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trapgate diff}: plays scenarios through two gates and compares all that they leave behind. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Plays scenarios through two gates and compares them, call by call, byte by byte.",
        footer = {
            "",
            "A scenario has one step a line; arguments are written as for 'trapgate call':",
            "  fd = openat(AT_FDCWD, \"a\", O_RDWR|O_CREAT, 0644)",
            "                     a call; its result is $fd from then on",
            "  buf = @16          named memory, $buf: any of @SIZE, \"text\", @\"bytes\", @pattern:SIZE,",
            "                     &structure; $buf+8 is an address in it, $st.st_size or $fds[1] a value",
            "  p = edge(32)       32 bytes that end where an unmapped page begins; also edge(\"text\")",
            "  r = @16 : random   memory for random bytes",
            "  thread t {         the calls up to } are made by another thread of the process; a thread",
            "    n = read($fds[0], $buf, 8) blocks",
            "  }                  may be opened again. After a call that 'blocks' the next line is played",
            "                     once the thread sleeps in it; 'may block': or has come back; all others",
            "                     have to come back at once",
            "  await t            the blocking call of thread t has come back: $n is known from here on",
            "  join t             thread t ends",
            "  h = handler        a signal handler that only returns, with its restorer at $h+16 (x86-64)",
            "  abi x86-64         header lines: which conventions and which user (root, nobody)",
            "",
            "Exit status: 0 all agreed; 1 a difference; 2 wrong usage; 3 this host lacks that gate."
        })
final class DiffCommand implements Callable<Integer> {

    private static final long MOST_CASES = 1_000_000_000L;
    private static final long MOST_SECONDS = TimeUnit.DAYS.toSeconds(7);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--left", paramLabel = "GATE", description = "One gate (default: SYSCALL, and INT80).")
    private @Nullable Gate left;

    @Option(
            names = "--right",
            paramLabel = "GATE",
            description = "The other gate (default: the emulated one of the same convention).")
    private @Nullable Gate right;

    @Option(names = "--abi", paramLabel = "ABI", description = "x86-64 or i386 only (default: both).")
    private @Nullable String abi;

    @Option(names = "--user", paramLabel = "USER", description = "root or nobody only (default: both).")
    private @Nullable User user;

    @Option(
            names = "--play",
            paramLabel = "FILE",
            description = "Play this scenario, or all *.scenario below this directory, and nothing else.")
    private @Nullable Path play;

    @Option(
            names = "--cases",
            paramLabel = "N",
            description = "Play so many generated scenarios for each ABI (default: ${DEFAULT-VALUE}).")
    private long cases = 2000;

    @Option(names = "--seed", paramLabel = "S", description = "Where generating begins (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--calls",
            split = ",",
            paramLabel = "CALL",
            description = "Generate these calls only, with what they need (default: all that both sides have).")
    private List<String> calls = List.of();

    @Option(
            names = "--time",
            paramLabel = "SECONDS",
            description = "Generate for so long at most, for each ABI (default: until all cases are played).")
    private long seconds = TimeUnit.DAYS.toSeconds(1);

    @Option(
            names = "--save",
            paramLabel = "DIRECTORY",
            description = "Write minimal differing scenarios here (default: ${DEFAULT-VALUE}).")
    private Path save = Path.of("differences");

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file as well, as JSON.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
        if (cases < 0 || cases > MOST_CASES) {
            throw new UsageException("--cases takes 0 to " + MOST_CASES + ", not " + cases);
        }
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new UsageException("--time takes 1 to " + MOST_SECONDS + " seconds, not " + seconds);
        }
        try (ReportFiles<DiffReport> files = new ReportFiles<>()) {
            files.open(json, report -> report.json(seed));
            return run(files);
        }
    }

    private int run(ReportFiles<DiffReport> files) throws IOException {
        List<Scenario> scenarios = play == null ? ScenarioFiles.own() : ScenarioFiles.read(play);
        PrintWriter out = spec.commandLine().getOut();
        DiffReport report = new DiffReport();
        for (Abi convention : abis()) {
            try (DifferentialRunner runner = new DifferentialRunner(leftOf(convention), rightOf(convention))) {
                for (Verdict verdict : verdicts(runner, scenarios)) {
                    report.add(verdict);
                    if (play != null || verdict.outcome() != Verdict.Outcome.AGREED) {
                        verdict.lines(runner.left().name(), runner.right().name())
                                .forEach(out::println);
                    }
                }
                if (play == null && cases > 0) {
                    report.add(runner, generated(runner));
                }
            }
        }
        if (report.cases() == 0) {
            throw new UsageException("nothing was played: no scenario is for that ABI and that user");
        }
        if (play == null) {
            report.lines(save).forEach(out::println);
        }
        out.flush();
        files.write(report);
        return report.isClean() ? ExitStatus.DONE : ExitStatus.DIFFERED;
    }

    private CampaignReport generated(DifferentialRunner runner) {
        PrintWriter err = spec.commandLine().getErr();
        try (ProgressLine line = new ProgressLine(err, ProgressLine.Device.ofStandardError())) {
            return new Campaign(runner, new ScenarioGenerator(runner.abi(), seed, chosen(runner)))
                    .run(
                            cases,
                            Duration.ofSeconds(seconds),
                            played -> line.accept(runner.left() + " and " + runner.right() + ": " + played + " of "
                                    + cases + " generated scenarios"));
        }
    }

    private List<String> chosen(DifferentialRunner runner) {
        List<String> known = ScenarioGenerator.calls(runner.abi());
        if (calls.isEmpty()) {
            return known.stream().filter(runner::has).toList();
        }
        for (String call : calls) {
            if (Scenario.ABIS.stream()
                    .noneMatch(abi -> ScenarioGenerator.calls(abi).contains(call))) {
                throw new UsageException("no scenarios are generated with '" + call + "'; there are some with "
                        + String.join(", ", known));
            }
        }
        return calls;
    }

    private List<Verdict> verdicts(DifferentialRunner runner, List<Scenario> scenarios) {
        List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            for (User player : runner.users()) {
                boolean chosen = user == null || user == player;
                if (chosen && scenario.isFor(player) && scenario.isFor(runner.abi())) {
                    verdicts.add(runner.compare(scenario, player));
                }
            }
        }
        return verdicts.stream().map(CompletableFuture::join).toList();
    }

    private List<Abi> abis() {
        Optional<Abi> ofGate =
                Optional.ofNullable(left).or(() -> Optional.ofNullable(right)).map(Gate::abi);
        if (abi != null) {
            return List.of(ScenarioFiles.abi(abi));
        }
        return ofGate.map(List::of).orElse(Scenario.ABIS);
    }

    private Gate leftOf(Abi convention) {
        return requireAbi(left == null ? (convention == Abi.I386 ? Gate.INT80 : Gate.SYSCALL) : left, convention);
    }

    private Gate rightOf(Abi convention) {
        Gate standard = convention == Abi.I386 ? Gate.EMULATED_INT80 : Gate.EMULATED_SYSCALL;
        return requireAbi(right == null ? standard : right, convention);
    }

    private static Gate requireAbi(Gate gate, Abi convention) {
        if (gate.abi() != convention) {
            throw new UsageException(gate + " speaks " + gate.abi() + ", not " + convention);
        }
        return gate;
    }
}
