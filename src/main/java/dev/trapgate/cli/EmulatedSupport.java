package dev.trapgate.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.arch.x86.entry.SyscallRow;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions.Support;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the emulated kernel has of an ABI's calls, as its own table says. Numbers that Linux has no call behind any more are
 * left out: the emulated kernel answers ENOSYS as Linux does.
 *
 * @param abi the ABI
 * @param rows its calls, by number
 */
record EmulatedSupport(Abi abi, List<SyscallRow> rows) {

    /** The ABIs that the emulated kernel has tables of. */
    static final List<Abi> ABIS = List.of(Abi.X86_64, Abi.I386);

    /** {@return what the modern kernel has, in which both tables are} */
    static EmulatedSupport of(Abi abi) {
        try (EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.INTEL)) {
            List<SyscallRow> rows = machine.table(abi).orElseThrow().rows().stream()
                    .filter(row -> isImplemented(abi, row))
                    .toList();
            return new EmulatedSupport(abi, rows);
        }
    }

    private static boolean isImplemented(Abi abi, SyscallRow row) {
        Optional<Syscall> call = row.name().isEmpty() ? Optional.empty() : Syscall.named(row.name());
        return call.filter(known -> known.standing(abi) == Syscall.Standing.IMPLEMENTED)
                .isPresent();
    }

    /** {@return how many calls have so much support} */
    long count(Support support) {
        return rows.stream().filter(row -> row.support() == support).count();
    }

    /** {@return the counts, then one line a call} */
    List<String> lines() {
        Columns table = new Columns(Columns.Side.RIGHT, Columns.Side.LEFT, Columns.Side.LEFT, Columns.Side.LEFT)
                .row("NUMBER", "NAME", "SUPPORT", "MISSING");
        for (SyscallRow row : rows) {
            table.row(String.valueOf(row.number()), row.name(), word(row.support()), row.note());
        }
        List<String> lines = new ArrayList<>();
        lines.add(abi + ": " + count(Support.SUPPORTED) + " calls supported, " + count(Support.PARTIAL) + " in part, "
                + count(Support.ABSENT) + " not");
        lines.addAll(table.lines());
        return lines;
    }

    /** {@return the same as JSON} */
    JsonObject json() {
        JsonArray calls = new JsonArray();
        for (SyscallRow row : rows) {
            JsonObject call = new JsonObject();
            call.addProperty("name", row.name());
            call.addProperty("number", row.number());
            call.addProperty("support", word(row.support()));
            call.addProperty("missing", row.note());
            calls.add(call);
        }
        JsonObject document = new JsonObject();
        document.addProperty("abi", abi.displayName());
        for (Support support : Support.values()) {
            document.addProperty(word(support), count(support));
        }
        document.add("calls", calls);
        return document;
    }

    private static String word(Support support) {
        return support.name().toLowerCase(Locale.ROOT);
    }
}
