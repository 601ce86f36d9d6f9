package dev.trapgate.host.stub;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How machine code goes back to its caller after a system call. */
public enum ReturnEnding {

    /** A plain {@code ret}. */
    RET,

    /**
     * Calls into harmless code eight times, so that the processor's return predictor holds harmless predictions for the
     * frames above, then goes back by an indirect jump, in which that predictor has no part.
     *
     * <p>Where the kernel leaves a stale return predictor behind, every {@code ret} from a frame older than the call is
     * mispredicted, and expensively so; this ending avoids it. Elsewhere it costs a few nanoseconds more. Never to be
     * used under a user shadow stack, which takes a jump past a return address for an attack.
     */
    RETURN_AWARE;

    private static final MachineCode PLAIN = MachineCode.of("c3" /* ret */);

    private static final MachineCode REFILLING = MachineCode.of(
                    "e8 07 00 00 00", //    call 1f
                    "f3 90", //          2: pause            where a misprediction spins
                    "0f ae e8", //          lfence
                    "eb f9") //             jmp 2b
            .repeated(8) //              1:
            .then(MachineCode.of(
                    "48 83 c4 40", //       add rsp, 8 * 8   the eight return addresses
                    "59", //                pop rcx          SYSCALL has spent rcx already
                    "ff e1")); //           jmp rcx

    /** {@return the instructions} */
    MachineCode code() {
        return switch (this) {
            case RET -> PLAIN;
            case RETURN_AWARE -> REFILLING;
        };
    }

    /** {@return the name by which a person asks for it: {@code ret} or {@code return-aware}} */
    public String displayName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Finds an ending by the name a person gives it.
     *
     * @param displayName the name
     * @return the ending, or empty if there is none of that name
     */
    static Optional<ReturnEnding> named(String displayName) {
        return Arrays.stream(values())
                .filter(ending -> ending.displayName().equals(displayName))
                .findFirst();
    }

    /** {@return the names of all endings, for a message} */
    static String names() {
        return Arrays.stream(values()).map(ReturnEnding::displayName).collect(Collectors.joining(" or "));
    }
}
