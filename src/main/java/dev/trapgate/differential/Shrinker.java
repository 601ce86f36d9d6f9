package dev.trapgate.differential;

import dev.trapgate.notation.CallArgument;
import dev.trapgate.notation.CallArgument.Term;
import dev.trapgate.notation.CallArgument.Term.Reference;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Makes a differing scenario small: leaves steps out as long as it still differs, then makes arguments simple. A step that
 * is left out takes those with it that use its name, so that what remains is always a scenario.
 *
 * @see <a href="https://doi.org/10.1109/32.988498">Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input</a>
 */
final class Shrinker {

    private final Predicate<Scenario> differs;
    private int attempts;
    private final long end;

    /**
     * Prepares to shrink.
     *
     * @param differs plays a scenario again, and says whether it still differs in the same way
     * @param attempts how often it may be asked
     * @param time for how long
     */
    Shrinker(Predicate<Scenario> differs, int attempts, Duration time) {
        this.differs = differs;
        this.attempts = attempts;
        this.end = System.nanoTime() + time.toNanos();
    }

    /** {@return the smallest scenario found that differs as the given one does} */
    Scenario shrink(Scenario scenario) {
        Scenario smallest = scenario;
        int before;
        do {
            before = ScenarioText.of(smallest).length();
            smallest = withFewerSteps(smallest);
            smallest = withSimplerArguments(smallest);
        } while (attempts > 0
                && System.nanoTime() < end
                && ScenarioText.of(smallest).length() < before);
        return smallest;
    }

    private boolean stillDiffers(Scenario candidate) {
        attempts--;
        return attempts >= 0 && System.nanoTime() < end && differs.test(candidate);
    }

    private Scenario withFewerSteps(Scenario scenario) {
        Scenario smallest = scenario;
        for (int chunk = Math.max(1, scenario.steps().size() / 2); chunk >= 1; chunk /= 2) {
            int at = smallest.steps().size() - chunk;
            while (at > -chunk) {
                Scenario candidate = without(smallest, Math.max(0, at), at + chunk);
                boolean better = !candidate.calls().isEmpty() && stillDiffers(candidate);
                smallest = better ? candidate : smallest;
                at -= chunk;
            }
        }
        return smallest;
    }

    private static Scenario without(Scenario scenario, int from, int to) {
        List<Step> kept = new ArrayList<>();
        Set<String> lost = new HashSet<>();
        for (int i = 0; i < scenario.steps().size(); i++) {
            Step step = scenario.steps().get(i);
            boolean isChosen = i >= from && i < to;
            if (leaves(step, isChosen, lost, kept)) {
                names(step).forEach(lost::add);
            } else {
                kept.add(step);
            }
        }
        return scenario.with(kept);
    }

    /** A thread that sleeps is awaited, and one that does not is not. */
    private static boolean leaves(Step step, boolean isChosen, Set<String> lost, List<Step> kept) {
        return switch (step) {
            case Step.Await await -> !isAsleep(await.thread(), kept);
            case Step.Join join -> isChosen || !isKnown(join.thread(), kept);
            default -> isChosen || References.in(step).anyMatch(reference -> lost.contains(reference.name()));
        };
    }

    private static boolean isAsleep(String thread, List<Step> steps) {
        boolean asleep = false;
        for (Step step : steps) {
            if (step instanceof Step.Call call && call.thread().equals(thread)) {
                asleep = call.blocks();
            } else if (step instanceof Step.Await await && await.thread().equals(thread)) {
                asleep = false;
            }
        }
        return asleep;
    }

    private static boolean isKnown(String thread, List<Step> steps) {
        return steps.stream()
                .anyMatch(
                        step -> step instanceof Step.Call call && call.thread().equals(thread));
    }

    private static Stream<String> names(Step step) {
        return switch (step) {
            case Step.Memory memory -> Stream.of(memory.name());
            case Step.Call call -> call.name().stream();
            case Step.Await await -> Stream.empty();
            case Step.Join join -> Stream.empty();
        };
    }

    private Scenario withSimplerArguments(Scenario scenario) {
        Scenario smallest = scenario;
        for (int i = 0; i < smallest.steps().size(); i++) {
            if (smallest.steps().get(i) instanceof Step.Call call) {
                for (int argument = 0; argument < call.arguments().size(); argument++) {
                    smallest = withSimplerArgument(smallest, i, argument);
                }
                smallest = withoutName(smallest, i);
            }
        }
        return smallest;
    }

    private Scenario withSimplerArgument(Scenario scenario, int step, int argument) {
        Step.Call call = (Step.Call) scenario.steps().get(step);
        for (CallArgument simpler : simpler(call.arguments().get(argument)).toList()) {
            List<CallArgument> arguments = new ArrayList<>(call.arguments());
            arguments.set(argument, simpler);
            Scenario candidate = replaced(scenario, step, call.with(call.name(), arguments));
            if (stillDiffers(candidate)) {
                return candidate;
            }
        }
        return scenario;
    }

    private static Scenario replaced(Scenario scenario, int index, Step.Call call) {
        List<Step> steps = new ArrayList<>(scenario.steps());
        steps.set(index, call);
        return scenario.with(steps);
    }

    /** A name that nobody uses goes without being played again. */
    private static Scenario withoutName(Scenario scenario, int index) {
        Step.Call call = (Step.Call) scenario.steps().get(index);
        boolean used = call.name().isEmpty()
                || scenario.steps().stream().flatMap(References::in).anyMatch(reference -> reference
                        .name()
                        .equals(call.name().get()));
        return used ? scenario : replaced(scenario, index, call.with(Optional.empty(), call.arguments()));
    }

    /** {@return what could stand in an argument's place, the simplest first} */
    private static Stream<CallArgument> simpler(CallArgument argument) {
        return switch (argument) {
            case CallArgument.Scalar scalar -> numbers(scalar.value());
            case CallArgument.Flags flags -> flags(flags);
            case CallArgument.Input input -> inputs(input);
            case CallArgument.Edge edge -> Stream.of(edge.memory());
            case CallArgument.Structured structured -> structures(structured);
            default -> Stream.empty();
        };
    }

    private static Stream<CallArgument> numbers(long value) {
        return Stream.of(0L, 1L, value / 2)
                .filter(simple -> Math.abs(simple) < Math.abs(value) || (simple == 0 && value != 0))
                .distinct()
                .map(CallArgument.Scalar::new);
    }

    private static Stream<CallArgument> flags(CallArgument.Flags flags) {
        List<Term> terms = flags.terms();
        if (terms.size() == 1) {
            return terms.getFirst() instanceof Reference reference && reference.offset() != 0
                    ? Stream.of(new CallArgument.Flags(List.of(new Reference(reference.name(), reference.path(), 0))))
                    : Stream.empty();
        }
        return java.util.stream.IntStream.range(0, terms.size()).mapToObj(left -> {
            List<Term> fewer = new ArrayList<>(terms);
            fewer.remove(left);
            return new CallArgument.Flags(fewer);
        });
    }

    private static Stream<CallArgument> inputs(CallArgument.Input input) {
        long size = input.content().byteSize();
        boolean isString = size > 0 && input.content().get(java.lang.foreign.ValueLayout.JAVA_BYTE, size - 1) == 0;
        return isString || size < 2
                ? Stream.empty()
                : Stream.of(1L, size / 2).map(shorter -> (CallArgument) new CallArgument.Input(MemorySegment.ofArray(
                                input.content().asSlice(0, shorter).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))
                        .asReadOnly()));
    }

    private static Stream<CallArgument> structures(CallArgument.Structured structured) {
        return structured.elements().size() < 2
                ? Stream.empty()
                : java.util.stream.IntStream.range(0, structured.elements().size())
                        .mapToObj(left -> {
                            List<CallArgument.Fields> fewer = new ArrayList<>(structured.elements());
                            fewer.remove(left);
                            return new CallArgument.Structured(structured.name(), fewer);
                        });
    }
}
