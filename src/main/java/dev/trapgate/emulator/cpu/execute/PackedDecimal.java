package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.decode.Operand;
import dev.trapgate.emulator.cpu.floating.Environment;
import dev.trapgate.emulator.cpu.floating.Real;

/** FBLD and FBSTP: integers of 18 decimal digits, two a byte, and a byte for the sign (SDM vol. 1, 4.7). */
final class PackedDecimal {

    private static final int DIGIT_BYTES = 9;
    private static final int SIZE = 10;
    private static final long MOST = 999_999_999_999_999_999L;
    private static final int MINUS = 0x80;

    private PackedDecimal() {}

    static Step load(Operand.Memory memory, CodeKind kind) {
        Address address = Address.of(memory, kind);
        return core -> {
            core.stack.begin(core);
            long linear = address.linear(core);
            long value = 0;
            boolean negative = (core.memory.read8(linear + DIGIT_BYTES) & MINUS) != 0;
            for (int i = DIGIT_BYTES - 1; i >= 0; i--) {
                long digits = core.memory.read8(linear + i);
                value = value * 100 + (digits >> 4) * 10 + (digits & 15);
            }
            core.stack.pushChecked(Real.of(value).withSign(negative));
        };
    }

    /** What does not fit, or is no number, is the indefinite: FFFFC000000000000000. */
    static Step store(Operand.Memory memory, CodeKind kind) {
        Address address = Address.of(memory, kind);
        return core -> {
            FloatStack stack = core.stack;
            stack.begin(core);
            long linear = address.linearForWrite(core);
            core.memory.probeWrite(linear, SIZE);
            long value = Long.MIN_VALUE;
            boolean negative = false;
            boolean stored;
            if (stack.isEmpty(0)) {
                stored = stack.underflow();
            } else {
                Real top = stack.get(0);
                negative = top.isNegative();
                value = toDecimal(stack.environment, top);
                stored = stack.settle();
            }
            if (stored) {
                put(core, linear, value, negative);
                stack.pop();
            }
        };
    }

    private static long toDecimal(Environment environment, Real number) {
        Real whole = environment.roundToWhole(number);
        boolean fits = whole.isZero()
                || (whole.kind() == Real.Kind.FINITE && Real.compare(magnitude(whole), Real.of(MOST)) <= 0);
        if (fits) {
            return whole.isZero() ? 0 : whole.significand() >>> (63 - whole.exponent());
        }
        environment.invalidate();
        return Long.MIN_VALUE;
    }

    private static Real magnitude(Real number) {
        return number.withSign(false);
    }

    private static void put(Core core, long linear, long value, boolean negative) {
        if (value == Long.MIN_VALUE) {
            core.memory.write64(linear, 0xc000_0000_0000_0000L);
            core.memory.write16(linear + 8, 0xffff);
            return;
        }
        long left = value;
        for (int i = 0; i < DIGIT_BYTES; i++) {
            long digits = left % 100;
            core.memory.write8(linear + i, (digits / 10) << 4 | digits % 10);
            left /= 100;
        }
        core.memory.write8(linear + DIGIT_BYTES, negative ? MINUS : 0);
    }
}
