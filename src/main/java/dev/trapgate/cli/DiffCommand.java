package dev.trapgate.cli;

import dev.trapgate.abi.Abi;
import dev.trapgate.differential.DifferentialRunner;
import dev.trapgate.differential.Scenario;
import dev.trapgate.differential.ScenarioFiles;
import dev.trapgate.differential.User;
import dev.trapgate.differential.Verdict;
import dev.trapgate.entry.Gate;
import dev.trapgate.notation.UsageException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "  abi x86-64         header lines: which conventions and which user (root, nobody)",
            "",
            "Exit status: 0 all agreed; 1 a difference; 2 wrong usage; 3 this host lacks that gate."
        })
final class DiffCommand implements Callable<Integer> {

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

    @Option(names = "--play", paramLabel = "FILE", description = "Play this scenario, or all *.scenario below it.")
    private @Nullable Path play;

    @Override
    public Integer call() {
        List<Scenario> scenarios = play == null ? ScenarioFiles.own() : ScenarioFiles.read(play);
        PrintWriter out = spec.commandLine().getOut();
        boolean differed = false;
        int compared = 0;
        for (Abi convention : abis()) {
            try (DifferentialRunner runner = new DifferentialRunner(leftOf(convention), rightOf(convention))) {
                for (Verdict verdict : verdicts(runner, scenarios)) {
                    verdict.lines(runner.left().name(), runner.right().name()).forEach(out::println);
                    out.flush();
                    differed |= verdict.outcome() == Verdict.Outcome.DIFFERED
                            || verdict.outcome() == Verdict.Outcome.MISTAKEN;
                    compared++;
                }
            }
        }
        if (compared == 0) {
            throw new UsageException("nothing was played: no scenario is for that ABI and that user");
        }
        return differed ? ExitStatus.DIFFERED : ExitStatus.DONE;
    }

    private List<Verdict> verdicts(DifferentialRunner runner, List<Scenario> scenarios) {
        List<java.util.concurrent.CompletableFuture<Verdict>> verdicts = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            for (User player : runner.users()) {
                boolean chosen = user == null || user == player;
                if (chosen && scenario.isFor(player) && scenario.isFor(runner.abi())) {
                    verdicts.add(runner.compare(scenario, player));
                }
            }
        }
        return verdicts.stream()
                .map(java.util.concurrent.CompletableFuture::join)
                .toList();
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
