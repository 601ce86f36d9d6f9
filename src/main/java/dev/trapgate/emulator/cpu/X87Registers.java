package dev.trapgate.emulator.cpu;

import java.util.Arrays;

/**
 * The x87's stack of eight 80-bit registers, its control, status and tag words; and the MMX registers, which are the
 * significands of the same registers (SDM vol. 1, 8.1 and 9.2).
 *
 * <p>Registers are numbered as they lie, not from the top of the stack.
 */
public final class X87Registers {

    /** How many there are. */
    public static final int COUNT = 8;

    /** Status: the stack was too full or too empty. */
    public static final int STACK_FAULT = 1 << 6;
    /** Status: an exception that is not masked waits for the next instruction. */
    public static final int ERROR_SUMMARY = 1 << 7;
    /** Status: condition code 0. */
    public static final int C0 = 1 << 8;
    /** Status: condition code 1. */
    public static final int C1 = 1 << 9;
    /** Status: condition code 2. */
    public static final int C2 = 1 << 10;
    /** Status: condition code 3. */
    public static final int C3 = 1 << 14;
    /** Status: as {@link #ERROR_SUMMARY}, for programs of the 8087. */
    public static final int BUSY = 1 << 15;

    /** The control word after FNINIT: all exceptions masked, 64 bits of precision, to nearest. */
    public static final int CONTROL_RESET = 0x37f;

    private static final int TOP_SHIFT = 11;
    private static final int TOP_BITS = 7 << TOP_SHIFT;
    private static final int FLAGS = 0x3f;
    private static final int CONTROL_BITS = 0x1f3f;
    private static final int CONTROL_FIXED = 0x40;
    private static final int MEDIA_EXPONENT = 0xffff;

    private final long[] significands = new long[COUNT];
    private final int[] exponents = new int[COUNT];
    private int control = CONTROL_RESET;
    private int status;
    private int top;
    private int used;
    private int opcode;
    private long instruction;
    private long data;

    X87Registers() {}

    /** FNINIT. */
    public void initialize() {
        control = CONTROL_RESET;
        status = 0;
        top = 0;
        used = 0;
        opcode = 0;
        instruction = 0;
        data = 0;
    }

    /** Sets what a reset does. */
    public void reset() {
        initialize();
        Arrays.fill(significands, 0);
        Arrays.fill(exponents, 0);
    }

    /** {@return whether they are as a reset leaves them} */
    public boolean isReset() {
        return control == CONTROL_RESET
                && status == 0
                && (top | used) == 0
                && Arrays.stream(significands).allMatch(value -> value == 0);
    }

    /** {@return the register that is at a distance from the top, 0 to 7} */
    public int register(int distance) {
        return top + distance & 7;
    }

    /** {@return the number of the register at the top} */
    public int top() {
        return top;
    }

    /** Moves the top. */
    public void setTop(int register) {
        top = register & 7;
    }

    /** {@return whether nothing is in a register} */
    public boolean isEmpty(int register) {
        return (used >> register & 1) == 0;
    }

    /** Takes what is in a register out of it. */
    public void free(int register) {
        used &= ~(1 << register);
    }

    /** {@return which registers have something in them, by bits: FXSAVE's tag word} */
    public int used() {
        return used;
    }

    /** Says which registers have something in them. */
    public void setUsed(int bits) {
        used = bits & 0xff;
    }

    /** {@return a register's significand, the leading one included} */
    public long significand(int register) {
        return significands[register];
    }

    /** {@return a register's sign in bit 15 and its exponent below} */
    public int exponent(int register) {
        return exponents[register];
    }

    /** Puts something into a register. */
    public void set(int register, int exponent, long significand) {
        put(register, exponent, significand);
        used |= 1 << register;
    }

    /** Writes a register's bits, in use or not. */
    public void put(int register, int exponent, long significand) {
        significands[register] = significand;
        exponents[register] = exponent & 0xffff;
    }

    /** {@return the control word} */
    public int control() {
        return control;
    }

    /** Writes the control word; bits that do not exist stay as they must be. */
    public void setControl(int word) {
        control = (word & CONTROL_BITS) | CONTROL_FIXED;
        summarize();
    }

    /** {@return the status word, the top of the stack in it} */
    public int status() {
        return status | top << TOP_SHIFT;
    }

    /** Writes the status word, and moves the top; whether an exception waits is found out anew. */
    public void setStatus(int word) {
        top = (word & TOP_BITS) >> TOP_SHIFT;
        status = word & 0xffff & ~TOP_BITS;
        summarize();
    }

    /** {@return whether an exception waits} */
    public boolean hasError() {
        return (status & ERROR_SUMMARY) != 0;
    }

    private void summarize() {
        boolean waits = (status & ~control & FLAGS) != 0;
        status = waits ? status | ERROR_SUMMARY | BUSY : status & ~(ERROR_SUMMARY | BUSY);
    }

    /** {@return the low 11 bits of the last instruction's opcode} */
    public int opcode() {
        return opcode;
    }

    /** {@return where the last instruction is} */
    public long instruction() {
        return instruction;
    }

    /** {@return where the last instruction's operand is} */
    public long data() {
        return data;
    }

    /** Says where the last instruction and its operand are. */
    public void setPointers(int code, long at, long operand) {
        opcode = code & 0x7ff;
        instruction = at;
        data = operand;
    }

    // MMX.

    /** {@return an MMX register} */
    public long media(int register) {
        return significands[register];
    }

    /** Writes an MMX register. */
    public void setMedia(int register, long value) {
        significands[register] = value;
        exponents[register] = MEDIA_EXPONENT;
    }

    /** What every MMX instruction does: the top is register 0, and all are in use. */
    public void enterMedia() {
        top = 0;
        used = 0xff;
    }

    /** EMMS: nothing is in use. */
    public void leaveMedia() {
        top = 0;
        used = 0;
    }
}
