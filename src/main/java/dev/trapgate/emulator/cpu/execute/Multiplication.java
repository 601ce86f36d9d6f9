package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;

/** Multiplication and division of the accumulator, and IMUL of two or three operands (SDM vol. 2). */
final class Multiplication {

    private static final int RAX = GeneralRegisters.RAX;
    private static final int RDX = GeneralRegisters.RDX;

    private Multiplication() {}

    static Step mul(DecodedInstruction decoded, CodeKind kind) {
        Source source = Places.source(decoded.operand(0), kind);
        int bits = decoded.operandBits();
        if (bits == 64) {
            return core -> {
                long a = core.registers.get(RAX);
                long b = source.get(core);
                long high = Math.unsignedMultiplyHigh(a, b);
                setPair(core, bits, a * b, high);
                core.flags.setCarryAndOverflow(high != 0, high != 0);
            };
        }
        long mask = Places.mask(bits);
        return core -> {
            long product = (core.registers.get(RAX) & mask) * source.get(core);
            long high = product >>> bits;
            setPair(core, bits, product & mask, high);
            core.flags.setCarryAndOverflow(high != 0, high != 0);
        };
    }

    static Step imul(DecodedInstruction decoded, CodeKind kind) {
        return switch (decoded.operands().size()) {
            case 1 -> imulAccumulator(decoded, kind);
            case 2 -> imul(decoded, kind, 0);
            default -> imul(decoded, kind, 2);
        };
    }

    private static Step imulAccumulator(DecodedInstruction decoded, CodeKind kind) {
        Source source = Places.source(decoded.operand(0), kind);
        int bits = decoded.operandBits();
        int shift = 64 - bits;
        if (bits == 64) {
            return core -> {
                long a = core.registers.get(RAX);
                long b = source.get(core);
                long high = Math.multiplyHigh(a, b);
                setPair(core, bits, a * b, high);
                boolean lost = high != (a * b) >> 63;
                core.flags.setCarryAndOverflow(lost, lost);
            };
        }
        return core -> {
            long product = (core.registers.get(RAX) << shift >> shift) * (source.get(core) << shift >> shift);
            setPair(core, bits, product, product >> bits);
            boolean lost = product << shift >> shift != product;
            core.flags.setCarryAndOverflow(lost, lost);
        };
    }

    private static Step imul(DecodedInstruction decoded, CodeKind kind, int other) {
        Place to = Places.place(decoded.operand(0), kind);
        Source first = Places.source(decoded.operand(1), kind);
        Source second = Places.source(decoded.operand(other), kind);
        int shift = 64 - decoded.operandBits();
        if (shift == 0) {
            return core -> {
                long a = first.get(core);
                long b = second.get(core);
                boolean lost = Math.multiplyHigh(a, b) != (a * b) >> 63;
                to.set(core, a * b);
                core.flags.setCarryAndOverflow(lost, lost);
            };
        }
        return core -> {
            long product = (first.get(core) << shift >> shift) * (second.get(core) << shift >> shift);
            to.set(core, product);
            boolean lost = product << shift >> shift != product;
            core.flags.setCarryAndOverflow(lost, lost);
        };
    }

    /** Writes a product, or a quotient and remainder: ax, or dx:ax and its wider kin. */
    private static void setPair(Core core, int bits, long low, long high) {
        GeneralRegisters registers = core.registers;
        switch (bits) {
            case 8 -> registers.set16(RAX, (int) ((low & 0xff) | high << 8));
            case 16 -> {
                registers.set16(RAX, (int) low);
                registers.set16(RDX, (int) high);
            }
            case 32 -> {
                registers.set32(RAX, low);
                registers.set32(RDX, high);
            }
            default -> {
                registers.set(RAX, low);
                registers.set(RDX, high);
            }
        }
    }

    /** {@return what is divided, of up to 32 bits' operands: ax, dx:ax or edx:eax} */
    private static long dividend(Core core, int bits) {
        GeneralRegisters registers = core.registers;
        return switch (bits) {
            case 8 -> registers.get16(RAX);
            case 16 -> (long) registers.get16(RDX) << 16 | registers.get16(RAX);
            default -> registers.get32(RDX) << 32 | registers.get32(RAX);
        };
    }

    static Step div(DecodedInstruction decoded, CodeKind kind) {
        Source source = Places.source(decoded.operand(0), kind);
        int bits = decoded.operandBits();
        if (bits == 64) {
            return core -> divide128(core, source.get(core));
        }
        return core -> {
            long divisor = source.get(core);
            long dividend = dividend(core, bits);
            if (divisor == 0 || Long.compareUnsigned(dividend >>> bits, divisor) >= 0) {
                throw core.raise(Vector.DE);
            }
            setPair(core, bits, Long.divideUnsigned(dividend, divisor), Long.remainderUnsigned(dividend, divisor));
        };
    }

    static Step idiv(DecodedInstruction decoded, CodeKind kind) {
        Source source = Places.source(decoded.operand(0), kind);
        int bits = decoded.operandBits();
        int shift = 64 - bits;
        if (bits == 64) {
            return core -> divideSigned128(core, source.get(core));
        }
        int dividendShift = 64 - 2 * bits;
        return core -> {
            long divisor = source.get(core) << shift >> shift;
            long dividend = dividend(core, bits) << dividendShift >> dividendShift;
            boolean fails = divisor == 0 || (divisor == -1 && dividend == Long.MIN_VALUE);
            if (fails || (dividend / divisor) << shift >> shift != dividend / divisor) {
                throw core.raise(Vector.DE);
            }
            setPair(core, bits, dividend / divisor, dividend % divisor);
        };
    }

    private static void divide128(Core core, long divisor) {
        long high = core.registers.get(RDX);
        long low = core.registers.get(RAX);
        if (Long.compareUnsigned(high, divisor) >= 0) {
            throw core.raise(Vector.DE);
        }
        long quotient = quotient(high, low, divisor);
        setPair(core, 64, quotient, low - quotient * divisor);
    }

    private static void divideSigned128(Core core, long divisor) {
        long high = core.registers.get(RDX);
        long low = core.registers.get(RAX);
        boolean negative = high < 0;
        long magnitudeLow = negative ? -low : low;
        long magnitudeHigh = negative ? ~high + (low == 0 ? 1 : 0) : high;
        long magnitude = Math.abs(divisor);
        if (Long.compareUnsigned(magnitudeHigh, magnitude) >= 0) {
            throw core.raise(Vector.DE);
        }
        long quotient = quotient(magnitudeHigh, magnitudeLow, magnitude);
        long remainder = magnitudeLow - quotient * magnitude;
        boolean opposite = negative != divisor < 0;
        boolean tooLarge = opposite ? Long.compareUnsigned(quotient, Long.MIN_VALUE) > 0 : quotient < 0;
        if (tooLarge) {
            throw core.raise(Vector.DE);
        }
        setPair(core, 64, opposite ? -quotient : quotient, negative ? -remainder : remainder);
    }

    /** {@return the unsigned quotient of 128 bits by 64, where {@code high} is less than {@code divisor}} */
    private static long quotient(long high, long low, long divisor) {
        if (high == 0) {
            return Long.divideUnsigned(low, divisor);
        }
        long rest = high;
        long quotient = 0;
        for (int bit = 63; bit >= 0; bit--) {
            boolean carry = rest < 0;
            rest = rest << 1 | (low >>> bit & 1);
            quotient <<= 1;
            if (carry || Long.compareUnsigned(rest, divisor) >= 0) {
                rest -= divisor;
                quotient |= 1;
            }
        }
        return quotient;
    }
}
