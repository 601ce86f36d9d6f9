package dev.trapgate.cli;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.notation.CallText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the tables and this machine's kernel know of one call.
 *
 * @param call the call
 * @param abis the ABIs to show, at least one; all have the call
 */
record CallReport(Syscall call, List<Abi> abis) {

    /** {@return the report of a call in every ABI that has it} */
    static CallReport everywhere(Syscall call) {
        return new CallReport(
                call, Arrays.stream(Abi.values()).filter(call::existsOn).toList());
    }

    /** {@return the report of a call in one ABI, which must have it} */
    static CallReport in(Abi abi, Syscall call) {
        return new CallReport(call, List.of(abi));
    }

    /** {@return the report} */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(call.callName() + ": " + promptness(), ""));
        KernelSymbols symbols = KernelSymbols.read(Path.of("/proc/kallsyms"), symbols());
        lines.addAll(numbers(symbols));
        lines.add("");
        lines.addAll(parameters());
        symbols.remark().ifPresent(remark -> lines.addAll(List.of("", remark)));
        absence().ifPresent(remark -> lines.addAll(List.of("", remark)));
        return lines;
    }

    private String promptness() {
        boolean isImplemented =
                abis.stream().anyMatch(abi -> call.entryPoint(abi).isPresent());
        if (!isImplemented) {
            return CallText.note(call, abis.getFirst());
        }
        return call.prompt() ? "prompt, it never sleeps" : "not prompt, it may sleep or take long";
    }

    private List<String> symbols() {
        return abis.stream()
                .flatMap(abi -> call.entryPoint(abi).map(entry -> CallText.symbol(abi, entry)).stream())
                .toList();
    }

    private List<String> numbers(KernelSymbols symbols) {
        Columns table = new Columns(Columns.Side.LEFT, Columns.Side.RIGHT, Columns.Side.LEFT, Columns.Side.LEFT)
                .row("ABI", "NUMBER", "KERNEL ENTRY POINT", "ADDRESS");
        for (Abi abi : abis) {
            Optional<String> symbol = call.entryPoint(abi).map(entry -> CallText.symbol(abi, entry));
            table.row(
                    abi.toString(),
                    String.valueOf(call.number(abi)),
                    symbol.orElse(CallText.note(call, abi)),
                    symbol.map(symbols::address).orElse("-"));
        }
        return table.lines();
    }

    private List<String> parameters() {
        Map<String, List<String>> abisOfParameters = new LinkedHashMap<>();
        for (Abi abi : abis) {
            abisOfParameters
                    .computeIfAbsent(CallText.parameters(call, abi), parameters -> new ArrayList<>())
                    .add(abi.toString());
        }
        Columns table = new Columns(Columns.Side.LEFT, Columns.Side.LEFT).row("ABI", "PARAMETERS");
        abisOfParameters.forEach((parameters, names) -> table.row(String.join(", ", names), parameters));
        return table.lines();
    }

    private Optional<String> absence() {
        List<String> lacking = Arrays.stream(Abi.values())
                .filter(abi -> !call.existsOn(abi))
                .map(Abi::toString)
                .toList();
        return lacking.isEmpty() ? Optional.empty() : Optional.of("Not in " + String.join(", ", lacking) + ".");
    }
}
