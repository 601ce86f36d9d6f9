package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Parameter;
import dev.trapgate.abi.Structure;
import dev.trapgate.abi.Syscall;
import dev.trapgate.differential.Normalizations.Kind;
import dev.trapgate.differential.Normalizations.Rule;
import dev.trapgate.notation.CallTarget;
import dev.trapgate.notation.PointedTypes;
import dev.trapgate.notation.UsageException;
import dev.trapgate.trace.PointerExtent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what two sides of one convention answered to a scenario, call by call, byte by byte. */
final class Comparison {

    /** A comparison that has found so much looks no further. */
    private static final int MOST = 40;

    private final Scenario scenario;
    private final Abi abi;
    private final SideView left;
    private final SideView right;
    private final List<Overlay> overlays = new ArrayList<>();
    private final List<Overlay> random = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();
    private final Map<String, Begun> begun = new HashMap<>();

    /** A call in which a thread sleeps. */
    private record Begun(Step.Call step, Transcript.Entry ours, Transcript.Entry theirs) {}

    private Comparison(Scenario scenario, Abi abi, Transcript left, Transcript right) {
        this.scenario = scenario;
        this.abi = abi;
        this.left = new SideView(left, abi);
        this.right = new SideView(right, abi);
    }

    /**
     * Compares.
     *
     * @param scenario what was played
     * @param abi the convention of both sides
     * @param left what one side answered
     * @param right what the other did
     * @return what differs, in order; nothing if the sides agree
     */
    static List<Difference> of(Scenario scenario, Abi abi, Transcript left, Transcript right) {
        Comparison comparison = new Comparison(scenario, abi, left, right);
        comparison.compare();
        return comparison.differences;
    }

    private void compare() {
        List<Transcript.Entry> ours = left.transcript().records();
        List<Transcript.Entry> theirs = right.transcript().records();
        int common = Math.min(ours.size(), theirs.size());
        for (int i = 0; i < common && differences.size() < MOST; i++) {
            compare(scenario.steps().get(i), ours.get(i), theirs.get(i));
        }
        Transcript.Ending leftEnding = left.transcript().ending();
        Transcript.Ending rightEnding = right.transcript().ending();
        if (leftEnding != rightEnding || ours.size() != theirs.size()) {
            int line = common < scenario.steps().size()
                    ? scenario.steps().get(common).line()
                    : 0;
            add(line, "play", ending(left), ending(right));
        } else if (leftEnding == Transcript.Ending.ENDED) {
            add(lastLine(common), "play", ending(left), ending(right));
        } else if (leftEnding == Transcript.Ending.COMPLETE) {
            compareStates();
        }
    }

    private int lastLine(int played) {
        return played < scenario.steps().size() ? scenario.steps().get(played).line() : 0;
    }

    private static String ending(SideView side) {
        Transcript transcript = side.transcript();
        return switch (transcript.ending()) {
            case COMPLETE -> "went on to the end";
            case BLOCKED -> "did not come back";
            default -> transcript.why();
        };
    }

    private void compareStates() {
        SortedSet<String> keys = new TreeSet<>(left.transcript().state().keySet());
        keys.addAll(right.transcript().state().keySet());
        if (keys.contains(StateReader.UNREADABLE)) {
            return;
        }
        for (String key : keys) {
            String ours = left.transcript().state().getOrDefault(key, "is not there");
            String theirs = right.transcript().state().getOrDefault(key, "is not there");
            if (!ours.equals(theirs)) {
                add(0, key, ours, theirs);
            }
        }
    }

    private void add(int line, String subject, String ours, String theirs) {
        differences.add(new Difference(line, subject, ours, theirs));
    }

    private void compare(Step step, Transcript.Entry ours, Transcript.Entry theirs) {
        place(step, ours);
        left.apply(ours.before());
        right.apply(theirs.before());
        left.apply(ours.after());
        right.apply(theirs.after());
        List<Overlay> written = new ArrayList<>();
        int before = differences.size();
        if (step instanceof Step.Call call && call.blocks()) {
            begun.put(call.thread(), new Begun(call, ours, theirs));
        } else if (step instanceof Step.Call call) {
            compareResult(step.line(), "result", call, ours, theirs, ours.result(), theirs.result());
            written.addAll(parameters(call, ours, theirs));
        }
        compareReturns(step.line(), ours, theirs, written);
        if (differences.size() == before) {
            compareMemory(step.line(), ours, theirs, written);
        }
    }

    /** What came back in this step to threads that slept. */
    private void compareReturns(int line, Transcript.Entry ours, Transcript.Entry theirs, List<Overlay> written) {
        for (String thread : union(ours.back().keySet(), theirs.back().keySet())) {
            Begun begunCall = begun.get(thread);
            Long left = ours.back().get(thread);
            Long right = theirs.back().get(thread);
            if (begunCall == null || left == null || right == null) {
                add(line, "thread " + thread, slept(left), slept(right));
            } else {
                Transcript.Entry oursThen = begunCall.ours().with(left);
                Transcript.Entry theirsThen = begunCall.theirs().with(right);
                Step.Call call = begunCall.step();
                compareResult(line, "result of thread " + thread, call, oursThen, theirsThen, left, right);
                written.addAll(parameters(call, oursThen, theirsThen));
            }
        }
    }

    private static SortedSet<String> union(Set<String> one, Set<String> other) {
        SortedSet<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    private static String slept(@Nullable Long result) {
        return result == null
                ? "sleeps in its call"
                : "came back with " + Errno.of(result).map(Errno::name).orElse(Long.toString(result));
    }

    private void place(Step step, Transcript.Entry entry) {
        for (Transcript.Placed placed : entry.placed()) {
            if (step instanceof Step.Memory memory && memory.content() == Step.Content.RANDOM) {
                random.add(new Overlay(
                        placed.label(),
                        placed.block(),
                        placed.offset(),
                        placed.size(),
                        Optional.empty(),
                        Optional.of(new Rule(Kind.RANDOM, "", "random bytes")),
                        ""));
            } else {
                structure(placed)
                        .ifPresent(layout -> overlays.addFirst(
                                Overlay.of(placed.label(), placed.block(), placed.offset(), placed.size(), layout)));
            }
        }
    }

    private Optional<Structure> structure(Transcript.Placed placed) {
        if (placed.structure().isEmpty() || placed.structure().equals("void *")) {
            return Optional.empty();
        }
        try {
            return Optional.of(PointedTypes.find(placed.structure(), "", placed.label(), abi));
        } catch (UsageException unknown) {
            return Optional.empty();
        }
    }

    private void compareResult(
            int line,
            String subject,
            Step.Call step,
            Transcript.Entry ours,
            Transcript.Entry theirs,
            long leftAnswer,
            long rightAnswer) {
        CallTarget target = CallTarget.of(step.target(), abi);
        @Nullable Rule rule = Normalizations.result(target.name()).orElse(null);
        String leftResult =
                left.result(leftAnswer, rule, target.name(), ours.arguments().get(0));
        String rightResult = right.result(
                rightAnswer, rule, target.name(), theirs.arguments().get(0));
        if (!leftResult.equals(rightResult)) {
            add(line, subject, leftResult, rightResult);
        }
    }

    private List<Overlay> parameters(Step.Call step, Transcript.Entry ours, Transcript.Entry theirs) {
        return CallTarget.of(step.target(), abi)
                .call()
                .map(call -> parameters(call, ours, theirs))
                .orElse(List.of());
    }

    private void compareMemory(int line, Transcript.Entry ours, Transcript.Entry theirs, List<Overlay> written) {
        for (int block = 0; block < left.transcript().blocks().size(); block++) {
            BitSet changed = changed(block, ours, theirs);
            if (!changed.isEmpty()) {
                compareMemory(line, block, changed, written);
            }
        }
    }

    private static BitSet changed(int block, Transcript.Entry ours, Transcript.Entry theirs) {
        BitSet changed = new BitSet();
        for (List<Transcript.Patch> patches : List.of(ours.after(), theirs.after())) {
            for (Transcript.Patch patch : patches) {
                if (patch.block() == block) {
                    changed.set(patch.offset(), patch.offset() + patch.size());
                }
            }
        }
        return changed;
    }

    /** What the call was told to write where, by its parameters. */
    private List<Overlay> parameters(Syscall call, Transcript.Entry ours, Transcript.Entry theirs) {
        List<Overlay> found = new ArrayList<>();
        List<Parameter> parameters = call.parameters(abi);
        for (int i = 0; i < Math.min(parameters.size(), Player.REGISTERS); i++) {
            Parameter parameter = parameters.get(i);
            SideView.Place place = left.place(ours.arguments().get(i));
            if (parameter.isPointer() && !parameter.type().startsWith("const ") && place != null) {
                overlay(call, parameters, i, place, ours, theirs).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<Overlay> overlay(
            Syscall call,
            List<Parameter> parameters,
            int index,
            SideView.Place place,
            Transcript.Entry ours,
            Transcript.Entry theirs) {
        Parameter parameter = parameters.get(index);
        Optional<Rule> rule = Normalizations.parameter(call.callName(), parameter.name());
        Optional<Structure> structure = pointedTo(parameter);
        if (rule.isPresent()) {
            boolean isMeasured = structure.isEmpty()
                    || rule.get().kind() == Kind.DIRENTS64
                    || rule.get().kind() == Kind.DIRENTS;
            long written = Math.max(0, Math.max(ours.result(), theirs.result()));
            long size = isMeasured ? written : structure.get().size();
            return Optional.of(new Overlay(
                    parameter.name(),
                    place.block(),
                    place.offset(),
                    (int) Math.min(size, Integer.MAX_VALUE / 2),
                    structure,
                    rule,
                    call.callName() + " " + ours.arguments().get(0)));
        }
        // What a socket's name is, the scenario's own memory says better.
        Optional<Structure> told = structure.filter(layout -> !layout.name().equals("sockaddr"));
        OptionalInt elements = PointerExtent.elements(parameters, index);
        long count = elements.isPresent() ? Math.clamp(ours.arguments().get(elements.getAsInt()), 0, 1024) : 1;
        return told.map(layout ->
                Overlay.of(parameter.name(), place.block(), place.offset(), (int) (count * layout.size()), layout));
    }

    /** Characters and what getdents writes are no structures behind each other; what readdir writes is one. */
    private Optional<Structure> pointedTo(Parameter parameter) {
        if (parameter.type().contains("linux_dirent") && !parameter.type().contains("old_linux_dirent")) {
            return Optional.empty();
        }
        try {
            Structure found = PointedTypes.find("struct", parameter.type(), parameter.name(), abi);
            return found.size() == 1 ? Optional.empty() : Optional.of(found);
        } catch (UsageException bytes) {
            return Optional.empty();
        }
    }

    private void compareMemory(int line, int block, BitSet changed, List<Overlay> written) {
        FieldComparison.Finding finding = (subject, ours, theirs) -> add(line, subject, ours, theirs);
        FieldComparison fields = new FieldComparison(left, right, block, changed, finding);
        for (List<Overlay> layer : List.of(random, written, overlays)) {
            for (Overlay overlay : layer) {
                if (overlay.meets(block, changed.nextSetBit(0), changed.length())) {
                    compare(fields, overlay);
                }
            }
        }
        new NamedNumbers(left, right, block, changed, finding).compare();
        compareBytes(line, block, changed);
    }

    private void compare(FieldComparison fields, Overlay overlay) {
        if (overlay.rule().isPresent()) {
            fields.compare(overlay);
            return;
        }
        Structure structure = overlay.structure().orElseThrow();
        int room = left.image(overlay.block()).length;
        int count = (int) Math.max(1, overlay.size() / Math.max(1, structure.size()));
        for (int i = 0; i < count; i++) {
            int offset = overlay.offset() + (int) (i * structure.size());
            if (offset < room) {
                fields.compare(count == 1 ? overlay.label() : overlay.label() + "[" + i + "]", structure, offset);
            }
        }
    }

    /** What belongs to no structure is compared as it is. */
    private void compareBytes(int line, int block, BitSet changed) {
        byte[] ours = left.image(block);
        byte[] theirs = right.image(block);
        for (int at = changed.nextSetBit(0); at >= 0; at = changed.nextSetBit(at + 1)) {
            if (ours[at] != theirs[at]) {
                int size = Math.min(16, ours.length - at);
                add(line, where(block, at), left.hex(block, at, size), right.hex(block, at, size));
                return;
            }
        }
    }

    private String where(int block, int at) {
        String where = "memory " + block + "+" + at;
        for (Transcript.Entry entry : left.transcript().records()) {
            for (Transcript.Placed placed : entry.placed()) {
                boolean inside =
                        placed.block() == block && at >= placed.offset() && at < placed.offset() + placed.size();
                where = inside ? placed.label() + " at byte " + (at - placed.offset()) : where;
            }
        }
        return where;
    }
}
