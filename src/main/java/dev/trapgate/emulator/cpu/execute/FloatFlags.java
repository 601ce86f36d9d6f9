package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.floating.SimdArithmetic.Relation;

/** How COMIS and FCOMI tell a relation (SDM vol. 1, table 8-6). */
final class FloatFlags {

    private FloatFlags() {}

    /** {@return the status flags: ZF, PF and CF, the others clear} */
    static long of(Relation relation) {
        return switch (relation) {
            case LESS -> Flags.CF;
            case EQUAL -> Flags.ZF;
            case GREATER -> 0;
            case UNORDERED -> Flags.ZF | Flags.PF | Flags.CF;
        };
    }
}
