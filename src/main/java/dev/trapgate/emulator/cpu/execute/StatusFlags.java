package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.Flags;

/**
 * The arithmetic unit: results, and the status flags CF PF AF ZF SF OF, which are worked out only when they are asked for.
 *
 * <p>Kept are the last result, sign-extended, of which ZF, SF and PF are functions, and the carries out of bits 3, the
 * highest but one and the highest, of which AF, OF and CF are. Two more fields of the second word turn SF and PF around, for
 * flags that no result can have. Operands are zero-extended; {@code shift} is 64 less the operands' width.
 */
final class StatusFlags {

    /** The flags that are kept here. */
    static final long ALL = Flags.CF | Flags.PF | Flags.AF | Flags.ZF | Flags.SF | Flags.OF;

    private static final long HIGHEST_CARRIES = 3L << 62;
    private static final long CARRY = 1L << 63;
    private static final long CARRY_BELOW = 1L << 62;
    private static final long LOW_CARRY = 8;
    private static final int SIGN_TURN_SHIFT = 7;
    private static final long SIGN_TURN = 1L << SIGN_TURN_SHIFT;
    private static final int PARITY_TURN_SHIFT = 8;
    private static final long PARITY_TURN = 1L << PARITY_TURN_SHIFT;

    /** Not zero, not negative, of even parity. */
    private static final long NEUTRAL_RESULT = 0x100;

    private long result = NEUTRAL_RESULT;
    private long carries;

    // Results.

    long add(long a, long b, int shift) {
        long sum = a + b;
        keep(sum, (a & b) | ((a | b) & ~sum), shift);
        return sum;
    }

    long adc(long a, long b, int shift) {
        long sum = a + b + (carries >>> 63);
        keep(sum, (a & b) | ((a | b) & ~sum), shift);
        return sum;
    }

    long sub(long a, long b, int shift) {
        long difference = a - b;
        keep(difference, (~a & b) | ((~a | b) & difference), shift);
        return difference;
    }

    long sbb(long a, long b, int shift) {
        long difference = a - b - (carries >>> 63);
        keep(difference, (~a & b) | ((~a | b) & difference), shift);
        return difference;
    }

    long and(long a, long b, int shift) {
        return logic(a & b, shift);
    }

    long or(long a, long b, int shift) {
        return logic(a | b, shift);
    }

    long xor(long a, long b, int shift) {
        return logic(a ^ b, shift);
    }

    /** Clears CF, OF and AF, which the manuals leave undefined. */
    long logic(long value, int shift) {
        result = value << shift >> shift;
        carries = 0;
        return value;
    }

    /** CF stays. */
    long inc(long a, int shift) {
        long carry = carries & CARRY;
        long sum = add(a, 1, shift);
        keepCarry(carry);
        return sum;
    }

    /** CF stays. */
    long dec(long a, int shift) {
        long carry = carries & CARRY;
        long difference = sub(a, 1, shift);
        keepCarry(carry);
        return difference;
    }

    private void keep(long value, long carriesOut, int shift) {
        result = value << shift >> shift;
        carries = (carriesOut << shift & HIGHEST_CARRIES) | (carriesOut & LOW_CARRY);
    }

    private void keepCarry(long carry) {
        long overflow = (carries ^ carries << 1) & CARRY;
        carries = (carries & LOW_CARRY) | carry | (carry ^ overflow) >>> 1;
    }

    /** Keeps ZF, SF and PF of a result, with CF and OF as given; AF is clear. */
    void keepResult(long value, int shift, boolean carry, boolean overflow) {
        result = value << shift >> shift;
        carries = (carry ? CARRY : 0) | (carry != overflow ? CARRY_BELOW : 0);
    }

    /** Changes CF and OF alone. */
    void setCarryAndOverflow(boolean carry, boolean overflow) {
        carries = (carries & ~HIGHEST_CARRIES) | (carry ? CARRY : 0) | (carry != overflow ? CARRY_BELOW : 0);
    }

    /** Changes CF alone. */
    void setCarry(boolean carry) {
        setCarryAndOverflow(carry, overflow());
    }

    /** Changes ZF alone. */
    void setZero(boolean zero) {
        set((get() & ~Flags.ZF) | (zero ? Flags.ZF : 0));
    }

    // Flags.

    boolean carry() {
        return carries < 0;
    }

    boolean overflow() {
        return (carries ^ carries << 1) < 0;
    }

    boolean zero() {
        return result == 0;
    }

    boolean sign() {
        return (result ^ carries << (63 - SIGN_TURN_SHIFT)) < 0;
    }

    boolean parity() {
        int low = (int) (result ^ carries >>> PARITY_TURN_SHIFT) & 0xff;
        return (Integer.bitCount(low) & 1) == 0;
    }

    boolean adjust() {
        return (carries & LOW_CARRY) != 0;
    }

    /**
     * Tests a condition.
     *
     * @param condition the low four bits of the opcode of a J, SET or CMOV
     * @return whether it holds
     */
    boolean test(int condition) {
        boolean holds =
                switch (condition >> 1) {
                    case 0 -> overflow();
                    case 1 -> carry();
                    case 2 -> zero();
                    case 3 -> carry() || zero();
                    case 4 -> sign();
                    case 5 -> parity();
                    case 6 -> sign() != overflow();
                    default -> zero() || sign() != overflow();
                };
        return holds == ((condition & 1) == 0);
    }

    /** {@return the status flags as bits of RFLAGS; all others are zero} */
    long get() {
        return (carry() ? Flags.CF : 0)
                | (parity() ? Flags.PF : 0)
                | (adjust() ? Flags.AF : 0)
                | (zero() ? Flags.ZF : 0)
                | (sign() ? Flags.SF : 0)
                | (overflow() ? Flags.OF : 0);
    }

    /** Sets the status flags from bits of RFLAGS. */
    void set(long flags) {
        boolean carry = (flags & Flags.CF) != 0;
        boolean overflow = (flags & Flags.OF) != 0;
        result = (flags & Flags.ZF) != 0 ? 0 : NEUTRAL_RESULT;
        carries = (carry ? CARRY : 0)
                | (carry != overflow ? CARRY_BELOW : 0)
                | ((flags & Flags.AF) != 0 ? LOW_CARRY : 0)
                | ((flags & Flags.SF) != 0 ? SIGN_TURN : 0)
                | ((flags & Flags.PF) != 0 ? 0 : PARITY_TURN);
    }
}
