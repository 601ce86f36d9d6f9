package dev.trapgate.cli;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.notation.CallLookup;
import dev.trapgate.notation.CallText;
import java.util.ArrayList;
import java.util.List;

/**
 * How the tables of two ABIs differ: calls that only one has, and calls whose parameters differ.
 *
 * @param one an ABI
 * @param other another one
 */
record AbiComparison(Abi one, Abi other) {

    /** {@return the differences, then counts} */
    List<String> lines() {
        List<Syscall> shared = CallLookup.all(one).stream()
                .filter(call -> call.existsOn(other))
                .toList();
        List<Syscall> changed = shared.stream()
                .filter(call -> !call.parameters(one).equals(call.parameters(other)))
                .toList();
        long sameNumber = shared.stream()
                .filter(call -> call.number(one) == call.number(other))
                .count();
        List<String> lines = new ArrayList<>();
        lines.addAll(only(one, other));
        lines.add("");
        lines.addAll(only(other, one));
        lines.add("");
        lines.add("In both, with other parameters: " + changed.size());
        lines.addAll(sideBySide(changed));
        lines.add("");
        lines.add("In both: " + shared.size() + " calls, " + sameNumber + " of them under the same number.");
        return lines;
    }

    private static List<String> only(Abi abi, Abi lacking) {
        List<Syscall> calls = CallLookup.all(abi).stream()
                .filter(call -> !call.existsOn(lacking))
                .toList();
        Columns table = new Columns(Columns.Side.RIGHT, Columns.Side.LEFT, Columns.Side.LEFT, Columns.Side.LEFT);
        calls.forEach(call -> table.row(
                String.valueOf(call.number(abi)),
                call.callName(),
                CallText.note(call, abi),
                CallText.parameters(call, abi)));
        List<String> lines = new ArrayList<>(List.of("Only in " + abi + ": " + calls.size()));
        lines.addAll(table.lines());
        return lines;
    }

    private List<String> sideBySide(List<Syscall> calls) {
        Columns table = new Columns(Columns.Side.LEFT, Columns.Side.LEFT, Columns.Side.RIGHT, Columns.Side.LEFT);
        for (Syscall call : calls) {
            table.row(
                    call.callName(), one.toString(), String.valueOf(call.number(one)), CallText.parameters(call, one));
            table.row("", other.toString(), String.valueOf(call.number(other)), CallText.parameters(call, other));
        }
        return table.lines();
    }
}
