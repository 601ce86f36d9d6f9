package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.X87Registers;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.floating.Arithmetic;
import dev.trapgate.emulator.cpu.floating.Exceptions;
import dev.trapgate.emulator.cpu.floating.Format;
import dev.trapgate.emulator.cpu.floating.Real;
import dev.trapgate.emulator.cpu.floating.Real.Kind;
import dev.trapgate.emulator.cpu.floating.Remainder;
import org.jspecify.annotations.Nullable;

/** The x87's functions of one or two numbers that have exact results (SDM vol. 2, FABS, FCHS, FSQRT, FRNDINT, FSCALE, FXTRACT, FPREM, FPREM1). */
final class X87Functions {

    private static final int SIGN = 0x8000;

    /** A result of the number at the top. */
    private interface Unary {
        Real of(FloatStack stack, Real number);
    }

    private X87Functions() {}

    /** {@return the step of an instruction, if it is one of these} */
    static @Nullable Step of(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operation()) {
            case FCHS -> changeSign(exponent -> exponent ^ SIGN);
            case FABS -> changeSign(exponent -> exponent & ~SIGN);
            case FSQRT -> unary((stack, number) -> Arithmetic.squareRoot(stack.environment, number, stack.precision()));
            case FRNDINT -> unary(X87Functions::roundToInteger);
            case FXTRACT -> X87Functions::extract;
            case FSCALE -> X87Functions::scale;
            case FPREM -> core -> remainder(core, Remainder.Quotient.TRUNCATED);
            case FPREM1 -> core -> remainder(core, Remainder.Quotient.NEAREST);
            default -> null;
        };
    }

    private interface SignChange {
        int of(int signAndExponent);
    }

    /** Of whatever bits are in the register. */
    private static Step changeSign(SignChange change) {
        return core -> {
            FloatStack stack = core.stack;
            stack.begin(core);
            X87Registers registers = stack.registers;
            int top = registers.top();
            if (!stack.isEmpty(0)) {
                registers.set(top, change.of(registers.exponent(top)), registers.significand(top));
            } else if (stack.underflow()) {
                stack.set(0, Real.INDEFINITE);
            }
        };
    }

    private static Step unary(Unary function) {
        return core -> {
            FloatStack stack = core.stack;
            stack.begin(core);
            if (stack.isEmpty(0)) {
                if (stack.underflow()) {
                    stack.set(0, Real.INDEFINITE);
                }
                return;
            }
            Real number = stack.get(0);
            Real result = FloatStack.isOdd(number) ? stack.nan(number, number) : function.of(stack, number);
            if (stack.settle()) {
                stack.set(0, result);
            }
        };
    }

    private static Real roundToInteger(FloatStack stack, Real number) {
        Arithmetic.noteDenormal(stack.environment, number, number);
        return stack.environment.roundToWhole(number);
    }

    /** The exponent takes the number's place, and its significand is pushed. */
    private static void extract(Core core) {
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
            if (!stack.hasRoom()) {
                stack.setIfMasked(1, Real.INDEFINITE);
            }
            return;
        }
        Real number = stack.get(0);
        Real exponent = exponent(stack, number);
        Real significand = number;
        if (FloatStack.isOdd(number)) {
            exponent = stack.nan(number, number);
            significand = exponent;
        } else if (number.kind() == Kind.FINITE) {
            significand = Real.finite(number.isNegative(), 0, number.significand());
        }
        if (stack.settle()) {
            stack.set(0, exponent);
            stack.push(significand);
        }
    }

    private static Real exponent(FloatStack stack, Real number) {
        if (number.isZero()) {
            stack.environment.raise(Exceptions.ZERO_DIVIDE);
            return Real.infinity(true);
        }
        if (number.isInfinity()) {
            return Real.infinity(false);
        }
        Arithmetic.noteDenormal(stack.environment, number, number);
        return Real.of(number.exponent());
    }

    /** Both operands are there and are numbers; else what is to be done is done. */
    private static @Nullable Real special(FloatStack stack) {
        Real a = stack.get(0);
        Real b = stack.get(1);
        return FloatStack.isOdd(a) || FloatStack.isOdd(b) ? stack.nan(a, b) : null;
    }

    private static boolean isShort(FloatStack stack) {
        boolean empty = stack.isEmpty(0) || stack.isEmpty(1);
        if (empty && stack.underflow()) {
            stack.set(0, Real.INDEFINITE);
        }
        return empty;
    }

    private static void scale(Core core) {
        FloatStack stack = core.stack;
        stack.begin(core);
        if (isShort(stack)) {
            return;
        }
        Real special = special(stack);
        Real result = special == null ? scaled(stack, stack.get(0), stack.get(1)) : special;
        if (stack.settle()) {
            stack.set(0, result);
        }
    }

    private static Real scaled(FloatStack stack, Real number, Real by) {
        if (by.isInfinity()) {
            if (by.isNegative() ? number.isInfinity() : number.isZero()) {
                return stack.environment.invalid();
            }
            Arithmetic.noteDenormal(stack.environment, number, number);
            return by.isNegative() ? Real.zero(number.isNegative()) : Real.infinity(number.isNegative());
        }
        Arithmetic.noteDenormal(stack.environment, number, by);
        if (number.kind() != Kind.FINITE) {
            return number;
        }
        int most = 1 << 16;
        int distance = by.isZero() || by.exponent() < 0
                ? 0
                : by.exponent() > 15 ? most : (int) (by.significand() >>> (63 - by.exponent()));
        int exponent = number.exponent() + (by.isNegative() ? -distance : distance);
        Real moved = Real.finite(number.isNegative(), exponent, number.significand());
        return stack.environment.round(moved, Format.EXTENDED);
    }

    /** C2 tells that there is more to be done, else C0, C3 and C1 the last three bits of the quotient, if there is one. */
    private static void remainder(Core core, Remainder.Quotient rounding) {
        FloatStack stack = core.stack;
        stack.begin(core);
        X87Registers registers = stack.registers;
        registers.setStatus(registers.status() & ~X87Registers.C2);
        if (isShort(stack)) {
            return;
        }
        Real special = special(stack);
        if (special != null) {
            if (stack.settle()) {
                stack.set(0, special);
            }
            return;
        }
        Remainder remainder = Remainder.of(stack.environment, stack.get(0), stack.get(1), rounding);
        if (!stack.settle()) {
            return;
        }
        stack.set(0, remainder.value());
        if (!remainder.value().isNan()) {
            stack.setConditions(remainder.isComplete() ? conditions(remainder.quotient()) : X87Registers.C2);
            boolean odd = remainder.isComplete() && (remainder.quotient() & 1) != 0;
            registers.setStatus(odd ? registers.status() | X87Registers.C1 : registers.status() & ~X87Registers.C1);
        }
    }

    private static int conditions(int quotient) {
        return ((quotient & 4) != 0 ? X87Registers.C0 : 0) | ((quotient & 2) != 0 ? X87Registers.C3 : 0);
    }
}
