package dev.trapgate.cli;

import dev.trapgate.emulator.EmulatedProgram;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.execute.Interpreter;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import java.util.HexFormat;

/** Where and why a program was killed, for a person. */
final class DeathText {

    private DeathText() {}

    /** {@return a clause that follows the end's own words; empty if no instruction was the cause} */
    static String of(EmulatedProgram program, TaskEnd end) {
        Signal signal = end.signal();
        if (signal == null || signal.trap() == 0) {
            return "";
        }
        Interpreter interpreter = program.thread().interpreter();
        long at = interpreter.faultedAt();
        String where = ", at 0x" + Long.toHexString(at);
        return switch (signal.trap()) {
            case Vector.PF -> where + ", which accessed 0x" + Long.toHexString(signal.address());
            case Vector.UD -> where + ": no instruction of this processor: " + bytes(interpreter, at);
            default -> where + ": " + bytes(interpreter, at);
        };
    }

    private static String bytes(Interpreter interpreter, long at) {
        return HexFormat.ofDelimiter(" ").formatHex(interpreter.instructionBytes(at));
    }
}
