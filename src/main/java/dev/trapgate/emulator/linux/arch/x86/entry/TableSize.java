package dev.trapgate.emulator.linux.arch.x86.entry;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import java.util.Arrays;

/** How many entries the tables of calls have: NR_syscalls and its kind. */
final class TableSize {

    /** The classic kernel's, as in Linux 3.15's first 337 numbers: restart_syscall to perf_event_open. */
    static final int CLASSIC = 337;

    private TableSize() {}

    /** {@return one more than the greatest number that an ABI has} */
    static int of(Abi abi) {
        return Arrays.stream(Syscall.values())
                        .filter(call -> call.existsOn(abi))
                        .mapToInt(call -> call.number(abi))
                        .max()
                        .orElseThrow()
                + 1;
    }
}
