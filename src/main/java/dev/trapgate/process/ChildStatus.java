package dev.trapgate.process;

import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.Uid;

/**
 * What waitid told of a child.
 *
 * @param pid which
 * @param uid whose it is
 * @param change what became of it
 * @param status its exit status, or the number of the signal
 */
public record ChildStatus(Pid pid, Uid uid, Change change, int status) {

    /** What became of a child: si_code. */
    public enum Change {
        /** It exited: {@code CLD_EXITED}. */
        EXITED,
        /** A signal killed it: {@code CLD_KILLED}. */
        KILLED,
        /** A signal killed it, and it left a core dump: {@code CLD_DUMPED}. */
        DUMPED,
        /** A traced child stopped: {@code CLD_TRAPPED}. */
        TRAPPED,
        /** A signal stopped it: {@code CLD_STOPPED}. */
        STOPPED,
        /** It went on: {@code CLD_CONTINUED}. */
        CONTINUED;

        static Change of(int code) {
            return values()[code - 1];
        }
    }
}
