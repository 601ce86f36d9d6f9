package dev.trapgate.host.probe;

/** What became of a call that a child process tried. */
public sealed interface ProbeOutcome {

    /**
     * It answered.
     *
     * @param result the kernel's raw answer, −4095 to −1 for an error
     */
    record Answered(long result) implements ProbeOutcome {}

    /**
     * It ended the process.
     *
     * @param signal the number of the signal that did it; 0 if it ended otherwise
     */
    record Ended(int signal) implements ProbeOutcome {}
}
