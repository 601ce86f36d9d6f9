package dev.trapgate.differential;

import dev.trapgate.abi.Errno;
import dev.trapgate.entry.Gate;
import dev.trapgate.notation.CallTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Differences between glibc's functions and the kernel's calls that are known and explained: {@code glibc-differences.tsv}. */
final class Explanations {

    private static final List<Row> ROWS = read();

    /** Which of the sides is glibc's; none if both are or neither is. */
    private final Optional<Place> glibc;

    private Explanations(Optional<Place> glibc) {
        this.glibc = glibc;
    }

    private enum Place {
        LEFT,
        RIGHT
    }

    /**
     * A known difference.
     *
     * @param call the call's name
     * @param subject what differs: {@code result}, or a pattern for other subjects
     * @param kernel a pattern for what the kernel's call has
     * @param wrapper a pattern for what glibc's function has
     * @param reason why
     */
    record Row(String call, Pattern subject, Pattern kernel, Pattern wrapper, String reason) {

        boolean explains(String name, String what, String ofKernel, String ofWrapper) {
            return call.equals(name)
                    && subject.matcher(what).matches()
                    && kernel.matcher(ofKernel).matches()
                    && wrapper.matcher(ofWrapper).matches();
        }
    }

    /** {@return what explains differences between two gates} */
    static Explanations between(Gate left, Gate right) {
        if (left == Gate.GLIBC && right != Gate.GLIBC) {
            return new Explanations(Optional.of(Place.LEFT));
        }
        return new Explanations(
                right == Gate.GLIBC && left != Gate.GLIBC ? Optional.of(Place.RIGHT) : Optional.empty());
    }

    /** {@return the table} */
    static List<Row> rows() {
        return ROWS;
    }

    /**
     * Takes out of a verdict what is explained. What follows an error that only one side has cannot be told from its
     * consequences, and is explained with it.
     *
     * @param verdict the verdict
     * @param counts how often each explanation was needed; counted on
     * @return the verdict without explained differences
     */
    Verdict applied(Verdict verdict, Map<String, Long> counts) {
        if (glibc.isEmpty() || verdict.outcome() != Verdict.Outcome.DIFFERED) {
            return verdict;
        }
        List<Difference> rest = new ArrayList<>();
        for (Difference difference : verdict.differences()) {
            Optional<Row> row = find(verdict, difference);
            row.ifPresent(found -> counts.merge(found.call() + ": " + found.reason(), 1L, Long::sum));
            if (row.isEmpty()) {
                rest.add(difference);
            } else if (isError(difference.left()) || isError(difference.right())) {
                break;
            }
        }
        Verdict.Outcome outcome = rest.isEmpty() ? Verdict.Outcome.AGREED : Verdict.Outcome.DIFFERED;
        return new Verdict(verdict.scenario(), verdict.abi(), verdict.user(), outcome, "", rest, verdict.remark());
    }

    private static boolean isError(String result) {
        return Errno.named(result).isPresent();
    }

    private Optional<Row> find(Verdict verdict, Difference difference) {
        Optional<String> call = verdict.scenario().calls().stream()
                .filter(step -> step.line() == difference.line())
                .map(step -> CallTarget.of(step.target(), verdict.abi()).name())
                .findFirst();
        boolean isLeft = glibc.orElseThrow() == Place.LEFT;
        String ofWrapper = isLeft ? difference.left() : difference.right();
        String ofKernel = isLeft ? difference.right() : difference.left();
        return call.flatMap(name -> ROWS.stream()
                .filter(row -> row.explains(name, difference.subject(), ofKernel, ofWrapper))
                .findFirst());
    }

    private static List<Row> read() {
        List<Row> rows = new ArrayList<>();
        for (String[] row : Table.rows("glibc-differences.tsv", 5)) {
            rows.add(
                    new Row(row[0], Pattern.compile(row[1]), Pattern.compile(row[2]), Pattern.compile(row[3]), row[4]));
        }
        return List.copyOf(rows);
    }
}
