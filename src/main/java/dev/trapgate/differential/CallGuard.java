package dev.trapgate.differential;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import java.util.List;
import java.util.Optional;

/** Decides whether a side makes a call. */
@FunctionalInterface
interface CallGuard {

    /**
     * Looks at a call that is about to be made.
     *
     * @param number its number
     * @param call what the table knows of it; empty if it has no such number
     * @param arguments its six arguments
     * @param memory the scenario's memory
     * @return why the call is not made, a clause with the call as its subject; empty if it may be made
     */
    Optional<String> refusal(int number, Optional<Syscall> call, long[] arguments, List<UserBuffer> memory);

    /**
     * Hears which thread makes the call that is looked at or heard of next.
     *
     * @param thread its name in the scenario
     */
    default void turn(String thread) {}

    /**
     * Hears what a call that was let through answered.
     *
     * @param call what the table knows of it
     * @param arguments its six arguments
     * @param result its raw result
     */
    default void answered(Optional<Syscall> call, long[] arguments, long result) {}

    /** {@return one that lets every call pass} */
    static CallGuard none() {
        return (number, call, arguments, memory) -> Optional.empty();
    }
}
