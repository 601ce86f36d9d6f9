package dev.trapgate.differential;

import dev.trapgate.notation.CallArgument;
import java.util.List;
import java.util.Optional;

/** One line of a scenario. */
public sealed interface Step {

    /** {@return the line that the step stands on, from 1} */
    int line();

    /** What the kernel puts into named memory. */
    enum Content {
        /** The same on both sides. */
        EQUAL,
        /** Bytes that are random by their nature: what was written where is compared, the bytes are not. */
        RANDOM
    }

    /**
     * Gives memory a name.
     *
     * @param name the name
     * @param argument the memory
     * @param content what comes into it
     * @param line the line it stands on
     */
    record Memory(String name, CallArgument argument, Content content, int line) implements Step {}

    /**
     * Makes a call.
     *
     * @param name what its result is called from then on, if it is given a name
     * @param target the call's name, or its number
     * @param arguments its arguments
     * @param line the line it stands on
     */
    record Call(Optional<String> name, String target, List<CallArgument> arguments, int line) implements Step {

        /** Keeps a copy of the arguments. */
        public Call {
            arguments = List.copyOf(arguments);
        }
    }
}
