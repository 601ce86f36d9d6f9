package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.X87Registers;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import dev.trapgate.emulator.cpu.floating.Arithmetic;
import dev.trapgate.emulator.cpu.floating.Format;
import dev.trapgate.emulator.cpu.floating.Real;
import dev.trapgate.emulator.cpu.floating.Rounding;
import org.jspecify.annotations.Nullable;

/** The x87's moves to, from and on its stack (SDM vol. 2, FLD, FST, FILD, FIST, FBLD, FBSTP, FXCH, FCMOV and the constants). */
final class X87Moves {

    private static final long INDEFINITE = 0xc000_0000_0000_0000L;
    private static final int NEGATIVE_GREATEST = 0xffff;

    private X87Moves() {}

    /** {@return the step of an instruction, if it is one of these} */
    static @Nullable Step of(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operation()) {
            case FLD -> load(decoded, kind);
            case FILD -> loadWhole(decoded, kind);
            case FBLD -> PackedDecimal.load((Operand.Memory) decoded.operand(0), kind);
            case FST, FSTP -> store(decoded, kind);
            case FIST, FISTP -> storeInteger(decoded, kind);
            case FBSTP -> PackedDecimal.store((Operand.Memory) decoded.operand(0), kind);
            case FXCH -> exchange(X87Operand.distance(decoded.operand(0)));
            case FCMOVB -> ifFlags(decoded, 2);
            case FCMOVNB -> ifFlags(decoded, 3);
            case FCMOVE -> ifFlags(decoded, 4);
            case FCMOVNE -> ifFlags(decoded, 5);
            case FCMOVBE -> ifFlags(decoded, 6);
            case FCMOVNBE -> ifFlags(decoded, 7);
            case FCMOVU -> ifFlags(decoded, 10);
            case FCMOVNU -> ifFlags(decoded, 11);
            default -> constant(decoded);
        };
    }

    private static @Nullable Step constant(DecodedInstruction decoded) {
        return switch (decoded.operation()) {
            case FLDZ -> constant(Real.zero(false));
            case FLD1 -> constant(Real.of(1));
            // The 66 bits from which the constants are rounded: the upper 64, then the last two.
            case FLDL2T -> constant(1, 0xd49a_784b_cd1b_8afeL, 1);
            case FLDL2E -> constant(0, 0xb8aa_3b29_5c17_f0bbL, 3);
            case FLDPI -> constant(1, 0xc90f_daa2_2168_c234L, 3);
            case FLDLG2 -> constant(-2, 0x9a20_9a84_fbcf_f798L, 3);
            case FLDLN2 -> constant(-1, 0xb172_17f7_d1cf_79abL, 3);
            default -> null;
        };
    }

    private static Step constant(Real number) {
        return core -> {
            core.stack.begin(core);
            core.stack.pushChecked(number);
        };
    }

    /** Rounded as the control word says, which is no exception. */
    private static Step constant(int exponent, long significand, int rest) {
        boolean nearestUp = rest > 2;
        return core -> {
            core.stack.begin(core);
            Rounding rounding = core.stack.environment.rounding();
            boolean up = rounding == Rounding.UP || (rounding == Rounding.NEAREST && nearestUp);
            core.stack.pushChecked(Real.finite(false, exponent, up ? significand + 1 : significand));
        };
    }

    private static Step load(DecodedInstruction decoded, CodeKind kind) {
        if (!(decoded.operand(0) instanceof Operand.Memory memory)) {
            return duplicate(X87Operand.distance(decoded.operand(0)));
        }
        if (memory.bits() == 80) {
            return loadBits(Address.of(memory, kind));
        }
        X87Operand source = X87Operand.of(memory, X87Operand.Type.REAL, kind);
        return core -> {
            FloatStack stack = core.stack;
            stack.begin(core);
            Real number = source.get(core);
            if (!stack.hasRoom()) {
                return;
            }
            if (number.isNan()) {
                number = stack.nan(number, number);
            }
            Arithmetic.noteDenormal(stack.environment, number, number);
            if (stack.settle() || !number.isNan()) {
                // A denormal number is there also where that is not masked.
                stack.push(number);
            }
        };
    }

    private static Step loadWhole(DecodedInstruction decoded, CodeKind kind) {
        return loadUnchanged(X87Operand.of((Operand.Memory) decoded.operand(0), X87Operand.Type.INTEGER, kind));
    }

    /** What is no number is loaded, too. */
    private static Step loadBits(Address address) {
        return core -> {
            core.stack.begin(core);
            long linear = address.linear(core);
            long significand = core.memory.read64(linear);
            int exponent = (int) core.memory.read16(linear + 8);
            if (core.stack.hasRoom()) {
                X87Registers registers = core.x87;
                registers.setTop(registers.top() - 1);
                registers.set(registers.top(), exponent, significand);
            }
        };
    }

    private static Step loadUnchanged(X87Operand source) {
        return core -> {
            core.stack.begin(core);
            core.stack.pushChecked(source.get(core));
        };
    }

    /** What is in no use is copied as the indefinite; bits are copied as they are. */
    private static Step duplicate(int distance) {
        return core -> {
            FloatStack stack = core.stack;
            stack.begin(core);
            if (stack.isEmpty(distance)) {
                if (stack.underflow()) {
                    stack.push(Real.INDEFINITE);
                }
            } else if (stack.hasRoom()) {
                X87Registers registers = stack.registers;
                int from = registers.register(distance);
                int exponent = registers.exponent(from);
                long significand = registers.significand(from);
                registers.setTop(registers.top() - 1);
                registers.set(registers.top(), exponent, significand);
            }
        };
    }

    private static Step store(DecodedInstruction decoded, CodeKind kind) {
        int pops = X87Operand.pops(decoded);
        if (!(decoded.operand(0) instanceof Operand.Memory memory)) {
            return copy(X87Operand.distance(decoded.operand(0)), pops);
        }
        if (memory.bits() == 80) {
            return storeUnchanged(memory, kind);
        }
        Place to = Places.place(memory, kind);
        Format format = memory.bits() == 32 ? Format.SINGLE : Format.DOUBLE;
        return core -> {
            FloatStack stack = core.stack;
            stack.begin(core);
            Real number = Real.INDEFINITE;
            boolean stored;
            int before = stack.registers.status();
            if (stack.isEmpty(0)) {
                stored = stack.underflow();
            } else {
                Real top = stack.get(0);
                number = FloatStack.isOdd(top) ? stack.nan(top, top) : stack.environment.round(top, format);
                stored = stack.settleStore();
            }
            if (stored) {
                put(core, to, format.pack(number), before);
                stack.pop(pops);
            }
        };
    }

    /** Writes memory; a fault takes the exceptions back, since the instruction is executed again. */
    private static void put(Core core, Place to, long value, int statusBefore) {
        int status = core.stack.registers.status();
        core.stack.registers.setStatus(statusBefore);
        to.set(core, value);
        core.stack.registers.setStatus(status);
    }

    private static Step copy(int distance, int pops) {
        return core -> {
            FloatStack stack = core.stack;
            stack.begin(core);
            X87Registers registers = stack.registers;
            int top = registers.top();
            if (!stack.isEmpty(0)) {
                registers.set(registers.register(distance), registers.exponent(top), registers.significand(top));
                stack.pop(pops);
            } else if (stack.underflow()) {
                stack.set(distance, Real.INDEFINITE);
                stack.pop(pops);
            }
        };
    }

    private static Step storeUnchanged(Operand.Memory memory, CodeKind kind) {
        Address address = Address.of(memory, kind);
        return core -> {
            FloatStack stack = core.stack;
            stack.begin(core);
            long linear = address.linearForWrite(core);
            core.memory.probeWrite(linear, 10);
            int top = stack.registers.top();
            boolean empty = stack.isEmpty(0);
            if (empty && !stack.underflow()) {
                return;
            }
            core.memory.write64(linear, empty ? INDEFINITE : stack.registers.significand(top));
            core.memory.write16(linear + 8, empty ? NEGATIVE_GREATEST : stack.registers.exponent(top));
            stack.pop();
        };
    }

    private static Step storeInteger(DecodedInstruction decoded, CodeKind kind) {
        int pops = X87Operand.pops(decoded);
        int bits = decoded.operand(0).bits();
        Place to = Places.place(decoded.operand(0), kind);
        return core -> {
            FloatStack stack = core.stack;
            stack.begin(core);
            int before = stack.registers.status();
            long value = -1L << (bits - 1);
            boolean stored;
            if (stack.isEmpty(0)) {
                stored = stack.underflow();
            } else {
                value = stack.environment.toInteger(stack.get(0), bits);
                stored = stack.settleStore();
            }
            if (stored) {
                put(core, to, value, before);
                stack.pop(pops);
            }
        };
    }

    /** What is empty is exchanged as the indefinite. */
    private static Step exchange(int distance) {
        return core -> {
            FloatStack stack = core.stack;
            stack.begin(core);
            if (stack.isEmpty(0) || stack.isEmpty(distance)) {
                if (!stack.underflow()) {
                    return;
                }
                fill(stack, 0);
                fill(stack, distance);
            }
            X87Registers registers = stack.registers;
            int first = registers.top();
            int second = registers.register(distance);
            int exponent = registers.exponent(first);
            long significand = registers.significand(first);
            registers.set(first, registers.exponent(second), registers.significand(second));
            registers.set(second, exponent, significand);
        };
    }

    private static void fill(FloatStack stack, int distance) {
        if (stack.isEmpty(distance)) {
            stack.set(distance, Real.INDEFINITE);
        }
    }

    private static Step ifFlags(DecodedInstruction decoded, int condition) {
        int distance = X87Operand.distance(decoded.operand(1));
        return core -> {
            FloatStack stack = core.stack;
            stack.await(core);
            X87Registers registers = stack.registers;
            if (stack.isEmpty(0) || stack.isEmpty(distance)) {
                if (stack.underflow()) {
                    stack.set(0, Real.INDEFINITE);
                }
            } else if (core.flags.test(condition)) {
                int from = registers.register(distance);
                registers.set(registers.top(), registers.exponent(from), registers.significand(from));
            }
        };
    }
}
