package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.notation.CallLookup;
import dev.trapgate.notation.UsageException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Calls that are played one after the other, and what they share.
 *
 * @param name where it comes from: a file's name, or words
 * @param description what it shows; may be empty
 * @param abis the conventions it names; none if it names none
 * @param users the users it names; none if it names none
 * @param steps its lines, in order
 */
public record Scenario(String name, String description, Set<Abi> abis, Set<User> users, List<Step> steps) {

    /** The conventions that scenarios can be played by. */
    public static final List<Abi> ABIS = List.of(Abi.X86_64, Abi.I386);

    /** Keeps copies. */
    public Scenario {
        abis = Set.copyOf(abis);
        users = Set.copyOf(users);
        steps = List.copyOf(steps);
    }

    /**
     * Reads a scenario.
     *
     * @param name what to call it in messages
     * @param lines its text, in the notation of {@link ScenarioParser}
     * @return the scenario
     * @throws UsageException if the text is none; the message says in which line and what was expected
     */
    public static Scenario of(String name, String... lines) {
        return ScenarioParser.parse(name, String.join("\n", lines));
    }

    /** {@return the scenario with other steps} */
    public Scenario with(List<Step> otherSteps) {
        return new Scenario(name, description, abis, users, otherSteps);
    }

    /** {@return its calls, in order} */
    public List<Step.Call> calls() {
        return steps.stream()
                .filter(Step.Call.class::isInstance)
                .map(Step.Call.class::cast)
                .toList();
    }

    /** {@return the names of its threads beside the first, in the order in which they first make a call} */
    public SequencedSet<String> threads() {
        return calls().stream()
                .map(Step.Call::thread)
                .filter(thread -> !thread.equals(Step.FIRST))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Says whether the scenario is meant for a convention.
     *
     * @param abi the convention
     * @return whether it names it; or, naming none, has only calls that exist there
     */
    public boolean isFor(Abi abi) {
        return abis.isEmpty() ? missing(abi).isEmpty() : abis.contains(abi);
    }

    /** {@return whether the scenario is meant for a user: one it names, or any if it names none} */
    public boolean isFor(User user) {
        return users.isEmpty() || users.contains(user);
    }

    /** {@return the first of its calls that does not exist in a convention} */
    public Optional<String> missing(Abi abi) {
        return calls().stream()
                .map(Step.Call::target)
                .filter(target -> !CallLookup.isNumber(target))
                .filter(target ->
                        Syscall.named(target).filter(call -> call.existsOn(abi)).isEmpty())
                .findFirst();
    }
}
