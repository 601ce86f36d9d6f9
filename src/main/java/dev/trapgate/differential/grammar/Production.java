package dev.trapgate.differential.grammar;

import dev.trapgate.differential.Step.Return;
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
 * @param awaited whether the scenario goes on while a thread of its own sleeps in the call
 */
public record Production(
        int weight, String call, Function<Situation, List<CallArgument>> arguments, Result result, Return awaited) {

    /** What a call's result is to the calls behind it. */
    public enum Result {
        /** Nothing. */
        UNUSED(""),
        /** A descriptor of a file. */
        FILE("fd"),
        /** A descriptor of a directory. */
        DIRECTORY("dir"),
        /** An address that memory is mapped at. */
        MAPPING("map"),
        /** Any number. */
        NUMBER("n"),
        /** A descriptor of something that can be waited for. */
        EVENT("ev"),
        /** A descriptor of an epoll. */
        EPOLL("ep"),
        /** A descriptor of an inotify. */
        WATCHER("in"),
        /** A descriptor of a socket of AF_INET or AF_INET6. */
        INTERNET("so"),
        /** A descriptor of signals. */
        SIGNALS("sg"),
        /** A descriptor of a process. */
        PIDFD("pf"),
        /** The id of the process. */
        PROCESS("pid"),
        /** The id of the thread. */
        THREAD("tid");

        private final String prefix;

        Result(String prefix) {
            this.prefix = prefix;
        }

        /** {@return what the names of such results begin with} */
        String prefix() {
            return prefix;
        }
    }

    /** {@return a call whose result nobody needs} */
    public static Production of(int weight, String call, Function<Situation, List<CallArgument>> arguments) {
        return new Production(weight, call, arguments, Result.UNUSED, Return.AT_ONCE);
    }

    /** {@return this call, its result being something to the calls behind it} */
    public Production giving(Result kind) {
        return new Production(weight, call, arguments, kind, awaited);
    }

    /** {@return this call, made by a thread of its own that may sleep in it} */
    public Production asleep() {
        return new Production(weight, call, arguments, result, Return.MAY_BLOCK);
    }
}
