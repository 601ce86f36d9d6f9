package dev.trapgate.kernel;

/**
 * The number of a process, or of a thread where a call takes one.
 *
 * @param value 1 or more for a process; some calls give other values a meaning
 */
public record Pid(int value) {

    /** 0: in most calls, the process or thread that makes the call. */
    public static final Pid SELF = new Pid(0);

    /** {@return the number of the process that the Java process API knows by that handle} */
    public static Pid of(ProcessHandle process) {
        return new Pid((int) process.pid());
    }

    /** {@return the number in decimal} */
    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
