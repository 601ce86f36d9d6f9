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
            "With --compare nothing is measured: two reports are held side by side, and exit status 1 says that",
            "something has changed by more than the spread."
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
            names = "--compare",
            arity = "2",
            paramLabel = "FILE",
            description = "Compare two reports that --json wrote: two machines, kernels or JDKs.")
    private List<Path> compared = List.of();

    /** At most one of the two. */
    static final class Length {

        @Option(names = "--quick", description = "Measure for less than 90 seconds (default: about five minutes).")
        private boolean quick;

        @Option(names = "--full", description = "Measure for more than ten minutes, with further callers.")
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
        CostMeasurement measurement = find();
        checkNames(measurement.calls());
        try (ReportFiles<CostMeasurement.Report> files = new ReportFiles<>()) {
            files.open(json, CostMeasurement.Report::json);
            files.open(csv, CostMeasurement.Report::csv);
            return measure(measurement, files);
        }
    }

    private int compare() {
        boolean alone = json == null && csv == null && calls.isEmpty() && length.effort() == Effort.STANDARD;
        if (compared.size() != 2 || !alone) {
            throw new UsageException("--compare takes two files and no other option, for it measures nothing");
        }
        CostComparison comparison =
                new CostComparison(CostDocument.read(compared.getFirst()), CostDocument.read(compared.getLast()));
        PrintWriter out = spec.commandLine().getOut();
        comparison.lines().forEach(out::println);
        out.flush();
        return comparison.hasChanged() ? ExitStatus.DIFFERED : ExitStatus.DONE;
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

    private int measure(CostMeasurement measurement, ReportFiles<CostMeasurement.Report> files) {
        PrintWriter err = spec.commandLine().getErr();
        CostMeasurement.Report report;
        try (ProgressLine progress = new ProgressLine(err, ProgressLine.Device.ofStandardError())) {
            report = measurement.measure(new CostMeasurement.Request(length.effort(), calls), progress);
        } catch (CostFailedException failed) {
            err.println("trapgate: " + failed.getMessage());
            err.flush();
            return ExitStatus.DIFFERED;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return ExitStatus.DIFFERED;
        }
        PrintWriter out = spec.commandLine().getOut();
        report.lines().forEach(out::println);
        out.flush();
        files.write(report);
        return ExitStatus.DONE;
    }
}
