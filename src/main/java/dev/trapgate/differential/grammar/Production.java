package dev.trapgate.differential.grammar;

import dev.trapgate.notation.CallArgument;
import java.util.List;
import java.util.function.Function;

/**
 * A call that generated scenarios make.
 *
 * @param weight how often, in proportion to the others
 * @param call its name
 * @param arguments makes its arguments, of what the scenario has so far
 * @param result what becomes of its result
 */
public record Production(int weight, String call, Function<Situation, List<CallArgument>> arguments, Result result) {

    /** What a call's result is to the calls behind it. */
    public enum Result {
        /** Nothing. */
        UNUSED,
        /** A descriptor of a file. */
        FILE,
        /** A descriptor of a directory. */
        DIRECTORY,
        /** An address that memory is mapped at. */
        MAPPING,
        /** Any number. */
        NUMBER,
        /** A descriptor of something that can be waited for. */
        EVENT,
        /** A descriptor of an epoll. */
        EPOLL,
        /** A descriptor of an inotify. */
        WATCHER
    }

    /** {@return a call whose result nobody needs} */
    public static Production of(int weight, String call, Function<Situation, List<CallArgument>> arguments) {
        return new Production(weight, call, arguments, Result.UNUSED);
    }

    /** {@return this call, its result being something to the calls behind it} */
    public Production giving(Result kind) {
        return new Production(weight, call, arguments, kind);
    }
}
