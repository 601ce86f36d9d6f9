package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.X87Registers;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.floating.Environment;
import dev.trapgate.emulator.cpu.floating.Real;
import dev.trapgate.emulator.cpu.floating.Transcendental;
import dev.trapgate.emulator.cpu.floating.Transcendental.Circular;
import org.jspecify.annotations.Nullable;

/** The x87's transcendental functions (SDM vol. 2, F2XM1, FYL2X, FYL2XP1, FPATAN, FSIN, FCOS, FSINCOS, FPTAN). */
final class X87Transcendental {

    /** Angles from 2 to the power of this on are not reduced: C2 tells. */
    private static final int GREATEST_EXPONENT = 63;

    /** A result of the number at the top and the one below. */
    private interface Binary {
        Real of(Environment environment, Real top, Real below);
    }

    private X87Transcendental() {}

    /** {@return the step of an instruction, if it is one of these} */
    static @Nullable Step of(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operation()) {
            case F2XM1 -> X87Transcendental::exponential;
            case FYL2X -> binary(Transcendental::logarithm);
            case FYL2XP1 -> binary(Transcendental::logarithmOfOneMore);
            case FPATAN -> binary((environment, x, y) -> Transcendental.arcTangent(environment, y, x));
            case FSIN -> circular(Circular.SINE);
            case FCOS -> circular(Circular.COSINE);
            case FSINCOS -> twofold(Circular.SINE);
            case FPTAN -> twofold(Circular.TANGENT);
            default -> null;
        };
    }

    private static boolean isEmpty(FloatStack stack) {
        boolean empty = stack.isEmpty(0);
        if (empty && stack.underflow()) {
            stack.set(0, Real.INDEFINITE);
        }
        return empty;
    }

    private static void exponential(Core core) {
        FloatStack stack = core.stack;
        stack.begin(core);
        if (isEmpty(stack)) {
            return;
        }
        Real number = stack.get(0);
        Real result = FloatStack.isOdd(number)
                ? stack.nan(number, number)
                : Transcendental.exponentialMinusOne(stack.environment, number);
        if (stack.settle()) {
            stack.set(0, result);
        }
    }

    /** The result takes the place of the lower number, and the upper one goes. */
    private static Step binary(Binary function) {
        return core -> {
            FloatStack stack = core.stack;
            stack.begin(core);
            Real result = Real.INDEFINITE;
            boolean written;
            if (stack.isEmpty(0) || stack.isEmpty(1)) {
                written = stack.underflow();
            } else {
                Real top = stack.get(0);
                Real below = stack.get(1);
                boolean odd = FloatStack.isOdd(top) || FloatStack.isOdd(below);
                result = odd ? stack.nan(top, below) : function.of(stack.environment, top, below);
                written = stack.settle();
            }
            if (written) {
                stack.set(1, result);
                stack.pop();
            }
        };
    }

    private static Real result(FloatStack stack, Real angle, Circular function) {
        if (FloatStack.isOdd(angle)) {
            return stack.nan(angle, angle);
        }
        return angle.isInfinity()
                ? stack.environment.invalid()
                : Transcendental.circular(stack.environment, angle, function);
    }

    /** {@return whether an angle is too great} C2 tells. */
    private static boolean isTooGreat(FloatStack stack, Real angle) {
        X87Registers registers = stack.registers;
        boolean great = angle.kind() == Real.Kind.FINITE && angle.exponent() >= GREATEST_EXPONENT;
        int status = registers.status() & ~X87Registers.C2;
        registers.setStatus(great ? status | X87Registers.C2 : status);
        return great;
    }

    private static Step circular(Circular function) {
        return core -> {
            FloatStack stack = core.stack;
            stack.begin(core);
            if (isEmpty(stack) || isTooGreat(stack, stack.get(0))) {
                return;
            }
            Real result = result(stack, stack.get(0), function);
            if (stack.settle()) {
                stack.set(0, result);
            }
        };
    }

    /** The sine, and the cosine above it; or the tangent, and one above it. */
    private static Step twofold(Circular function) {
        return core -> {
            FloatStack stack = core.stack;
            stack.begin(core);
            if (stack.isEmpty(0)) {
                if (stack.underflow()) {
                    stack.set(0, Real.INDEFINITE);
                    stack.push(Real.INDEFINITE);
                }
                return;
            }
            if (!stack.isEmpty(X87Registers.COUNT - 1)) {
                stack.setIfMasked(0, Real.INDEFINITE);
                stack.hasRoom();
                return;
            }
            Real angle = stack.get(0);
            if (isTooGreat(stack, angle)) {
                return;
            }
            Real lower = result(stack, angle, function);
            Real upper = upper(stack, angle, lower, function);
            if (stack.settle()) {
                stack.set(0, lower);
                stack.push(upper);
            }
        };
    }

    private static Real upper(FloatStack stack, Real angle, Real lower, Circular function) {
        if (lower.isNan()) {
            return lower;
        }
        return function == Circular.TANGENT ? Real.of(1) : result(stack, angle, Circular.COSINE);
    }
}
