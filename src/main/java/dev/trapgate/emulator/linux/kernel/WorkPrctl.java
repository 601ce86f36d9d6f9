package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.entry.UserDispatch;
import dev.trapgate.emulator.linux.kernel.seccomp.SeccompCalls;
import java.util.OptionalLong;

/** The options of {@code prctl(2)} that change what is done around calls: seccomp, syscall user dispatch, no_new_privs. */
public final class WorkPrctl {

    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_GET_NO_NEW_PRIVS = 39;

    private static final int LAST_ARGUMENT = 5;

    private WorkPrctl() {}

    /** {@code prctl(2)}, of which there is no more yet. */
    public static long prctl(Task current, PtRegs regs) {
        return prctl(current, (int) regs.argument(1), regs).orElse(ErrorNumbers.EINVAL);
    }

    /**
     * Does what {@code prctl(2)} does for one of these options.
     *
     * @param current the calling task
     * @param option the option
     * @param regs the call's registers
     * @return the call's result; empty if the option is another's
     */
    static OptionalLong prctl(Task current, int option, PtRegs regs) {
        return switch (option) {
            case PR_SET_NO_NEW_PRIVS -> OptionalLong.of(setNoNewPrivileges(current, regs));
            case PR_GET_NO_NEW_PRIVS ->
                OptionalLong.of(areZero(regs, 2) ? noNewPrivileges(current) : ErrorNumbers.EINVAL);
            default -> {
                OptionalLong answer = SeccompCalls.prctl(current, option, regs);
                yield answer.isPresent() ? answer : UserDispatch.prctl(current, option, regs);
            }
        };
    }

    private static boolean areZero(PtRegs regs, int first) {
        boolean zero = true;
        for (int position = first; position <= LAST_ARGUMENT; position++) {
            zero &= regs.argument(position) == 0;
        }
        return zero;
    }

    private static long noNewPrivileges(Task current) {
        return current.work().hasNoNewPrivileges() ? 1 : 0;
    }

    private static long setNoNewPrivileges(Task current, PtRegs regs) {
        if (regs.argument(2) != 1 || !areZero(regs, 3)) {
            return ErrorNumbers.EINVAL;
        }
        current.work().setNoNewPrivileges();
        return 0;
    }
}
