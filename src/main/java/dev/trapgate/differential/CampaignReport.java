package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import java.util.List;
import java.util.Map;

/**
 * What a campaign has found.
 *
 * @param cases how many scenarios were played
 * @param agreed in how many both sides agreed
 * @param explained in how many they differed as {@code glibc-differences.tsv} explains
 * @param differed in how many they differed otherwise
 * @param unstable in how many they differed once, and not when played again
 * @param unplayed how many scenarios were not played to their end, by the reason
 * @param rows the calls, by name
 * @param minimal the smallest differing scenarios, one for each call and subject
 * @param explanations how often each explanation was needed
 */
public record CampaignReport(
        long cases,
        long agreed,
        long explained,
        long differed,
        long unstable,
        Map<String, Long> unplayed,
        Map<String, Row> rows,
        List<Minimal> minimal,
        Map<String, Long> explanations) {

    /**
     * One call's numbers.
     *
     * @param cases the scenarios that have the call
     * @param agreed those in which all answers were alike
     * @param differed those in which this call differed first
     */
    public record Row(long cases, long agreed, long differed) {}

    /**
     * A scenario that differs, made small.
     *
     * @param found the scenario as it was generated
     * @param verdict on the small one
     * @param abi by which convention
     */
    public record Minimal(Scenario found, Verdict verdict, Abi abi) {

        /** {@return the small scenario as a file that can be played} */
        public String text() {
            Scenario small = verdict.scenario();
            return ScenarioText.of(new Scenario(
                    small.name(),
                    "Found as " + found.name() + ".",
                    java.util.Set.of(abi),
                    java.util.Set.of(verdict.user()),
                    small.steps()));
        }
    }

    /** {@return how many scenarios were not played to their end} */
    public long unplayedCases() {
        return unplayed.values().stream().mapToLong(Long::longValue).sum();
    }
}
