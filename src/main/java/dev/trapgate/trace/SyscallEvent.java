package dev.trapgate.trace;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * The JDK Flight Recorder's event of a system call, off unless a recording's settings enable it.
 *
 * <p>Loading a class of events costs a JVM a hundred classes more, so this one is not touched before there is a recorder.
 */
@Name(Tracing.EVENT)
@Label("System Call")
@Category("Trapgate")
@Description("A system call made through Trapgate")
@Enabled(false)
@StackTrace(false)
final class SyscallEvent extends Event {

    private static final SyscallEvent PROBE = new SyscallEvent();

    @Label("Name")
    @Description("The call's name")
    String name = "";

    @Label("Number")
    @Description("The call's number in its ABI")
    int number;

    @Label("Gate")
    @Description("The gate that the call went through")
    String gate = "";

    @Label("ABI")
    @Description("Whose numbers and structures the call has")
    String abi = "";

    @Label("Call")
    @Description("The call with its arguments decoded")
    String call = "";

    @Label("Result")
    @Description("The kernel's raw answer: -4095 to -1 for an error")
    long result;

    @Label("Errno")
    @Description("The error's name; empty if the call succeeded")
    String errno = "";

    @Label("Batch")
    @Description("How many calls the crossing made, of which the duration is")
    int batch;

    /** {@return whether some recording wants the event; to be asked only once there is a recorder} */
    static boolean isOn() {
        return PROBE.isEnabled();
    }
}
