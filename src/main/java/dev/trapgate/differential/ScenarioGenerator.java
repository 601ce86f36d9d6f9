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
    private final List<Production> productions;
    private final int totalWeight;

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
        this.productions = Grammar.all().stream()
                .filter(production -> isFor(abi, production))
                .filter(production -> calls.contains(production.call()) || GROUND.contains(production.call()))
                .toList();
        if (productions.stream().noneMatch(production -> calls.contains(production.call()))) {
            throw new IllegalArgumentException("the grammar has none of the calls " + calls + " for " + abi);
        }
        this.totalWeight = productions.stream().mapToInt(Production::weight).sum();
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
        int calls = LEAST + random.nextInt(MOST - LEAST);
        for (int i = 0; i < calls; i++) {
            situation.add(pick(random));
        }
        return new Scenario("seed " + seed + " number " + number, "", Set.of(abi), Set.of(), situation.steps());
    }

    private Production pick(RandomGenerator random) {
        int at = random.nextInt(totalWeight);
        for (Production production : productions) {
            at -= production.weight();
            if (at < 0) {
                return production;
            }
        }
        throw new AssertionError("weights add up to their sum");
    }
}
