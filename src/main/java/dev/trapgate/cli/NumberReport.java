package dev.trapgate.cli;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.notation.CallLookup;
import dev.trapgate.notation.CallText;
import dev.trapgate.notation.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one number means in each ABI.
 *
 * @param number the number, not negative
 */
record NumberReport(int number) {

    /**
     * {@return a heading and a line an ABI}
     *
     * @throws UsageException if no ABI gives the number to a call
     */
    List<String> lines() {
        Columns table = new Columns(Columns.Side.LEFT, Columns.Side.LEFT, Columns.Side.LEFT, Columns.Side.LEFT)
                .row("ABI", "NAME", "NOTE", "PARAMETERS");
        boolean isKnown = false;
        for (Abi abi : Abi.values()) {
            List<Syscall> found = Syscall.numbered(abi, CallLookup.withoutX32Bit(abi, number)).stream()
                    .toList();
            found.forEach(call -> table.row(
                    abi.toString(), call.callName(), CallText.note(call, abi), CallText.parameters(call, abi)));
            if (found.isEmpty()) {
                table.row(abi.toString(), "-", "", "");
            }
            isKnown |= !found.isEmpty();
        }
        if (!isKnown) {
            throw new UsageException("no ABI has a system call " + number + "; 'trapgate table' lists those there are");
        }
        List<String> lines = new ArrayList<>(List.of("System call number " + number));
        lines.addAll(table.lines());
        return lines;
    }
}
