package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import dev.trapgate.emulator.cpu.floating.Format;
import dev.trapgate.emulator.cpu.floating.SimdArithmetic;
import dev.trapgate.emulator.cpu.floating.SimdArithmetic.Invalid;
import dev.trapgate.emulator.cpu.floating.SimdArithmetic.Relation;
import org.jspecify.annotations.Nullable;

/** SSE's and SSE2's arithmetic on floating-point numbers, scalar and packed (SDM vol. 2, under the mnemonics). */
final class VectorFloats {

    private static final long LOW_32 = 0xffff_ffffL;

    /** A result of two elements of 64 bits. */
    @FunctionalInterface
    interface Operation64 {
        long of(SimdArithmetic simd, long a, long b);
    }

    /** A result of two elements of 32 bits. */
    @FunctionalInterface
    interface Operation32 {
        int of(SimdArithmetic simd, int a, int b);
    }

    private VectorFloats() {}

    /** {@return the step of an instruction, if it is one of these} */
    static @Nullable Step of(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operation()) {
            case ADDSD -> scalar64(decoded, kind, SimdArithmetic::add64);
            case SUBSD -> scalar64(decoded, kind, SimdArithmetic::subtract64);
            case MULSD -> scalar64(decoded, kind, SimdArithmetic::multiply64);
            case DIVSD -> scalar64(decoded, kind, SimdArithmetic::divide64);
            case SQRTSD -> scalar64(decoded, kind, (simd, a, b) -> simd.squareRoot64(b));
            case MINSD -> scalar64(decoded, kind, (simd, a, b) -> simd.minimum(a, b, Format.DOUBLE));
            case MAXSD -> scalar64(decoded, kind, (simd, a, b) -> simd.maximum(a, b, Format.DOUBLE));
            case CMPSD -> scalar64(decoded, kind, comparison64(decoded));
            case ADDSS -> scalar32(decoded, kind, SimdArithmetic::add32);
            case SUBSS -> scalar32(decoded, kind, SimdArithmetic::subtract32);
            case MULSS -> scalar32(decoded, kind, SimdArithmetic::multiply32);
            case DIVSS -> scalar32(decoded, kind, SimdArithmetic::divide32);
            case SQRTSS -> scalar32(decoded, kind, (simd, a, b) -> simd.squareRoot32(b));
            case MINSS -> scalar32(decoded, kind, (simd, a, b) -> (int) simd.minimum(a, b, Format.SINGLE));
            case MAXSS -> scalar32(decoded, kind, (simd, a, b) -> (int) simd.maximum(a, b, Format.SINGLE));
            case CMPSS -> scalar32(decoded, kind, comparison32(decoded));
            case RCPSS -> scalar32(decoded, kind, (simd, a, b) -> Approximations.reciprocal(b));
            case RSQRTSS -> scalar32(decoded, kind, (simd, a, b) -> Approximations.reciprocalRoot(b));
            case COMISD -> compare(decoded, kind, Format.DOUBLE, Invalid.ANY);
            case UCOMISD -> compare(decoded, kind, Format.DOUBLE, Invalid.SIGNALING);
            case COMISS -> compare(decoded, kind, Format.SINGLE, Invalid.ANY);
            case UCOMISS -> compare(decoded, kind, Format.SINGLE, Invalid.SIGNALING);
            default -> ofAll(decoded, kind);
        };
    }

    private static @Nullable Step ofAll(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operation()) {
            case ADDPD -> packed(decoded, kind, SimdArithmetic::add64);
            case SUBPD -> packed(decoded, kind, SimdArithmetic::subtract64);
            case MULPD -> packed(decoded, kind, SimdArithmetic::multiply64);
            case DIVPD -> packed(decoded, kind, SimdArithmetic::divide64);
            case SQRTPD -> packed(decoded, kind, (simd, a, b) -> simd.squareRoot64(b));
            case MINPD -> packed(decoded, kind, (simd, a, b) -> simd.minimum(a, b, Format.DOUBLE));
            case MAXPD -> packed(decoded, kind, (simd, a, b) -> simd.maximum(a, b, Format.DOUBLE));
            case CMPPD -> packed(decoded, kind, comparison64(decoded));
            case ADDPS -> packed(decoded, kind, both(SimdArithmetic::add32));
            case SUBPS -> packed(decoded, kind, both(SimdArithmetic::subtract32));
            case MULPS -> packed(decoded, kind, both(SimdArithmetic::multiply32));
            case DIVPS -> packed(decoded, kind, both(SimdArithmetic::divide32));
            case SQRTPS -> packed(decoded, kind, both((simd, a, b) -> simd.squareRoot32(b)));
            case MINPS -> packed(decoded, kind, both((simd, a, b) -> (int) simd.minimum(a, b, Format.SINGLE)));
            case MAXPS -> packed(decoded, kind, both((simd, a, b) -> (int) simd.maximum(a, b, Format.SINGLE)));
            case CMPPS -> packed(decoded, kind, both(comparison32(decoded)));
            case RCPPS -> packed(decoded, kind, both((simd, a, b) -> Approximations.reciprocal(b)));
            case RSQRTPS -> packed(decoded, kind, both((simd, a, b) -> Approximations.reciprocalRoot(b)));
            default -> null;
        };
    }

    private static Operation64 both(Operation32 single) {
        return (simd, a, b) -> {
            long low = single.of(simd, (int) a, (int) b) & LOW_32;
            return low | (long) single.of(simd, (int) (a >>> 32), (int) (b >>> 32)) << 32;
        };
    }

    private static Step scalar64(DecodedInstruction decoded, CodeKind kind, Operation64 operation) {
        int to = VectorOperand.number(decoded.operand(0));
        VectorOperand source = VectorOperand.of(decoded.operand(1), kind);
        return core -> {
            int from = source.fetch(core);
            long result = operation.of(core.simd, core.vectors.low(to), core.vectors.low(from));
            finish(core);
            core.vectors.setLow(to, result);
        };
    }

    private static Step scalar32(DecodedInstruction decoded, CodeKind kind, Operation32 operation) {
        int to = VectorOperand.number(decoded.operand(0));
        VectorOperand source = VectorOperand.of(decoded.operand(1), kind);
        return core -> {
            int from = source.fetch(core);
            int result = operation.of(core.simd, (int) core.vectors.low(to), (int) core.vectors.low(from));
            finish(core);
            core.vectors.setLow32(to, result);
        };
    }

    private static Step packed(DecodedInstruction decoded, CodeKind kind, Operation64 operation) {
        int to = VectorOperand.number(decoded.operand(0));
        VectorOperand source = VectorOperand.of(decoded.operand(1), kind);
        return core -> {
            int from = source.fetch(core);
            long low = operation.of(core.simd, core.vectors.low(to), core.vectors.low(from));
            long high = operation.of(core.simd, core.vectors.high(to), core.vectors.high(from));
            finish(core);
            core.vectors.set(to, low, high);
        };
    }

    /** Raises what is not masked of what was found. */
    static void finish(Core core) {
        if (core.simd.unmasked()) {
            throw core.raise(Vector.XM);
        }
    }

    // Comparisons.

    private static boolean holds(int predicate, Relation relation) {
        boolean positive =
                switch (predicate & 3) {
                    case 0 -> relation == Relation.EQUAL;
                    case 1 -> relation == Relation.LESS;
                    case 2 -> relation == Relation.LESS || relation == Relation.EQUAL;
                    default -> relation == Relation.UNORDERED;
                };
        return positive == ((predicate & 4) == 0);
    }

    private static int predicate(DecodedInstruction decoded) {
        return (int) ((Operand.Immediate) decoded.operand(2)).value() & 7;
    }

    /** Less and less or equal, and their opposites, take no NaN. */
    private static Invalid invalid(int predicate) {
        return (predicate & 3) == 1 || (predicate & 3) == 2 ? Invalid.ANY : Invalid.SIGNALING;
    }

    private static Operation64 comparison64(DecodedInstruction decoded) {
        int predicate = predicate(decoded);
        Invalid invalid = invalid(predicate);
        return (simd, a, b) -> holds(predicate, simd.compare(a, b, Format.DOUBLE, invalid)) ? -1 : 0;
    }

    private static Operation32 comparison32(DecodedInstruction decoded) {
        int predicate = predicate(decoded);
        Invalid invalid = invalid(predicate);
        return (simd, a, b) -> holds(predicate, simd.compare(a, b, Format.SINGLE, invalid)) ? -1 : 0;
    }

    /** ZF, PF and CF tell the relation; OF, SF and AF are cleared. */
    private static Step compare(DecodedInstruction decoded, CodeKind kind, Format format, Invalid invalid) {
        int first = VectorOperand.number(decoded.operand(0));
        VectorOperand source = VectorOperand.of(decoded.operand(1), kind);
        return core -> {
            int second = source.fetch(core);
            Relation relation = core.simd.compare(core.vectors.low(first), core.vectors.low(second), format, invalid);
            finish(core);
            core.flags.set(FloatFlags.of(relation));
        };
    }
}
