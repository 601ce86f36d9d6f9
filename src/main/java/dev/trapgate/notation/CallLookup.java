package dev.trapgate.notation;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Finds calls by what someone wrote on the command line, and says what to do when there is none. */
public final class CallLookup {

    private CallLookup() {}

    /** {@return the calls of an ABI, by number} */
    public static List<Syscall> all(Abi abi) {
        return Arrays.stream(Syscall.values())
                .filter(call -> call.existsOn(abi))
                .sorted(Comparator.comparingInt(call -> call.number(abi)))
                .toList();
    }

    /** {@return whether a text is meant as a call's number rather than its name} */
    public static boolean isNumber(String text) {
        return text.matches("[-+]?[0-9].*");
    }

    /**
     * {@return the number that a text writes, in any notation of {@link NumberText}}
     *
     * @throws UsageException if it is none, or has more than 32 bits
     */
    public static int number(String text) {
        long number = NumberText.parse(text);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new UsageException("call number " + text + " is outside 0 to " + Integer.MAX_VALUE);
        }
        return (int) number;
    }

    /**
     * {@return the call of a name}
     *
     * @throws UsageException if no ABI has it
     */
    public static Syscall named(String name) {
        return Syscall.named(name).orElseThrow(() -> unknown(name));
    }

    /**
     * {@return the call that a name or a number means in an ABI}
     *
     * @throws UsageException if that ABI has none
     */
    public static Syscall in(Abi abi, String text) {
        if (isNumber(text)) {
            int number = withoutX32Bit(abi, number(text));
            return Syscall.numbered(abi, number)
                    .orElseThrow(() -> new UsageException(
                            abi + " has no system call " + number + "; 'trapgate table --abi " + abi + "' lists all"));
        }
        Syscall call = named(text);
        if (!call.existsOn(abi)) {
            throw new UsageException(abi + " has no system call '" + text + "'; " + CallText.numbers(call));
        }
        return call;
    }

    /** {@return a number without the bit by which x32 programs mark theirs, if it is x32's} */
    public static int withoutX32Bit(Abi abi, int number) {
        return abi == Abi.X32 ? number & ~Abi.X32_SYSCALL_BIT : number;
    }

    private static UsageException unknown(String name) {
        List<String> names =
                Arrays.stream(Syscall.values()).map(Syscall::callName).toList();
        return new UsageException("there is no system call '" + name + "'"
                + NearNames.question(NearNames.of(name, names)) + "; 'trapgate table' lists them");
    }
}
