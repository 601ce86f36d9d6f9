package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.X87Registers;
import dev.trapgate.emulator.cpu.floating.Environment;
import dev.trapgate.emulator.cpu.floating.Environment.Flush;
import dev.trapgate.emulator.cpu.floating.Exceptions;
import dev.trapgate.emulator.cpu.floating.Extended;
import dev.trapgate.emulator.cpu.floating.Format;
import dev.trapgate.emulator.cpu.floating.Real;
import dev.trapgate.emulator.cpu.floating.Real.Kind;
import dev.trapgate.emulator.cpu.floating.Rounding;

/**
 * The x87's registers as a stack of numbers, and what becomes of exceptions (SDM vol. 1, 8.1 and 8.5). An instruction calls
 * {@link #begin}, works out its result, and writes it if {@link #settle} allows.
 */
final class FloatStack {

    /** By the precision control; 1 is reserved. */
    private static final Format[] PRECISIONS = {new Format(24, 15), Format.EXTENDED, new Format(53, 15), Format.EXTENDED
    };

    private static final int PRECISION_SHIFT = 8;
    private static final int ROUNDING_SHIFT = 10;
    private static final int CONDITIONS = X87Registers.C0 | X87Registers.C2 | X87Registers.C3;

    final X87Registers registers;
    final Environment environment = new Environment();

    FloatStack(X87Registers registers) {
        this.registers = registers;
    }

    /** Raises an exception that waits. */
    void await(Core core) {
        if (registers.hasError()) {
            throw core.raise(Vector.MF);
        }
    }

    /** Begins an instruction: raises an exception that waits, forgets C1. */
    void begin(Core core) {
        await(core);
        int control = registers.control();
        environment.begin(Rounding.of(control >> ROUNDING_SHIFT), control, Flush.NEVER);
        registers.setStatus(registers.status() & ~X87Registers.C1);
    }

    /** {@return how results are rounded that go to a register} */
    Format precision() {
        return PRECISIONS[registers.control() >> PRECISION_SHIFT & 3];
    }

    boolean isEmpty(int distance) {
        return registers.isEmpty(registers.register(distance));
    }

    Real get(int distance) {
        int register = registers.register(distance);
        return Extended.unpack(registers.exponent(register), registers.significand(register));
    }

    void set(int distance, Real number) {
        registers.set(registers.register(distance), Extended.signAndExponent(number), Extended.significand(number));
    }

    void push(Real number) {
        registers.setTop(registers.top() - 1);
        set(0, number);
    }

    void pop() {
        registers.free(registers.top());
        registers.setTop(registers.top() + 1);
    }

    void pop(int count) {
        for (int i = 0; i < count; i++) {
            pop();
        }
    }

    private boolean isMasked(int exception) {
        return (registers.control() & exception) != 0;
    }

    /**
     * Gives the status word the exceptions that were found.
     *
     * @return whether the result is to be written: not if an operand's exception is not masked
     */
    boolean settle() {
        int found = environment.raised();
        boolean early = (found & Exceptions.BEFORE_COMPUTATION & ~registers.control()) != 0;
        int told = early ? found & Exceptions.BEFORE_COMPUTATION : found;
        boolean up = !early && environment.roundedUp() && (found & Exceptions.PRECISION) != 0;
        registers.setStatus(registers.status() | told | (up ? X87Registers.C1 : 0));
        return !early;
    }

    /** Like {@link #settle}, for a result that goes to memory: not if it does not fit and that is not masked either. */
    boolean settleStore() {
        int found = environment.raised();
        int unmasked = found & ~registers.control();
        int tooFar = unmasked & (Exceptions.OVERFLOW | Exceptions.UNDERFLOW);
        if (tooFar != 0) {
            registers.setStatus(registers.status() | tooFar);
            return false;
        }
        return settle();
    }

    /** Something was to be taken from an empty register. {@return whether the indefinite is to be taken instead} */
    boolean underflow() {
        int status = registers.status() & ~X87Registers.C1;
        registers.setStatus(status | X87Registers.STACK_FAULT | Exceptions.INVALID);
        return isMasked(Exceptions.INVALID);
    }

    /** Pushes a number, once {@link #settle} has allowed it; a full stack gets the indefinite, if that is masked. */
    void pushChecked(Real number) {
        if (!hasRoom()) {
            return;
        }
        if (settle()) {
            push(number);
        }
    }

    /** {@return whether there is room for a number} Where there is none, what is to be done is done. */
    boolean hasRoom() {
        if (isEmpty(X87Registers.COUNT - 1)) {
            return true;
        }
        registers.setStatus(registers.status() | X87Registers.STACK_FAULT | Exceptions.INVALID | X87Registers.C1);
        if (isMasked(Exceptions.INVALID)) {
            push(Real.INDEFINITE);
        }
        return false;
    }

    /** Writes a register if invalid operations are masked. */
    void setIfMasked(int distance, Real number) {
        if (isMasked(Exceptions.INVALID)) {
            set(distance, number);
        }
    }

    /** Sets the condition codes but C1. */
    void setConditions(int conditions) {
        registers.setStatus((registers.status() & ~CONDITIONS) | conditions);
    }

    /** {@return whether a datum is a NaN, or none at all} */
    static boolean isOdd(Real number) {
        return number.isNan() || number.kind() == Kind.UNSUPPORTED;
    }

    /** {@return the answer where an operand is a NaN or none: of two NaNs, that with the greater significand} */
    Real nan(Real a, Real b) {
        if (a.kind() == Kind.UNSUPPORTED || b.kind() == Kind.UNSUPPORTED) {
            return environment.invalid();
        }
        boolean signalingA = a.kind() == Kind.SIGNALING;
        boolean signalingB = b.kind() == Kind.SIGNALING;
        if (signalingA || signalingB) {
            environment.raise(Exceptions.INVALID);
        }
        if (!a.isNan() || !b.isNan()) {
            return a.isNan() ? a.quiet() : b.quiet();
        }
        if (signalingA != signalingB) {
            return signalingA ? b : a;
        }
        int order = Long.compareUnsigned(a.quiet().significand(), b.quiet().significand());
        boolean second = order < 0 || (order == 0 && a.isNegative());
        return second ? b.quiet() : a.quiet();
    }
}
