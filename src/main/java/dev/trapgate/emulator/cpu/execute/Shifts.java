package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.decode.DecodedInstruction;

/**
 * Shifts and rotations (SDM vol. 2, SAL/SAR/SHL/SHR, RCL/RCR/ROL/ROR, SHLD, SHRD). A count of zero, once it has been masked,
 * changes no flag; the overflow flag of a count above one, which the manuals leave undefined, is as if the count were one.
 */
final class Shifts {

    /** A shifted value, and its flags; the count is 1 to 63. */
    @FunctionalInterface
    interface Shift {
        long apply(StatusFlags flags, long value, int count, int bits);
    }

    private Shifts() {}

    /** {@return a step that shifts the first operand by the second} */
    static Step of(DecodedInstruction decoded, CodeKind kind, Shift shift) {
        int bits = decoded.operandBits();
        int countMask = bits == 64 ? 63 : 31;
        Place place = Places.place(decoded.operand(0), kind);
        Source counts = Places.source(decoded.operand(1), kind);
        return core -> {
            int count = (int) counts.get(core) & countMask;
            long value = place.getForUpdate(core);
            // A register of 32 bits loses its upper half even if nothing is shifted.
            place.set(core, count == 0 ? value : shift.apply(core.flags, value, count, bits));
        };
    }

    static long shl(StatusFlags flags, long value, int count, int bits) {
        long shifted = count >= bits ? 0 : value << count;
        boolean carry = count <= bits && (value >>> (bits - count) & 1) != 0;
        boolean sign = (shifted >>> (bits - 1) & 1) != 0;
        flags.keepResult(shifted, 64 - bits, carry, sign != carry);
        return shifted;
    }

    static long shr(StatusFlags flags, long value, int count, int bits) {
        long shifted = count >= bits ? 0 : value >>> count;
        boolean carry = count <= bits && (value >>> (count - 1) & 1) != 0;
        boolean sign = (value >>> (bits - 1) & 1) != 0;
        flags.keepResult(shifted, 64 - bits, carry, sign);
        return shifted;
    }

    static long sar(StatusFlags flags, long value, int count, int bits) {
        long signed = value << (64 - bits) >> (64 - bits);
        long shifted = signed >> count;
        boolean carry = (signed >> (count - 1) & 1) != 0;
        flags.keepResult(shifted, 64 - bits, carry, false);
        return shifted;
    }

    static long rol(StatusFlags flags, long value, int count, int bits) {
        int by = count & bits - 1;
        long rotated = by == 0 ? value : value << by | value >>> (bits - by);
        boolean carry = (rotated & 1) != 0;
        boolean sign = (rotated >>> (bits - 1) & 1) != 0;
        flags.setCarryAndOverflow(carry, sign != carry);
        return rotated;
    }

    static long ror(StatusFlags flags, long value, int count, int bits) {
        int by = count & bits - 1;
        long rotated = by == 0 ? value : value >>> by | value << (bits - by);
        boolean carry = (rotated >>> (bits - 1) & 1) != 0;
        boolean next = (rotated >>> (bits - 2) & 1) != 0;
        flags.setCarryAndOverflow(carry, carry != next);
        return rotated;
    }

    /** Through the carry, a bit at a time: the rotation has one bit more than the operand. */
    static long rcl(StatusFlags flags, long value, int count, int bits) {
        int by = count % (bits + 1);
        if (by == 0) {
            return value;
        }
        boolean carry = flags.carry();
        long rotated = value;
        for (int i = 0; i < by; i++) {
            boolean out = (rotated >>> (bits - 1) & 1) != 0;
            rotated = rotated << 1 | (carry ? 1 : 0);
            carry = out;
        }
        boolean sign = (rotated >>> (bits - 1) & 1) != 0;
        flags.setCarryAndOverflow(carry, sign != carry);
        return rotated;
    }

    static long rcr(StatusFlags flags, long value, int count, int bits) {
        int by = count % (bits + 1);
        if (by == 0) {
            return value;
        }
        boolean carry = flags.carry();
        long rotated = value;
        for (int i = 0; i < by; i++) {
            boolean out = (rotated & 1) != 0;
            rotated = rotated >>> 1 | (carry ? 1L << (bits - 1) : 0);
            carry = out;
        }
        boolean sign = (rotated >>> (bits - 1) & 1) != 0;
        boolean next = (rotated >>> (bits - 2) & 1) != 0;
        flags.setCarryAndOverflow(carry, sign != next);
        return rotated;
    }

    /** SHLD and SHRD: the vacated bits come from the second operand. */
    static Step twofold(DecodedInstruction decoded, CodeKind kind, Twofold shift) {
        int bits = decoded.operandBits();
        int countMask = bits == 64 ? 63 : 31;
        Place place = Places.place(decoded.operand(0), kind);
        Source filling = Places.source(decoded.operand(1), kind);
        Source counts = Places.source(decoded.operand(2), kind);
        return core -> {
            int count = (int) counts.get(core) & countMask;
            long value = place.getForUpdate(core);
            place.set(core, count == 0 ? value : shift.apply(core.flags, value, filling.get(core), count, bits));
        };
    }

    /** A value shifted with another one behind it, and its flags; the count is 1 to 63. */
    @FunctionalInterface
    interface Twofold {
        long apply(StatusFlags flags, long value, long filling, int count, int bits);
    }

    /** With a count above 16 in 16 bits the manuals leave the result undefined: here both operands rotate. */
    static long shld(StatusFlags flags, long value, long filling, int count, int bits) {
        long shifted;
        boolean carry;
        if (count <= bits) {
            shifted = value << (count - 1) << 1 | filling >>> (bits - count);
            carry = (value >>> (bits - count) & 1) != 0;
        } else {
            shifted = filling << (count - bits) | value >>> (2 * bits - count);
            carry = (filling >>> (2 * bits - count) & 1) != 0;
        }
        boolean changed = ((shifted ^ value) >>> (bits - 1) & 1) != 0;
        flags.keepResult(shifted, 64 - bits, carry, changed);
        return shifted;
    }

    /** See {@link #shld}. */
    static long shrd(StatusFlags flags, long value, long filling, int count, int bits) {
        long shifted;
        boolean carry;
        if (count <= bits) {
            shifted = value >>> (count - 1) >>> 1 | filling << (bits - count);
            carry = (value >>> (count - 1) & 1) != 0;
        } else {
            shifted = filling >>> (count - bits) | value << (2 * bits - count);
            carry = (filling >>> (count - bits - 1) & 1) != 0;
        }
        boolean changed = ((shifted ^ value) >>> (bits - 1) & 1) != 0;
        flags.keepResult(shifted, 64 - bits, carry, changed);
        return shifted;
    }
}
