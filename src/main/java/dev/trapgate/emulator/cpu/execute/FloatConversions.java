package dev.trapgate.emulator.cpu.execute;

import static dev.trapgate.emulator.cpu.floating.Format.DOUBLE;
import static dev.trapgate.emulator.cpu.floating.Format.SINGLE;

import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import dev.trapgate.emulator.cpu.floating.Format;
import dev.trapgate.emulator.cpu.floating.SimdArithmetic;
import org.jspecify.annotations.Nullable;

/** SSE's and SSE2's conversions between the two formats, and to and from integers (SDM vol. 2, CVT…). */
final class FloatConversions {

    private static final long LOW_32 = 0xffff_ffffL;

    /** Converts one element. */
    private interface Conversion {
        long of(SimdArithmetic simd, long element);
    }

    private FloatConversions() {}

    /** {@return the step of an instruction, if it is one of these} */
    static @Nullable Step of(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operation()) {
            case CVTSS2SD -> scalar(decoded, kind, (simd, a) -> simd.convert(a, SINGLE, DOUBLE));
            case CVTSD2SS -> scalar(decoded, kind, (simd, a) -> simd.convert(a, DOUBLE, SINGLE));
            case CVTSI2SD -> fromGeneral(decoded, kind, DOUBLE);
            case CVTSI2SS -> fromGeneral(decoded, kind, SINGLE);
            case CVTSD2SI ->
                toGeneral(decoded, kind, to(DOUBLE, decoded.operand(0).bits()));
            case CVTSS2SI ->
                toGeneral(decoded, kind, to(SINGLE, decoded.operand(0).bits()));
            case CVTTSD2SI ->
                toGeneral(decoded, kind, truncate(DOUBLE, decoded.operand(0).bits()));
            case CVTTSS2SI ->
                toGeneral(decoded, kind, truncate(SINGLE, decoded.operand(0).bits()));
            case CVTPS2PD -> widen(decoded, kind, (simd, a) -> simd.convert(a, SINGLE, DOUBLE));
            case CVTDQ2PD -> widen(decoded, kind, (simd, a) -> integer(simd, a, DOUBLE));
            case CVTPD2PS -> narrow(decoded, kind, (simd, a) -> simd.convert(a, DOUBLE, SINGLE));
            case CVTPD2DQ -> narrow(decoded, kind, to(DOUBLE, 32));
            case CVTTPD2DQ -> narrow(decoded, kind, truncate(DOUBLE, 32));
            case CVTDQ2PS -> sameWidth(decoded, kind, (simd, a) -> integer(simd, a, SINGLE));
            case CVTPS2DQ -> sameWidth(decoded, kind, to(SINGLE, 32));
            case CVTTPS2DQ -> sameWidth(decoded, kind, truncate(SINGLE, 32));
            default -> media(decoded, kind);
        };
    }

    private static @Nullable Step media(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operation()) {
            case CVTPI2PS -> fromMedia(decoded, kind, SINGLE);
            case CVTPI2PD -> fromMedia(decoded, kind, DOUBLE);
            case CVTPS2PI -> toMedia(decoded, kind, to(SINGLE, 32), SINGLE);
            case CVTTPS2PI -> toMedia(decoded, kind, truncate(SINGLE, 32), SINGLE);
            case CVTPD2PI -> toMedia(decoded, kind, to(DOUBLE, 32), DOUBLE);
            case CVTTPD2PI -> toMedia(decoded, kind, truncate(DOUBLE, 32), DOUBLE);
            default -> null;
        };
    }

    private static Conversion to(Format format, int width) {
        return (simd, a) -> simd.toInteger(a, format, width);
    }

    private static Conversion truncate(Format format, int width) {
        return (simd, a) -> simd.truncate(a, format, width);
    }

    /** {@return the signed integer in the lower half, converted} */
    private static long integer(SimdArithmetic simd, long element, Format format) {
        return simd.fromInteger(element << 32 >> 32, format);
    }

    /** {@return f of both 32-bit elements} */
    private static long both(SimdArithmetic simd, long elements, Conversion conversion) {
        long low = conversion.of(simd, elements & LOW_32) & LOW_32;
        return low | conversion.of(simd, elements >>> 32) << 32;
    }

    private static Step scalar(DecodedInstruction decoded, CodeKind kind, Conversion conversion) {
        int to = VectorOperand.number(decoded.operand(0));
        boolean narrow = decoded.operand(0).bits() == 32;
        VectorOperand source = VectorOperand.of(decoded.operand(1), kind);
        return core -> {
            long result = conversion.of(core.simd, core.vectors.low(source.fetch(core)));
            VectorFloats.finish(core);
            put(core, to, result, narrow);
        };
    }

    private static void put(Core core, int to, long result, boolean narrow) {
        if (narrow) {
            core.vectors.setLow32(to, result);
        } else {
            core.vectors.setLow(to, result);
        }
    }

    private static Step fromGeneral(DecodedInstruction decoded, CodeKind kind, Format format) {
        int to = VectorOperand.number(decoded.operand(0));
        boolean narrow = decoded.operand(0).bits() == 32;
        Source source = Places.source(decoded.operand(1), kind);
        int shift = 64 - decoded.operand(1).bits();
        return core -> {
            long result = core.simd.fromInteger(source.get(core) << shift >> shift, format);
            VectorFloats.finish(core);
            put(core, to, result, narrow);
        };
    }

    private static Step toGeneral(DecodedInstruction decoded, CodeKind kind, Conversion conversion) {
        Place to = Places.place(decoded.operand(0), kind);
        VectorOperand source = VectorOperand.of(decoded.operand(1), kind);
        return core -> {
            long result = conversion.of(core.simd, core.vectors.low(source.fetch(core)));
            VectorFloats.finish(core);
            to.set(core, result);
        };
    }

    private static Step widen(DecodedInstruction decoded, CodeKind kind, Conversion conversion) {
        int to = VectorOperand.number(decoded.operand(0));
        VectorOperand source = VectorOperand.of(decoded.operand(1), kind);
        return core -> {
            long elements = core.vectors.low(source.fetch(core));
            long low = conversion.of(core.simd, elements & LOW_32);
            long high = conversion.of(core.simd, elements >>> 32);
            VectorFloats.finish(core);
            core.vectors.set(to, low, high);
        };
    }

    private static Step narrow(DecodedInstruction decoded, CodeKind kind, Conversion conversion) {
        int to = VectorOperand.number(decoded.operand(0));
        VectorOperand source = VectorOperand.of(decoded.operand(1), kind);
        return core -> {
            long result = narrowed(core, source.fetch(core), conversion);
            VectorFloats.finish(core);
            core.vectors.set(to, result, 0);
        };
    }

    private static long narrowed(Core core, int from, Conversion conversion) {
        long low = conversion.of(core.simd, core.vectors.low(from)) & LOW_32;
        return low | conversion.of(core.simd, core.vectors.high(from)) << 32;
    }

    private static Step sameWidth(DecodedInstruction decoded, CodeKind kind, Conversion conversion) {
        int to = VectorOperand.number(decoded.operand(0));
        VectorOperand source = VectorOperand.of(decoded.operand(1), kind);
        return core -> {
            int from = source.fetch(core);
            long low = both(core.simd, core.vectors.low(from), conversion);
            long high = both(core.simd, core.vectors.high(from), conversion);
            VectorFloats.finish(core);
            core.vectors.set(to, low, high);
        };
    }

    /** With memory it touches no MMX register, and so no x87 state; with one, that state changes whatever is raised. */
    private static Step fromMedia(DecodedInstruction decoded, CodeKind kind, Format format) {
        int to = VectorOperand.number(decoded.operand(0));
        MediaOperand source = MediaOperand.of(decoded.operand(1), kind);
        Step step = format.equals(SINGLE)
                ? core -> {
                    long result = both(core.simd, source.fetch(core), (simd, a) -> integer(simd, a, SINGLE));
                    VectorFloats.finish(core);
                    core.vectors.setLow(to, result);
                }
                : core -> {
                    long elements = source.fetch(core);
                    long low = integer(core.simd, elements, DOUBLE);
                    core.vectors.set(to, low, integer(core.simd, elements >>> 32, DOUBLE));
                };
        if (decoded.operand(1) instanceof Operand.Memory) {
            return step;
        }
        return core -> {
            MediaOperand.check(core);
            core.x87.enterMedia();
            step.execute(core);
        };
    }

    private static Step toMedia(DecodedInstruction decoded, CodeKind kind, Conversion conversion, Format format) {
        int to = MediaOperand.number(decoded.operand(0));
        VectorOperand source = VectorOperand.of(decoded.operand(1), kind);
        return core -> {
            MediaOperand.check(core);
            int from = source.fetch(core);
            core.x87.enterMedia();
            long result = format.equals(SINGLE)
                    ? both(core.simd, core.vectors.low(from), conversion)
                    : narrowed(core, from, conversion);
            VectorFloats.finish(core);
            core.x87.setMedia(to, result);
        };
    }
}
