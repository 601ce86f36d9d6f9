package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.differential.grammar.Grammar;
import dev.trapgate.differential.grammar.Production;
import dev.trapgate.differential.grammar.Situation;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/** Makes scenarios at random from the {@link Grammar}: the same seed and number make the same scenario again. */
public final class ScenarioGenerator {

    private static final int LEAST = 3;
    private static final int MOST = 22;

    /** Names a good generator whose seeds may lie next to each other. */
    private static final String ALGORITHM = "L64X128MixRandom";

    /** A prime near 2⁶⁴ divided by the golden ratio, to set the seeds of neighbors apart. */
    private static final long STRIDE = 0x9e37_79b9_7f4a_7c15L;

    /** Calls without which others have nothing to work on. */
    private static final Set<String> GROUND = Set.of("openat", "mkdir", "pipe2");

    private final Abi abi;
    private final long seed;
    private final List<Production> ground;
    private final List<Production> all;
    private final List<Choice> subjects;

    /**
     * Prepares to generate.
     *
     * @param abi by which convention the scenarios will be played
     * @param seed where the random numbers begin
     * @param calls which calls to make, by name; with what they need to work on
     * @throws IllegalArgumentException if the grammar has none of the calls
     */
    public ScenarioGenerator(Abi abi, long seed, Collection<String> calls) {
        this.abi = abi;
        this.seed = seed;
        this.subjects = Grammar.subjects().stream()
                .map(grammar -> choice(grammar, calls))
                .filter(choice -> !choice.productions().isEmpty())
                .toList();
        if (subjects.isEmpty() && calls.stream().noneMatch(GROUND::contains)) {
            throw new IllegalArgumentException("the grammar has none of the calls " + calls + " for " + abi);
        }
        this.ground = Grammar.all().stream()
                .filter(production -> isFor(abi, production) && GROUND.contains(production.call()))
                .toList();
        this.all = with(ground, subjects);
    }

    /**
     * What a scenario's calls are chosen from.
     *
     * @param grammar the subject
     * @param productions the calls
     */
    private record Choice(Grammar grammar, List<Production> productions) {}

    private Choice choice(Grammar grammar, Collection<String> calls) {
        return new Choice(
                grammar,
                grammar.productions().stream()
                        .filter(production -> isFor(abi, production) && !GROUND.contains(production.call()))
                        .filter(production -> calls.contains(production.call()))
                        .toList());
    }

    private static List<Production> with(List<Production> ground, List<Choice> choices) {
        return Stream.concat(ground.stream(), choices.stream().flatMap(choice -> choice.productions().stream()))
                .distinct()
                .toList();
    }

    /** {@return the calls that the grammar has for a convention} */
    public static List<String> calls(Abi abi) {
        return Grammar.all().stream()
                .filter(production -> isFor(abi, production))
                .map(Production::call)
                .distinct()
                .sorted()
                .toList();
    }

    /** The mmap of i386 takes a structure; there the grammar has mmap2. */
    private static boolean isFor(Abi abi, Production production) {
        boolean isOldMmap = abi == Abi.I386 && production.call().equals("mmap");
        return !isOldMmap
                && Syscall.named(production.call())
                        .filter(known -> known.existsOn(abi))
                        .isPresent();
    }

    /**
     * Makes a scenario.
     *
     * @param number which one
     * @return the scenario
     */
    public Scenario scenario(long number) {
        RandomGenerator random = RandomGeneratorFactory.of(ALGORITHM).create(seed * STRIDE + number);
        Situation situation = new Situation(random, abi);
        List<Production> productions = productions(random, situation);
        int calls = LEAST + random.nextInt(MOST - LEAST);
        for (int i = 0; i < calls; i++) {
            situation.add(pick(random, productions));
        }
        situation.end();
        return new Scenario("seed " + seed + " number " + number, "", Set.of(abi), Set.of(), situation.steps());
    }

    /** All calls, or as often those of one subject with those of another: many make sense only in company of their like. */
    private List<Production> productions(RandomGenerator random, Situation situation) {
        if (random.nextBoolean() || subjects.isEmpty()) {
            return all;
        }
        Choice first = subjects.get(random.nextInt(subjects.size()));
        Choice second = subjects.get(random.nextInt(subjects.size()));
        first.grammar().begin(situation);
        return with(ground, List.of(first, second));
    }

    private static Production pick(RandomGenerator random, List<Production> productions) {
        int at =
                random.nextInt(productions.stream().mapToInt(Production::weight).sum());
        for (Production production : productions) {
            at -= production.weight();
            if (at < 0) {
                return production;
            }
        }
        throw new AssertionError("weights add up to their sum");
    }
}
