package dev.trapgate.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words for verdicts. */
final class VerdictText {

    private VerdictText() {}

    /**
     * Words a verdict.
     *
     * @param verdict the verdict
     * @param leftName what to call the left side
     * @param rightName what to call the right side
     * @return a head line, then for each difference the step and what each side has
     */
    static List<String> lines(Verdict verdict, String leftName, String rightName) {
        List<String> lines = new ArrayList<>();
        String outcome = verdict.outcome().name().toLowerCase(Locale.ROOT);
        lines.add(verdict.scenario().name() + " (" + verdict.abi() + ", " + verdict.user() + "): " + outcome
                + (verdict.why().isEmpty() ? "" : ": " + verdict.why()));
        verdict.remark().ifPresent(remark -> lines.add("  " + remark));
        int width = Math.max(leftName.length(), rightName.length());
        int line = -1;
        for (Difference difference : verdict.differences()) {
            if (difference.line() != line) {
                line = difference.line();
                lines.add("  " + where(verdict.scenario(), line));
            }
            lines.add("    " + difference.subject());
            lines.add("      " + padded(leftName, width) + "  " + difference.left());
            lines.add("      " + padded(rightName, width) + "  " + difference.right());
        }
        return lines;
    }

    private static String where(Scenario scenario, int line) {
        return scenario.steps().stream()
                .filter(step -> step.line() == line)
                .findFirst()
                .map(step -> "line " + line + ": " + ScenarioText.of(step))
                .orElse("left behind:");
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
