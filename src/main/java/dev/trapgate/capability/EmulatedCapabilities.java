package dev.trapgate.capability;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.linux.arch.x86.entry.SyscallRow;
import dev.trapgate.emulator.linux.arch.x86.entry.SyscallTable;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions.Support;
import java.util.List;

/** What an emulated kernel has, as its own table says. */
final class EmulatedCapabilities {

    private EmulatedCapabilities() {}

    static Capabilities report(EmulatedMachine machine, Abi abi) {
        SyscallTable table = machine.table(abi)
                .orElseThrow(() -> new IllegalArgumentException("this emulated kernel has no table for " + abi));
        List<Capability> all = HostCapabilities.callsOf(abi)
                .map(call -> capability(table, call, abi))
                .toList();
        String release = "Linux " + machine.process().utsName().release() + ", emulated";
        return new Capabilities(abi, List.of(release, "answered by the emulated kernel's table"), all);
    }

    private static Capability capability(SyscallTable table, Syscall call, Abi abi) {
        SyscallRow row = table.row(call.number(abi));
        return new Capability(
                call,
                call.number(abi),
                availability(row.support()),
                Releases.since(call, abi),
                Basis.OBSERVED,
                "the emulated kernel's table: " + words(row));
    }

    private static Availability availability(Support support) {
        return switch (support) {
            case SUPPORTED -> Availability.PRESENT;
            case PARTIAL -> Availability.PARTIAL;
            case ABSENT -> Availability.MISSING;
        };
    }

    private static String words(SyscallRow row) {
        return switch (row.support()) {
            case SUPPORTED -> "supported";
            case PARTIAL -> "in part, " + row.note();
            case ABSENT -> "absent";
        };
    }
}
