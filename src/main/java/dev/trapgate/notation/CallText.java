package dev.trapgate.notation;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Parameter;
import dev.trapgate.abi.Syscall;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Words for what the table knows of a call. */
public final class CallText {

    private CallText() {}

    /** {@return a call's parameters as C declares them, {@code void} for none, {@code -} for a call that never was} */
    public static String parameters(Syscall call, Abi abi) {
        if (!call.parameters(abi).isEmpty()) {
            return call.parameters(abi).stream().map(Parameter::toString).collect(Collectors.joining(", "));
        }
        return call.standing(abi) == Syscall.Standing.RESERVED ? "-" : "void";
    }

    /** {@return why a call does nothing in an ABI, or that it never sleeps, or nothing} */
    public static String note(Syscall call, Abi abi) {
        return switch (call.standing(abi)) {
            case IMPLEMENTED -> call.prompt() ? "prompt" : "";
            case REMOVED -> "removed";
            case RESERVED -> "never implemented";
            case KERNEL32 -> "32-bit kernels only";
        };
    }

    /** {@return a call's numbers, for example {@code x86_64 has it as 0, i386 has it as 3}} */
    public static String numbers(Syscall call) {
        return Arrays.stream(Abi.values())
                .filter(call::existsOn)
                .map(abi -> abi + " has it as " + call.number(abi))
                .collect(Collectors.joining(", "));
    }

    /** {@return the name that a 64-bit kernel's symbol table gives a function of the table, for example {@code __x64_sys_read}} */
    public static String symbol(Abi abi, String entryPoint) {
        return switch (abi) {
            case X86_64, X32 -> "__x64_" + entryPoint;
            case I386 -> "__ia32_" + entryPoint;
            case AARCH64 -> "__arm64_" + entryPoint;
        };
    }
}
