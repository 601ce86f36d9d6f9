package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Plays many generated scenarios through two gates of one convention, as each user in turn. What differs is played again,
 * made small, and kept.
 */
public final class Campaign {

    /** How many scenarios are on their way: enough that neither side waits. */
    private static final int WINDOW = 32;

    private static final int ATTEMPTS = 400;
    private static final Duration SHRINKING = Duration.ofSeconds(20);

    /** Differences of one kind beyond which no more are made small. */
    private static final int MOST_MINIMAL = 40;

    private final DifferentialRunner runner;
    private final ScenarioGenerator generator;
    private final Explanations explanations;
    private final Map<String, long[]> rows = new TreeMap<>();
    private final Map<String, Long> unplayed = new TreeMap<>();
    private final Map<String, Long> explained = new TreeMap<>();
    private final Map<String, CampaignReport.Minimal> minimal = new HashMap<>();
    private long cases;
    private long agreed;
    private long explainedCases;
    private long differed;
    private long unstable;

    /**
     * Prepares a campaign.
     *
     * @param runner what plays
     * @param generator what makes the scenarios
     */
    public Campaign(DifferentialRunner runner, ScenarioGenerator generator) {
        this.runner = runner;
        this.generator = generator;
        this.explanations = Explanations.between(runner.left(), runner.right());
    }

    /** A scenario on its way. */
    private record Pending(Scenario scenario, User user, CompletableFuture<Verdict> verdict) {}

    /**
     * Plays.
     *
     * @param count how many scenarios
     * @param time how long at most
     * @param progress is told now and then how many have been played
     * @return what was found
     */
    public CampaignReport run(long count, Duration time, Consumer<Long> progress) {
        long end = System.nanoTime() + time.toNanos();
        Deque<Pending> pending = new ArrayDeque<>();
        List<User> users = runner.users();
        long next = 0;
        while ((next < count && System.nanoTime() < end) || !pending.isEmpty()) {
            boolean more = next < count && System.nanoTime() < end;
            if (more && pending.size() < WINDOW) {
                Scenario scenario = generator.scenario(next);
                User user = users.get((int) (next % users.size()));
                pending.add(new Pending(scenario, user, runner.compare(scenario, user)));
                next++;
            } else {
                Pending done = pending.remove();
                account(done, done.verdict().join());
                progress.accept(cases);
            }
        }
        return report();
    }

    private CampaignReport report() {
        Map<String, CampaignReport.Row> table = new TreeMap<>();
        rows.forEach((call, row) -> table.put(call, new CampaignReport.Row(row[0], row[1], row[2])));
        return new CampaignReport(
                cases,
                agreed,
                explainedCases,
                differed,
                unstable,
                unplayed,
                table,
                new ArrayList<>(minimal.values()),
                explained);
    }

    private void account(Pending done, Verdict raw) {
        Verdict verdict = explanations.applied(raw, explained);
        cases++;
        switch (verdict.outcome()) {
            case AGREED -> {
                boolean wasExplained = raw.outcome() == Verdict.Outcome.DIFFERED;
                agreed += wasExplained ? 0 : 1;
                explainedCases += wasExplained ? 1 : 0;
                count(done.scenario(), 1);
            }
            case UNPLAYED, MISTAKEN -> unplayed.merge(verdict.why(), 1L, Long::sum);
            case DIFFERED -> differed(done, verdict);
        }
    }

    /** Counts a scenario's calls as agreed or not: each call once. */
    private void count(Scenario scenario, int agreement) {
        scenario.calls().stream().map(Step.Call::target).distinct().forEach(call -> {
            long[] row = rows.computeIfAbsent(call, missing -> new long[3]);
            row[0]++;
            row[1] += agreement;
        });
    }

    private void differed(Pending done, Verdict verdict) {
        Verdict again = play(done.scenario(), done.user());
        if (again.outcome() != Verdict.Outcome.DIFFERED) {
            unstable++;
            count(done.scenario(), 1);
            return;
        }
        differed++;
        count(done.scenario(), 0);
        String call = firstCall(verdict);
        rows.computeIfAbsent(call, missing -> new long[3])[2]++;
        String signature =
                call + " " + verdict.differences().getFirst().subject().replaceAll("\\d+", "#");
        if (!minimal.containsKey(signature) && minimal.size() < MOST_MINIMAL) {
            minimal.put(signature, shrink(done, call));
        }
    }

    private CampaignReport.Minimal shrink(Pending done, String call) {
        Shrinker shrinker = new Shrinker(
                candidate -> {
                    Verdict verdict = play(candidate, done.user());
                    return verdict.outcome() == Verdict.Outcome.DIFFERED
                            && firstCall(verdict).equals(call);
                },
                ATTEMPTS,
                SHRINKING);
        Scenario small = shrinker.shrink(done.scenario());
        return new CampaignReport.Minimal(done.scenario(), play(small, done.user()), abi());
    }

    private Abi abi() {
        return runner.abi();
    }

    private Verdict play(Scenario scenario, User user) {
        return explanations.applied(runner.compare(scenario, user).join(), new HashMap<>());
    }

    /** {@return the call that differed first, or the last one for what was left behind} */
    private static String firstCall(Verdict verdict) {
        int line = verdict.differences().getFirst().line();
        List<Step.Call> calls = verdict.scenario().calls();
        return calls.stream()
                .filter(call -> call.line() == line)
                .findFirst()
                .map(Step.Call::target)
                .orElse("(left behind)");
    }
}
