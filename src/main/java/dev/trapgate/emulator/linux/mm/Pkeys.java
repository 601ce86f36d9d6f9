package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** Protection keys of a processor that has none: mm/mprotect.c, Linux 6.18. */
final class Pkeys {

    private static final int ACCESS_MASK = 3;

    private Pkeys() {}

    /**
     * {@code pkey_alloc(2)}: the only key there is is found once, but its rights cannot be set, and as it is taken for the
     * one of memory that can only be executed, it is not given back either.
     */
    static long alloc(Task current, PtRegs regs) {
        if (regs.argument(1) != 0 || (regs.argument(2) & ~ACCESS_MASK) != 0) {
            return ErrorNumbers.EINVAL;
        }
        return current.process().mm().takeOnlyKey() ? ErrorNumbers.EINVAL : ErrorNumbers.ENOSPC;
    }

    /** {@code pkey_free(2)}: no key was ever allocated. */
    static long free(Task current, PtRegs regs) {
        return ErrorNumbers.EINVAL;
    }
}
