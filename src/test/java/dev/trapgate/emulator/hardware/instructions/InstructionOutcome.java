package dev.trapgate.emulator.hardware.instructions;

import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What an instruction leaves behind. */
final class InstructionOutcome {

    private static final long COMPARED_FLAGS = 0xcd5 | 1L << 18 | 1L << 21 | 1L << 14;

    private final long[] registers;
    private final long rip;
    private final long flags;
    private final int vector;
    private final int error;
    private final long cr2;
    private final byte[] window;
    private final FloatState floats;

    /**
     * Keeps an outcome.
     *
     * @param registers the sixteen general registers
     * @param rip where it goes on, or where it faulted
     * @param flags the flags
     * @param vector the exception that it raised, {@link Vector#BP} for none: it was followed by INT3
     * @param error the exception's error code
     * @param cr2 a page fault's address
     * @param window the bytes at {@link InstructionCase#WINDOW}
     * @param floats the x87, MMX and SSE registers
     */
    InstructionOutcome(
            long[] registers, long rip, long flags, int vector, int error, long cr2, byte[] window, FloatState floats) {
        this.registers = registers;
        this.rip = rip;
        this.flags = flags;
        this.vector = vector;
        this.error = error;
        this.cr2 = cr2;
        this.window = window;
        this.floats = floats;
    }

    /** {@return whether it faulted at an address at which a real process has memory of its own, or the kernel} */
    boolean isElsewhere() {
        return vector == Vector.PF && NativeInstructions.isOwn(cr2);
    }

    /**
     * {@return whether it came, by a jump, to code of another case and found no instruction there: that case's last bytes and
     * the INT3 behind them may be one that only a real processor knows}
     */
    boolean isAstray(int number) {
        long offset = rip - InstructionCase.start(number);
        boolean own = offset >= -InstructionCase.CODE_START
                && offset < InstructionCase.CODE_SIZE - InstructionCase.CODE_START;
        return vector == Vector.UD && !own;
    }

    /** {@return how another outcome of a case differs from this one, empty if it does not} */
    String difference(InstructionOutcome other, InstructionCase one) {
        List<String> found = new ArrayList<>();
        if (isElsewhere() || other.isElsewhere()) {
            return "";
        }
        if (vector != other.vector || error != other.error) {
            found.add(Vector.mnemonic(vector) + '(' + Integer.toHexString(error) + ") / "
                    + Vector.mnemonic(other.vector) + '(' + Integer.toHexString(other.error) + ')');
        }
        if (vector == Vector.PF && cr2 != other.cr2) {
            found.add("cr2 " + Long.toHexString(cr2) + " / " + Long.toHexString(other.cr2));
        }
        if (rip != other.rip) {
            found.add("rip " + Long.toHexString(rip) + " / " + Long.toHexString(other.rip));
        }
        long compared = COMPARED_FLAGS & ~one.undefined();
        if (((flags ^ other.flags) & compared) != 0) {
            found.add("flags " + Long.toHexString(flags & compared) + " / " + Long.toHexString(other.flags & compared));
        }
        for (int i = 0; i < GeneralRegisters.COUNT; i++) {
            if (registers[i] != other.registers[i]) {
                found.add(GeneralRegisters.name(i) + ' ' + Long.toHexString(registers[i]) + " / "
                        + Long.toHexString(other.registers[i]));
            }
        }
        floats.addDifferences(other.floats, found);
        int at = Arrays.mismatch(window, other.window);
        if (at >= 0) {
            int end = Math.min(at + 8, window.length);
            found.add("memory at +" + Integer.toHexString(at) + ' '
                    + HexFormat.of().formatHex(window, at, end) + " / "
                    + HexFormat.of().formatHex(other.window, at, end));
        }
        return String.join(", ", found);
    }
}
