package dev.trapgate.security;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts instructions with labels together. A comparison can skip 255 instructions; where its target is farther, it is given a
 * jump of its own, which can skip any number.
 */
final class FilterAssembler {

    /** BPF_MAXINSNS of linux/bpf_common.h. */
    static final int MOST_INSTRUCTIONS = 4096;

    private static final int FARTHEST = 255;

    /** A place in the program, to be known when all is written. */
    static final class Label {}

    private static final class Line {
        private final int code;
        private final int operand;
        private final Optional<Label> ifTrue;
        private final Optional<Label> ifFalse;
        private boolean trueIsFar;
        private boolean falseIsFar;

        Line(int code, int operand, Optional<Label> ifTrue, Optional<Label> ifFalse) {
            this.code = code;
            this.operand = operand;
            this.ifTrue = ifTrue;
            this.ifFalse = ifFalse;
        }

        int size() {
            return 1 + (trueIsFar ? 1 : 0) + (falseIsFar ? 1 : 0);
        }
    }

    private final List<Line> lines = new ArrayList<>();
    private final Map<Label, Integer> places = new HashMap<>();

    /** Writes an instruction that goes on to the next. */
    void add(int code, int operand) {
        lines.add(new Line(code, operand, Optional.empty(), Optional.empty()));
    }

    /** Writes a comparison; empty is the next instruction. */
    void compare(int code, int operand, Optional<Label> ifTrue, Optional<Label> ifFalse) {
        lines.add(new Line(code, operand, ifTrue, ifFalse));
    }

    /** Has a label mean the next instruction. */
    void place(Label label) {
        places.put(label, lines.size());
    }

    /**
     * {@return the program}
     *
     * @throws IllegalArgumentException if it is longer than the kernel takes
     */
    List<FilterInstruction> assemble() {
        int[] starts = starts();
        while (findFarTargets(starts)) {
            starts = starts();
        }
        int size = starts[lines.size()];
        if (size > MOST_INSTRUCTIONS) {
            throw new IllegalArgumentException("the filter has " + size + " instructions, and the kernel takes "
                    + MOST_INSTRUCTIONS + ": leave out what the last rule says anyway, or install two filters");
        }
        List<FilterInstruction> program = new ArrayList<>(size);
        for (int index = 0; index < lines.size(); index++) {
            emit(lines.get(index), starts, starts[index], program);
        }
        return program;
    }

    private int[] starts() {
        int[] starts = new int[lines.size() + 1];
        for (int index = 0; index < lines.size(); index++) {
            starts[index + 1] = starts[index] + lines.get(index).size();
        }
        return starts;
    }

    private boolean findFarTargets(int[] starts) {
        boolean found = false;
        for (int index = 0; index < lines.size(); index++) {
            Line line = lines.get(index);
            boolean trueIsFar = line.trueIsFar || isFar(line.ifTrue, starts, starts[index]);
            boolean falseIsFar = line.falseIsFar || isFar(line.ifFalse, starts, starts[index]);
            found |= trueIsFar != line.trueIsFar || falseIsFar != line.falseIsFar;
            line.trueIsFar = trueIsFar;
            line.falseIsFar = falseIsFar;
        }
        return found;
    }

    private boolean isFar(Optional<Label> label, int[] starts, int from) {
        return label.map(target -> distance(target, starts, from) > FARTHEST).orElse(false);
    }

    /** How many instructions lie between the one at {@code from} and the target. */
    private int distance(Label target, int[] starts, int from) {
        Integer place = places.get(target);
        if (place == null) {
            throw new IllegalStateException("a label was never placed");
        }
        return starts[place] - from - 1;
    }

    private void emit(Line line, int[] starts, int at, List<FilterInstruction> program) {
        int jumps = line.size() - 1;
        int ifTrue = line.trueIsFar ? 0 : near(line.ifTrue, starts, at, jumps);
        int ifFalse = line.falseIsFar ? jumps - 1 : near(line.ifFalse, starts, at, jumps);
        program.add(new FilterInstruction(line.code, ifTrue, ifFalse, line.operand));
        if (line.trueIsFar) {
            program.add(jump(line.ifTrue, starts, at + 1));
        }
        if (line.falseIsFar) {
            program.add(jump(line.ifFalse, starts, at + jumps));
        }
    }

    private int near(Optional<Label> label, int[] starts, int at, int jumps) {
        return label.map(target -> distance(target, starts, at)).orElse(jumps);
    }

    private FilterInstruction jump(Optional<Label> label, int[] starts, int at) {
        return new FilterInstruction(FilterInstruction.JUMP, 0, 0, distance(label.orElseThrow(), starts, at));
    }
}
