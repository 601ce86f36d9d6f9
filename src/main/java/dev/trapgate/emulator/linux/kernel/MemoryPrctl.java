package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import java.util.OptionalLong;

/** The options of {@code prctl(2)} that are about a program's memory: kernel/sys.c, Linux 6.18. */
final class MemoryPrctl {

    private static final int PR_SET_MM = 35;
    private static final int PR_SET_MM_AUXV = 12;
    private static final int PR_SET_MM_MAP = 14;
    private static final int PR_SET_MM_MAP_SIZE = 15;
    private static final int PR_SET_THP_DISABLE = 41;
    private static final int PR_GET_THP_DISABLE = 42;
    private static final int PR_THP_DISABLE_EXCEPT_ADVISED = 2;
    private static final int PR_SET_MDWE = 65;
    private static final int PR_GET_MDWE = 66;
    private static final int PR_MDWE_NO_INHERIT = 2;
    private static final int PR_SET_MEMORY_MERGE = 67;
    private static final int PR_GET_MEMORY_MERGE = 68;
    /** The size of {@code struct prctl_mm_map}. */
    private static final int MM_MAP_SIZE = 104;

    private MemoryPrctl() {}

    /** {@return the answer, empty if the option is another's} */
    static OptionalLong prctl(Task current, int option, PtRegs regs) {
        MmFlags flags = current.process().mmFlags();
        return switch (option) {
            case PR_SET_MM -> OptionalLong.of(setMm(current, regs));
            case PR_SET_THP_DISABLE -> OptionalLong.of(setHugePagesDisabled(flags, regs));
            case PR_GET_THP_DISABLE -> OptionalLong.of(get(regs, flags.hugePagesDisabled()));
            case PR_SET_MDWE -> OptionalLong.of(setDenyWriteExecute(flags, regs));
            case PR_GET_MDWE -> OptionalLong.of(get(regs, flags.denyWriteExecute()));
            case PR_SET_MEMORY_MERGE -> OptionalLong.of(setMerging(flags, regs));
            case PR_GET_MEMORY_MERGE -> OptionalLong.of(get(regs, flags.isMerging() ? 1 : 0));
            default -> OptionalLong.empty();
        };
    }

    private static long get(PtRegs regs, int value) {
        return PrctlCalls.areZero(regs, 2) ? value : ErrorNumbers.EINVAL;
    }

    /** Where a program's parts are cannot be changed here; what is refused is refused as the kernel does. */
    private static long setMm(Task current, PtRegs regs) {
        long what = regs.argument(2);
        boolean sized = what == PR_SET_MM_AUXV || what == PR_SET_MM_MAP || what == PR_SET_MM_MAP_SIZE;
        if (regs.argument(5) != 0 || (regs.argument(4) != 0 && !sized)) {
            return ErrorNumbers.EINVAL;
        }
        if (what == PR_SET_MM_MAP_SIZE) {
            return current.uaccess().putUser32(regs.argument(3), MM_MAP_SIZE) ? 0 : ErrorNumbers.EFAULT;
        }
        boolean able = what == PR_SET_MM_MAP || current.credentials().capable(Capability.CAP_SYS_RESOURCE);
        return able ? ErrorNumbers.EINVAL : ErrorNumbers.EPERM;
    }

    private static long setHugePagesDisabled(MmFlags flags, PtRegs regs) {
        long disable = regs.argument(2);
        long how = regs.argument(3);
        boolean known = how == 0 || (disable != 0 && how == PR_THP_DISABLE_EXCEPT_ADVISED);
        if (!PrctlCalls.areZero(regs, 4) || !known) {
            return ErrorNumbers.EINVAL;
        }
        flags.setHugePagesDisabled(disable == 0 ? 0 : 1 | (int) how);
        return 0;
    }

    private static long setDenyWriteExecute(MmFlags flags, PtRegs regs) {
        long bits = regs.argument(2);
        boolean known =
                (bits & ~(MmFlags.PR_MDWE_REFUSE_EXEC_GAIN | PR_MDWE_NO_INHERIT)) == 0 && bits != PR_MDWE_NO_INHERIT;
        if (!PrctlCalls.areZero(regs, 3) || !known) {
            return ErrorNumbers.EINVAL;
        }
        if (flags.denyWriteExecute() != 0 && flags.denyWriteExecute() != bits) {
            return ErrorNumbers.EPERM;
        }
        flags.setDenyWriteExecute((int) bits);
        return 0;
    }

    private static long setMerging(MmFlags flags, PtRegs regs) {
        if (!PrctlCalls.areZero(regs, 3)) {
            return ErrorNumbers.EINVAL;
        }
        flags.setMerging(regs.argument(2));
        return 0;
    }
}
