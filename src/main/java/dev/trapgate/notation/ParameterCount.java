package dev.trapgate.notation;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Parameter;
import dev.trapgate.abi.Syscall;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How many arguments a call takes. */
public final class ParameterCount {

    /** Parameters of a call that the table does not know: as many as there are registers for. */
    public static final int OF_UNKNOWN_CALL = 6;

    /**
     * The calls whose last parameters count for some operations only, with how many always count. C declares most of
     * them variadic; what is left out is 0.
     */
    private static final Map<String, Integer> ALWAYS_NEEDED = Map.ofEntries(
            Map.entry("open", 2),
            Map.entry("openat", 3),
            Map.entry("mq_open", 2),
            Map.entry("fcntl", 2),
            Map.entry("fcntl64", 2),
            Map.entry("ioctl", 2),
            Map.entry("mremap", 4),
            Map.entry("prctl", 1),
            Map.entry("keyctl", 1),
            Map.entry("ptrace", 1),
            Map.entry("semctl", 3),
            Map.entry("shmctl", 2),
            Map.entry("futex", 3),
            Map.entry("reboot", 3),
            Map.entry("getcpu", 2),
            Map.entry("membarrier", 2));

    private ParameterCount() {}

    /**
     * Checks how many arguments were given.
     *
     * @param call the call
     * @param abi whose parameters count
     * @param given how many arguments there are
     * @throws UsageException if they are too few or too many; the message names the parameters
     */
    public static void check(Syscall call, Abi abi, int given) {
        List<Parameter> parameters = call.parameters(abi);
        int needed = ALWAYS_NEEDED.getOrDefault(call.callName(), parameters.size());
        if (given < needed) {
            throw new UsageException(
                    "too few arguments: " + declaration(call, abi) + " needs " + needed + ", not " + given);
        }
        if (given > parameters.size()) {
            throw new UsageException(
                    "too many arguments: " + declaration(call, abi) + " takes " + parameters.size() + ", not " + given);
        }
    }

    /** {@return a call as C declares it, with the ABI: <code>close(unsigned int fd) of x86_64</code>} */
    public static String declaration(Syscall call, Abi abi) {
        return call.parameters(abi).stream()
                .map(Parameter::toString)
                .collect(Collectors.joining(", ", call.callName() + "(", ") of " + abi));
    }
}
