package dev.trapgate.trace;

import dev.trapgate.entry.SyscallEntry;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.Consumer;

/**
 * Entries that let their calls be watched: by the program itself, as strace(1) would, or by the JDK Flight Recorder.
 *
 * <p>A watched entry has the gate, the memory, the linkages and the refusals of the one it stands for, and a batch crosses as
 * often as before. What pointers lead to is read by calls that answer an error for a bad address, so tracing a wrong pointer is
 * as safe as passing it to the kernel.
 *
 * <pre>{@code Linux linux = Linux.over(Tracing.over(Gates.open(Gate.SYSCALL), Tracing.lines(System.err)));}</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man1/strace.1.html">strace(1)</a>
 */
public final class Tracing {

    /**
     * The name of the event that {@link #recorded} emits. Its settings are the usual ones: {@code enabled} (off unless a
     * recording says otherwise), {@code threshold}, {@code stackTrace} (off too).
     */
    public static final String EVENT = "dev.trapgate.Syscall";

    private Tracing() {}

    /**
     * Tells of every call that an entry makes, after it has answered.
     *
     * <p>A call that the entry refuses is not made and not told. One that does not return, as exit(2), is told before it is made,
     * or when the emulated or companion program has ended by it.
     *
     * @param entry the entry, which stays its opener's to close
     * @param sink what is told, by the thread that made the call and from as many threads as make calls; what it throws reaches
     *     the caller in place of the call's answer; it must make no calls through this entry
     * @return an entry like it
     */
    public static SyscallEntry over(SyscallEntry entry, Consumer<? super TracedCall> sink) {
        return new TracedEntry(entry, sink);
    }

    /**
     * Lets the JDK Flight Recorder see an entry's calls as events named {@value #EVENT}: name, number, gate, ABI, decoded
     * arguments, result, errno's name, duration, thread. {@code dev.trapgate.Linux} does this for the kernels it opens itself.
     *
     * <p>Calls that do not return have no event. While no recording enables the event a call costs what it cost before.
     *
     * @param entry the entry, which stays its opener's to close
     * @return an entry like it; the same one if it is recorded already
     */
    public static SyscallEntry recorded(SyscallEntry entry) {
        return entry instanceof RecordedEntry ? entry : new RecordedEntry(entry);
    }

    /**
     * A sink that prints a line for each call, as {@code strace -T}.
     *
     * @param out where to print; it is flushed after each line
     * @return the sink, for any number of threads
     */
    public static Consumer<TracedCall> lines(PrintStream out) {
        return call -> {
            out.println(call.timedLine());
            out.flush();
        };
    }

    /**
     * A sink that writes a line for each call, as {@code strace -T}.
     *
     * @param out where to write; it is flushed after each line, and its errors are ignored
     * @return the sink, for any number of threads
     */
    public static Consumer<TracedCall> lines(Writer out) {
        PrintWriter printer = new PrintWriter(out);
        return call -> {
            printer.println(call.timedLine());
            printer.flush();
        };
    }
}
