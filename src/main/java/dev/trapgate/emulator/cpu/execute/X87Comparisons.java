package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.X87Registers;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import dev.trapgate.emulator.cpu.floating.Arithmetic;
import dev.trapgate.emulator.cpu.floating.Exceptions;
import dev.trapgate.emulator.cpu.floating.Real;
import dev.trapgate.emulator.cpu.floating.Real.Kind;
import dev.trapgate.emulator.cpu.floating.SimdArithmetic.Invalid;
import dev.trapgate.emulator.cpu.floating.SimdArithmetic.Relation;
import org.jspecify.annotations.Nullable;

/** The x87's comparisons: FCOM, FUCOM, FICOM, FCOMI, FTST, FXAM (SDM vol. 2, under the mnemonics). */
final class X87Comparisons {

    private static final int C0 = X87Registers.C0;
    private static final int C2 = X87Registers.C2;
    private static final int C3 = X87Registers.C3;

    /** Does something with a relation. */
    private enum Answer {
        /** C0, C2 and C3; C1 is cleared. */
        CONDITIONS(0),
        /** ZF, PF and CF; C1 stays. */
        FLAGS(X87Registers.C1);

        private final int kept;

        Answer(int kept) {
            this.kept = kept;
        }

        /** {@return what of the status word stays} */
        int kept() {
            return kept;
        }

        void give(Core core, Relation relation) {
            if (this == FLAGS) {
                core.flags.set(FloatFlags.of(relation));
            } else {
                core.stack.setConditions(conditions(relation));
            }
        }
    }

    private X87Comparisons() {}

    /** {@return the step of an instruction, if it is one of these} */
    static @Nullable Step of(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operation()) {
            case FCOM, FCOMP, FCOMPP -> compare(decoded, kind, Invalid.ANY, Answer.CONDITIONS);
            case FICOM, FICOMP -> compare(decoded, kind, Invalid.ANY, Answer.CONDITIONS);
            case FUCOM, FUCOMP, FUCOMPP -> compare(decoded, kind, Invalid.SIGNALING, Answer.CONDITIONS);
            case FCOMI, FCOMIP -> compare(decoded, kind, Invalid.ANY, Answer.FLAGS);
            case FUCOMI, FUCOMIP -> compare(decoded, kind, Invalid.SIGNALING, Answer.FLAGS);
            case FTST -> step(core -> Real.zero(false), -1, 0, Invalid.ANY, Answer.CONDITIONS);
            case FXAM -> X87Comparisons::examine;
            default -> null;
        };
    }

    private static Step compare(DecodedInstruction decoded, CodeKind kind, Invalid invalid, Answer answer) {
        int pops = X87Operand.pops(decoded);
        if (decoded.operand(1) instanceof Operand.Memory memory) {
            return step(X87Operand.of(memory, X87Operand.type(decoded), kind), -1, pops, invalid, answer);
        }
        int distance = X87Operand.distance(decoded.operand(1));
        return step(core -> core.stack.get(distance), distance, pops, invalid, answer);
    }

    /** With what: a register at a distance, or memory, at none. */
    private static Step step(X87Operand source, int distance, int pops, Invalid invalid, Answer answer) {
        return core -> {
            FloatStack stack = core.stack;
            stack.await(core);
            int before = core.x87.status() & answer.kept();
            stack.begin(core);
            Real b = source.get(core);
            Relation relation = Relation.UNORDERED;
            boolean done;
            if (stack.isEmpty(0) || (distance >= 0 && stack.isEmpty(distance))) {
                done = stack.underflow();
                before = 0;
            } else {
                relation = relation(stack, stack.get(0), b, invalid);
                done = stack.settle();
            }
            answer.give(core, relation);
            core.x87.setStatus(core.x87.status() | before);
            if (done) {
                stack.pop(pops);
            }
        };
    }

    private static Relation relation(FloatStack stack, Real a, Real b, Invalid invalid) {
        if (FloatStack.isOdd(a) || FloatStack.isOdd(b)) {
            boolean quiet = isQuiet(a) && isQuiet(b) && invalid == Invalid.SIGNALING;
            stack.environment.raise(quiet ? 0 : Exceptions.INVALID);
            return Relation.UNORDERED;
        }
        Arithmetic.noteDenormal(stack.environment, a, b);
        int order = Real.compare(a, b);
        return order == 0 ? Relation.EQUAL : order < 0 ? Relation.LESS : Relation.GREATER;
    }

    private static boolean isQuiet(Real number) {
        return number.kind() != Kind.SIGNALING && number.kind() != Kind.UNSUPPORTED;
    }

    private static int conditions(Relation relation) {
        return switch (relation) {
            case LESS -> C0;
            case EQUAL -> C3;
            case GREATER -> 0;
            case UNORDERED -> C0 | C2 | C3;
        };
    }

    /** An empty register has a sign, too. */
    private static void examine(Core core) {
        FloatStack stack = core.stack;
        stack.begin(core);
        Real number = stack.get(0);
        int kind =
                switch (number.kind()) {
                    case UNSUPPORTED -> 0;
                    case QUIET, SIGNALING -> C0;
                    case INFINITY -> C2 | C0;
                    case ZERO -> C3;
                    case FINITE -> number.isDenormal() ? C3 | C2 : C2;
                };
        stack.setConditions(stack.isEmpty(0) ? C3 | C0 : kind);
        X87Registers registers = stack.registers;
        registers.setStatus(registers.status() | (number.isNegative() ? X87Registers.C1 : 0));
    }
}
