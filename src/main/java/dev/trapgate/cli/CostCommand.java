package dev.trapgate.cli;

import dev.trapgate.cli.CostMeasurement.Effort;
import dev.trapgate.notation.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trapgate cost}: measures what a call costs through each gate. */
@Command(
        name = "cost",
        mixinStandardHelpOptions = true,
        description = {
            "Measures what a call costs through each gate, next to C, JNI and plain FFM in the same process.",
            "The table goes to standard output, progress to standard error.",
            "Ctrl-C ends the measurement early, and what was found by then is reported.",
            "With --compare nothing is measured: two reports are held side by side, and exit status 1 says that",
            "something has changed by more than chance and noise explain."
        })
final class CostCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup
    private Length length = new Length();

    @Option(
            names = "--calls",
            split = ",",
            paramLabel = "CALL",
            description =
                    "Measure these calls only, such as getppid,read (default: all). A name that is not known lists those that are.")
    private List<String> calls = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file as well, as JSON.")
    private @Nullable Path json;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the rows to this file as well, as CSV.")
    private @Nullable Path csv;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description =
                    "Write the report to this file as well, as a page with charts that needs nothing beside itself.")
    private @Nullable Path html;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description =
                    "Measure nothing: show the report that --json wrote to this file; --html and --csv work as ever.")
    private @Nullable Path from;

    @Option(
            names = "--compare",
            arity = "2",
            paramLabel = "FILE",
            description = "Compare two reports that --json wrote: two machines, kernels or JDKs.")
    private List<Path> compared = List.of();

    /** At most one of the two. */
    static final class Length {

        @Option(names = "--quick", description = "Measure for less than 90 seconds (default: about ten minutes).")
        private boolean quick;

        @Option(names = "--full", description = "Measure for about an hour, with further callers.")
        private boolean full;

        private Effort effort() {
            if (quick) {
                return Effort.QUICK;
            }
            return full ? Effort.FULL : Effort.STANDARD;
        }
    }

    @Override
    public Integer call() throws IOException {
        if (!compared.isEmpty()) {
            return compare();
        }
        if (from != null) {
            return show(from);
        }
        CostMeasurement measurement = find();
        checkNames(measurement.calls());
        try (ReportFiles<Found> files = new ReportFiles<>()) {
            files.open(json, Found::json);
            openForms(files);
            return measure(measurement, files);
        }
    }

    private void openForms(ReportFiles<Found> files) {
        files.open(csv, found -> found.forms().csv());
        files.open(html, found -> found.forms().html());
    }

    /** A report as JSON, and how to get its other forms. */
    private record Found(String json, CostMeasurement.Forms forms) {}

    private boolean measuresNothingElse() {
        return json == null && calls.isEmpty() && length.effort() == Effort.STANDARD;
    }

    private int compare() {
        if (compared.size() != 2 || !measuresNothingElse() || csv != null || html != null || from != null) {
            throw new UsageException("--compare takes two files and no other option, for it measures nothing");
        }
        CostComparison comparison = new CostComparison(
                CostDocumentReader.read(compared.getFirst()), CostDocumentReader.read(compared.getLast()));
        PrintWriter out = spec.commandLine().getOut();
        comparison.lines().forEach(out::println);
        out.flush();
        return comparison.hasChanged() ? ExitStatus.DIFFERED : ExitStatus.DONE;
    }

    private int show(Path file) throws IOException {
        if (!measuresNothingElse()) {
            throw new UsageException(
                    "--from takes a file, --html and --csv, and no other option, for it measures nothing");
        }
        CostDocument document = CostDocumentReader.read(file);
        CostMeasurement measurement = find();
        try (ReportFiles<Found> files = new ReportFiles<>()) {
            openForms(files);
            report(new Found("", measurement.forms(document)), files);
        }
        return ExitStatus.DONE;
    }

    private static CostMeasurement find() {
        return ServiceLoader.load(CostMeasurement.class)
                .findFirst()
                .orElseThrow(() -> new UsageException("the benchmarks are not on the class path: they are a project of"
                        + " their own. './trapgate cost' in Trapgate's source tree builds them on first use; by hand:"
                        + " './mvnw install' there, then './mvnw -f bench/pom.xml package', then put bench/target/*.jar"
                        + " and bench/target/lib/*.jar on the class path"));
    }

    private void checkNames(List<String> known) {
        for (String name : calls) {
            if (!known.contains(name)) {
                throw new UsageException(
                        "cost has no call '" + name + "' to measure; it has " + String.join(", ", known));
            }
        }
    }

    private int measure(CostMeasurement measurement, ReportFiles<Found> files) {
        PrintWriter err = spec.commandLine().getErr();
        try (EarlyEnd end = EarlyEnd.watch()) {
            String found = measure(measurement, err);
            end.measured();
            CostDocument document = CostDocumentReader.parse(found, "the report");
            report(new Found(found, measurement.forms(document)), files);
            return ExitStatus.DONE;
        } catch (CostFailedException failed) {
            err.println("trapgate: " + failed.getMessage());
            err.flush();
            return ExitStatus.DIFFERED;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return ExitStatus.DIFFERED;
        }
    }

    private String measure(CostMeasurement measurement, PrintWriter err)
            throws CostFailedException, InterruptedException {
        try (ProgressLine progress = new ProgressLine(err, ProgressLine.Device.ofStandardError())) {
            return measurement.measure(new CostMeasurement.Request(length.effort(), calls), progress);
        }
    }

    /** Files first: whoever reads the table from a pipe may go away. */
    private void report(Found found, ReportFiles<Found> files) {
        files.write(found);
        PrintWriter out = spec.commandLine().getOut();
        found.forms().lines(Screen.ofStandardOutput()).forEach(out::println);
        out.flush();
    }
}
