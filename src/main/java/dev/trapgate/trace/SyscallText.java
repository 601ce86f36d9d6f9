package dev.trapgate.trace;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Parameter;
import dev.trapgate.abi.Syscall;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * System calls as text: <code>openat(AT_FDCWD, "/etc/hostname", O_RDONLY)</code>.
 *
 * <p>Strings are quoted, flags are written by name, structures in braces, addresses in hexadecimal. Memory is read
 * through a {@link MemoryView} only, so an address that cannot be read is written as what it is.
 *
 * @see <a href="https://man7.org/linux/man-pages/man1/strace.1.html">strace(1)</a>
 */
public final class SyscallText {

    /** How many bytes of a string strace shows unless it is told otherwise. */
    public static final int STRING_LIMIT = 32;

    private static final long O_CREAT = 0100;
    private static final long O_TMPFILE_BIT = 020000000;

    /** Calls whose last parameter counts only when their flags create a file. */
    private static final Set<String> CREATING_CALLS = Set.of("open", "openat");

    private final Abi abi;
    private final MemoryView memory;
    private final int stringLimit;

    /**
     * Writes the calls of one caller.
     *
     * @param abi whose parameters and structures its calls have
     * @param memory what may be read of its memory
     * @param stringLimit how many bytes of a string to show, 0 or more; {@link #STRING_LIMIT} is usual
     */
    public SyscallText(Abi abi, MemoryView memory, int stringLimit) {
        this.abi = abi;
        this.memory = memory;
        this.stringLimit = stringLimit;
    }

    /**
     * Writes a call that has not answered yet: what it will write to is shown by its address.
     *
     * @param call the call
     * @param arguments its arguments; those beyond its parameters are left out
     * @return its name, its arguments in parentheses
     */
    public String entering(Syscall call, long... arguments) {
        return text(call, OptionalLong.empty(), arguments);
    }

    /**
     * Writes a call that has answered: if it succeeded, what it wrote is shown.
     *
     * @param call the call
     * @param result its raw result
     * @param arguments its arguments; those beyond its parameters are left out
     * @return its name, its arguments in parentheses; the result is for {@link ResultText}
     */
    public String answered(Syscall call, long result, long... arguments) {
        return text(call, OptionalLong.of(result), arguments);
    }

    /**
     * Writes a call that the table does not know.
     *
     * @param number its number
     * @param arguments its arguments
     * @return <code>syscall_0x270f(0x1, 0x2)</code>
     */
    public static String unknown(int number, long... arguments) {
        return LongStream.of(arguments)
                .mapToObj(Numbers::hex)
                .collect(Collectors.joining(", ", "syscall_0x" + Integer.toHexString(number) + "(", ")"));
    }

    private String text(Syscall call, OptionalLong result, long... arguments) {
        List<Parameter> parameters = call.parameters(abi);
        ArgumentText writer = new ArgumentText(call, abi, memory, stringLimit, result, arguments);
        StringJoiner text = new StringJoiner(", ", call.callName() + "(", ")");
        int shown = shown(call, parameters, arguments);
        for (int i = 0; i < shown; i++) {
            text.add(writer.argument(i));
        }
        return text.toString();
    }

    private static int shown(Syscall call, List<Parameter> parameters, long... arguments) {
        int given = Math.min(parameters.size(), arguments.length);
        boolean lastIsMode = CREATING_CALLS.contains(call.callName()) && given == parameters.size() && given > 1;
        return lastIsMode && !creates(arguments[given - 2]) ? given - 1 : given;
    }

    /**
     * Says whether {@code open(2)} with these flags creates a file, and so takes a mode.
     *
     * @param flags its flags, as x86 numbers them
     * @return whether {@code O_CREAT} or {@code O_TMPFILE} is among them
     */
    public static boolean creates(long flags) {
        return (flags & (O_CREAT | O_TMPFILE_BIT)) != 0;
    }

    /** {@return the descriptor's name if it is the one that means the working directory} */
    static Optional<String> workingDirectory(long descriptor) {
        return (int) descriptor == -100 ? Optional.of("AT_FDCWD") : Optional.empty();
    }
}
