package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import dev.trapgate.emulator.cpu.floating.Arithmetic;
import dev.trapgate.emulator.cpu.floating.Environment;
import dev.trapgate.emulator.cpu.floating.Format;
import dev.trapgate.emulator.cpu.floating.Real;
import org.jspecify.annotations.Nullable;

/** The x87's four kinds of arithmetic, in all their forms (SDM vol. 2, FADD, FSUB, FSUBR, FMUL, FDIV, FDIVR and those with I and P). */
final class X87Arithmetic {

    /** A result of two numbers. */
    @FunctionalInterface
    private interface Binary {
        Real of(Environment environment, Real a, Real b, Format format);
    }

    private X87Arithmetic() {}

    /** {@return the step of an instruction, if it is one of these} */
    static @Nullable Step of(DecodedInstruction decoded, CodeKind kind) {
        Binary operation =
                switch (decoded.operation()) {
                    case FADD, FADDP, FIADD -> Arithmetic::add;
                    case FMUL, FMULP, FIMUL -> Arithmetic::multiply;
                    case FSUB, FSUBP, FISUB -> X87Arithmetic::subtract;
                    case FSUBR, FSUBRP, FISUBR -> (to, a, b, format) -> subtract(to, b, a, format);
                    case FDIV, FDIVP, FIDIV -> Arithmetic::divide;
                    case FDIVR, FDIVRP, FIDIVR -> (to, a, b, format) -> Arithmetic.divide(to, b, a, format);
                    default -> null;
                };
        if (operation == null) {
            return null;
        }
        if (decoded.operand(1) instanceof Operand.Memory memory) {
            return withMemory(X87Operand.of(memory, X87Operand.type(decoded), kind), operation);
        }
        int to = X87Operand.distance(decoded.operand(0));
        int from = X87Operand.distance(decoded.operand(1));
        return registers(to, from, X87Operand.pops(decoded), operation);
    }

    private static Real subtract(Environment to, Real a, Real b, Format format) {
        return Arithmetic.add(to, a, b.withSign(!b.isNegative()), format);
    }

    private static Real result(FloatStack stack, Binary operation, Real a, Real b) {
        return FloatStack.isOdd(a) || FloatStack.isOdd(b)
                ? stack.nan(a, b)
                : operation.of(stack.environment, a, b, stack.precision());
    }

    private static Step withMemory(X87Operand source, Binary operation) {
        return core -> {
            FloatStack stack = core.stack;
            stack.begin(core);
            Real b = source.get(core);
            if (stack.isEmpty(0)) {
                if (stack.underflow()) {
                    stack.set(0, Real.INDEFINITE);
                }
                return;
            }
            Real result = result(stack, operation, stack.get(0), b);
            if (stack.settle()) {
                stack.set(0, result);
            }
        };
    }

    private static Step registers(int to, int from, int pops, Binary operation) {
        return core -> {
            FloatStack stack = core.stack;
            stack.begin(core);
            boolean written;
            Real result = Real.INDEFINITE;
            if (stack.isEmpty(to) || stack.isEmpty(from)) {
                written = stack.underflow();
            } else {
                result = result(stack, operation, stack.get(to), stack.get(from));
                written = stack.settle();
            }
            if (written) {
                stack.set(to, result);
                stack.pop(pops);
            }
        };
    }
}
