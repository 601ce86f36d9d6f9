package dev.trapgate.cli;

import dev.trapgate.abi.Errno;
import dev.trapgate.entry.Gate;
import java.util.List;
import java.util.OptionalLong;

/**
 * What became of a call at one gate.
 *
 * @param gate the gate
 * @param call the call as text
 * @param result what it answered as text, without the equals sign; {@code ?} if it never returned
 * @param raw its raw result; empty if it was not made or never returned
 * @param details lines that show what it wrote, or how its process ended
 * @param remark what else to say of it in a clause, or nothing
 * @param exitStatus what the shell is told if this is the only gate
 */
record Answer(
        Gate gate, String call, String result, OptionalLong raw, List<String> details, String remark, int exitStatus) {

    /**
     * A call that returned.
     *
     * @param details lines that show what it wrote
     */
    static Answer returned(Gate gate, String call, String result, long raw, List<String> details) {
        int exitStatus = Errno.isError(raw) ? ExitStatus.DIFFERED : ExitStatus.DONE;
        return new Answer(gate, call, result, OptionalLong.of(raw), details, "", exitStatus);
    }

    /**
     * A call that did not return.
     *
     * @param result what strace shows for it
     * @param ending how its process ended
     */
    static Answer ended(Gate gate, String call, String result, String ending, int exitStatus) {
        return new Answer(gate, call, result, OptionalLong.empty(), List.of(ending), "", exitStatus);
    }

    /** {@return the same answer with a remark} */
    Answer remarked(String why) {
        return new Answer(gate, call, result, raw, details, why, exitStatus);
    }

    /** {@return what stands between call and gate: an equals sign and the result} */
    String equation() {
        return result.isEmpty() ? "" : "= " + result;
    }

    /** {@return call, result, gate and remark on one line} */
    String line() {
        return call + " " + equation() + "   [" + gate + "]" + (remark.isEmpty() ? "" : "  " + remark);
    }
}
