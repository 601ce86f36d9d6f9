package dev.trapgate.emulator.hardware.instructions;

import dev.trapgate.emulator.cpu.Descriptor.Width;
import java.util.HexFormat;

/** One instruction with the state in which it is executed. */
final class InstructionCase {

    /** A page that can be written. */
    static final long DATA = 0x3000_0000L;

    /** The part of that page that is filled and compared. */
    static final long WINDOW = DATA + 0x700;

    static final int WINDOW_SIZE = 256;

    /** Where the code of all cases is, one after the other; what they do not use is INT3. */
    static final long CODE = 0x1000_0000L;

    static final int CODE_SIZE = 32;

    /** Where in its share of the code a case begins: a jump back finds INT3. */
    static final int CODE_START = 8;

    private final String form;
    private final byte[] code;
    private final Width width;
    private final long[] registers;
    private final long flags;
    private final byte[] window;
    private final long undefined;
    private final FloatState floats;

    /**
     * Makes a case.
     *
     * @param form what it is
     * @param code its bytes
     * @param width 32- or 64-bit code
     * @param registers the sixteen general registers
     * @param flags the flags
     * @param window the bytes at {@link #WINDOW}; the rest of their page is zero
     * @param undefined the flags that the manuals leave undefined after it
     */
    InstructionCase(
            String form, byte[] code, Width width, long[] registers, long flags, byte[] window, long undefined) {
        this(form, code, width, registers, flags, window, undefined, FloatState.INITIAL);
    }

    /**
     * Makes a case.
     *
     * @param form what it is
     * @param code its bytes
     * @param width 32- or 64-bit code
     * @param registers the sixteen general registers
     * @param flags the flags
     * @param window the bytes at {@link #WINDOW}; the rest of their page is zero
     * @param undefined the flags that the manuals leave undefined after it
     * @param floats the x87, MMX and SSE registers
     */
    InstructionCase(
            String form,
            byte[] code,
            Width width,
            long[] registers,
            long flags,
            byte[] window,
            long undefined,
            FloatState floats) {
        this.form = form;
        this.code = code;
        this.width = width;
        this.registers = registers;
        this.flags = flags;
        this.window = window;
        this.undefined = undefined;
        this.floats = floats;
    }

    String form() {
        return form;
    }

    byte[] code() {
        return code;
    }

    Width width() {
        return width;
    }

    long[] registers() {
        return registers;
    }

    long flags() {
        return flags;
    }

    byte[] window() {
        return window;
    }

    long undefined() {
        return undefined;
    }

    FloatState floats() {
        return floats;
    }

    static long start(int number) {
        return CODE + (long) number * CODE_SIZE + CODE_START;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(form)
                .append(" [")
                .append(HexFormat.ofDelimiter(" ").formatHex(code))
                .append("] ")
                .append(width)
                .append(" flags ")
                .append(Long.toHexString(flags));
        for (int i = 0; i < registers.length; i++) {
            text.append(' ')
                    .append(dev.trapgate.emulator.cpu.GeneralRegisters.name(i))
                    .append('=')
                    .append(Long.toHexString(registers[i]));
        }
        if (floats != FloatState.INITIAL) {
            text.append(' ').append(floats);
        }
        return text.toString();
    }
}
