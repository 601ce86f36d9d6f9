package dev.trapgate.differential;

import dev.trapgate.notation.CallArgument;
import java.util.List;
import java.util.Optional;

/** One line of a scenario. */
public sealed interface Step {

    /** {@return the line that the step stands on, from 1} */
    int line();

    /** The name of the thread that a scenario begins with. */
    String FIRST = "";

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
     * Gives a signal handler a name: code that does nothing but return. Its restorer, which makes rt_sigreturn(2), lies
     * {@link HandlerCode#RESTORER} bytes behind.
     *
     * @param name the name
     * @param line the line it stands on
     */
    record Handler(String name, int line) implements Step {}

    /** Whether whoever makes a call goes on at once. */
    enum Return {
        /** The call comes back before the next step is played. */
        AT_ONCE,
        /** The call puts its thread to sleep; the next step is played once it really sleeps. */
        BLOCKS,
        /** The call may put its thread to sleep or come back at once. */
        MAY_BLOCK
    }

    /**
     * Makes a call.
     *
     * @param name what its result is called from then on, if it is given a name
     * @param target the call's name, or its number
     * @param arguments its arguments
     * @param thread the thread that makes it; {@link #FIRST} for the first
     * @param awaited whether it comes back at once
     * @param line the line it stands on
     */
    record Call(
            Optional<String> name, String target, List<CallArgument> arguments, String thread, Return awaited, int line)
            implements Step {

        /** Keeps a copy of the arguments. */
        public Call {
            arguments = List.copyOf(arguments);
        }

        /**
         * A call of the first thread that comes back at once.
         *
         * @param name what its result is called from then on, if it is given a name
         * @param target the call's name, or its number
         * @param arguments its arguments
         * @param line the line it stands on
         */
        public Call(Optional<String> name, String target, List<CallArgument> arguments, int line) {
            this(name, target, arguments, FIRST, Return.AT_ONCE, line);
        }

        /** {@return whether it puts its thread to sleep, or may do so} */
        public boolean blocks() {
            return awaited != Return.AT_ONCE;
        }

        /** {@return the call with another name or none, and other arguments} */
        Call with(Optional<String> otherName, List<CallArgument> otherArguments) {
            return new Call(otherName, target, otherArguments, thread, awaited, line);
        }
    }

    /**
     * Waits until the blocking call of a thread has come back.
     *
     * @param thread the thread
     * @param line the line it stands on
     */
    record Await(String thread, int line) implements Step {}

    /**
     * Ends a thread, as {@code exit(2)} of status 0, and waits for its end.
     *
     * @param thread the thread, whose last call has come back
     * @param line the line it stands on
     */
    record Join(String thread, int line) implements Step {}
}
