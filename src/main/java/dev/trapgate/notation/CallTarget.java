package dev.trapgate.notation;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The call that {@code trapgate call} is to make in one ABI.
 *
 * @param number its number there
 * @param call its entry in the table; empty if the table has no such number
 */
public record CallTarget(int number, Optional<Syscall> call) {

    /**
     * Finds a call.
     *
     * @param text its name; or its number in {@code abi}, in any notation of {@link NumberText}
     * @param abi whose call is meant
     * @return the call; by number also one that the table does not know
     * @throws UsageException if no call has that name, or {@code abi} lacks it, or the number has more than 32 bits
     */
    public static CallTarget of(String text, Abi abi) {
        return CallLookup.isNumber(text) ? numbered(text, abi) : of(CallLookup.named(text), abi);
    }

    /** {@return the same call in another ABI} */
    public CallTarget in(Abi abi) {
        return call.map(known -> of(known, abi)).orElse(this);
    }

    /** {@return the call's name, or {@code syscall_0x…} as strace calls an unknown one} */
    public String name() {
        return call.map(Syscall::callName).orElse("syscall_0x" + Integer.toHexString(number));
    }

    private static CallTarget numbered(String text, Abi abi) {
        long number = NumberText.parse(text);
        if (number != (int) number && number >>> Integer.SIZE != 0) {
            throw new UsageException("call number " + text + " does not fit into 32 bits");
        }
        return new CallTarget((int) number, Syscall.numbered(abi, (int) number));
    }

    private static CallTarget of(Syscall call, Abi abi) {
        if (!call.existsOn(abi)) {
            throw new UsageException(abi + " has no call '" + call.callName() + "'"
                    + NearNames.question(NearNames.of(call.callName(), names(abi))));
        }
        return new CallTarget(call.number(abi), Optional.of(call));
    }

    private static List<String> names(Abi abi) {
        return Arrays.stream(Syscall.values())
                .filter(call -> call.existsOn(abi))
                .map(Syscall::callName)
                .toList();
    }
}
