package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.security.Commoncap;
import java.util.OptionalLong;

/** The options of {@code prctl(2)} that are about capabilities: {@code cap_task_prctl} of security/commoncap.c. */
final class CapabilityPrctl {

    private static final int PR_GET_KEEPCAPS = 7;
    private static final int PR_SET_KEEPCAPS = 8;
    private static final int PR_CAPBSET_READ = 23;
    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_GET_SECUREBITS = 27;
    private static final int PR_SET_SECUREBITS = 28;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_IS_SET = 1;
    private static final int PR_CAP_AMBIENT_RAISE = 2;
    private static final int PR_CAP_AMBIENT_LOWER = 3;
    private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;

    private CapabilityPrctl() {}

    /** {@return the answer, empty if the option is another's} */
    static OptionalLong prctl(Task current, int option, PtRegs regs) {
        long value = regs.argument(2);
        Credentials own = current.credentials();
        return switch (option) {
            case PR_GET_KEEPCAPS -> OptionalLong.of((own.securebits() & Commoncap.SECBIT_KEEP_CAPS) != 0 ? 1 : 0);
            case PR_SET_KEEPCAPS -> OptionalLong.of(setKeepCaps(current, value));
            case PR_CAPBSET_READ ->
                OptionalLong.of(isValid(value) ? (own.bounding() >>> value) & 1 : ErrorNumbers.EINVAL);
            case PR_CAPBSET_DROP -> OptionalLong.of(drop(current, value));
            case PR_GET_SECUREBITS -> OptionalLong.of(own.securebits());
            case PR_SET_SECUREBITS -> OptionalLong.of(setSecurebits(current, value));
            case PR_CAP_AMBIENT -> OptionalLong.of(ambient(current, regs));
            default -> OptionalLong.empty();
        };
    }

    private static long setKeepCaps(Task current, long value) {
        Credentials own = current.credentials();
        if (value >>> 1 != 0) {
            return ErrorNumbers.EINVAL;
        }
        if ((own.securebits() & Commoncap.SECBIT_KEEP_CAPS_LOCKED) != 0) {
            return ErrorNumbers.EPERM;
        }
        int others = own.securebits() & ~Commoncap.SECBIT_KEEP_CAPS;
        return new NewCredentials(own)
                .securebits(value == 0 ? others : others | Commoncap.SECBIT_KEEP_CAPS)
                .commit(current);
    }

    private static long drop(Task current, long capability) {
        Credentials own = current.credentials();
        if (!own.capable(Capability.CAP_SETPCAP)) {
            return ErrorNumbers.EPERM;
        }
        if (!isValid(capability)) {
            return ErrorNumbers.EINVAL;
        }
        return new NewCredentials(own)
                .bounding(own.bounding() & ~(1L << capability))
                .commit(current);
    }

    private static long setSecurebits(Task current, long value) {
        Credentials own = current.credentials();
        if (!Commoncap.maySetSecurebits(own, value)) {
            return ErrorNumbers.EPERM;
        }
        return new NewCredentials(own).securebits((int) value).commit(current);
    }

    private static long ambient(Task current, PtRegs regs) {
        Credentials own = current.credentials();
        long command = regs.argument(2);
        long capability = regs.argument(3);
        if (command == PR_CAP_AMBIENT_CLEAR_ALL) {
            return PrctlCalls.areZero(regs, 3)
                    ? new NewCredentials(own).ambient(0).commit(current)
                    : ErrorNumbers.EINVAL;
        }
        if (!isValid(capability) || !PrctlCalls.areZero(regs, 4)) {
            return ErrorNumbers.EINVAL;
        }
        long bit = 1L << capability;
        if (command == PR_CAP_AMBIENT_IS_SET) {
            return (own.ambient() >>> capability) & 1;
        }
        if (command == PR_CAP_AMBIENT_LOWER) {
            return new NewCredentials(own).ambient(own.ambient() & ~bit).commit(current);
        }
        if (command != PR_CAP_AMBIENT_RAISE) {
            return ErrorNumbers.EINVAL;
        }
        boolean allowed = (own.permitted() & own.inheritable() & bit) != 0
                && (own.securebits() & Commoncap.SECBIT_NO_CAP_AMBIENT_RAISE) == 0;
        return allowed ? new NewCredentials(own).ambient(own.ambient() | bit).commit(current) : ErrorNumbers.EPERM;
    }

    private static boolean isValid(long capability) {
        return capability >= 0 && capability < Capability.values().length;
    }
}
