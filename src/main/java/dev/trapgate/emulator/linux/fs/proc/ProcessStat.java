package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Resource;
import dev.trapgate.emulator.linux.kernel.Signals;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.Mm;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * {@code /proc/self/stat}: {@code do_task_stat} of fs/proc/array.c, Linux 6.18; 52 fields, of which those that this kernel does
 * not count are 0.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
final class ProcessStat {

    private static final long NANOS_PER_TICK = 10_000_000;
    private static final int PAGE_SIZE = 4096;
    private static final int SIGCHLD = 17;
    private static final int NO_TERMINAL_GROUP = -1;
    private static final long LOW_31 = 0x7fff_ffffL;

    private ProcessStat() {}

    /** {@return the text, one line} */
    static String of(Task task) {
        KernelProcess process = task.process();
        Mm mm = process.mm();
        Signals.Summary signals = Signals.summary(task);
        StringJoiner fields = new StringJoiner(" ", "", "\n");
        fields.add(ProcessState.id(task) + " (" + new String(task.attributes().name(), StandardCharsets.ISO_8859_1)
                + ") " + ProcessState.letter(task));
        add(
                fields,
                process.parent(),
                process.jobControl().processGroup(),
                process.jobControl().session());
        // tty_nr, tpgid, flags, minflt, cminflt, majflt, cmajflt
        add(fields, 0, NO_TERMINAL_GROUP, 0, 0, 0, 0, 0);
        // utime, stime, cutime, cstime
        add(fields, process.cpuTime() / NANOS_PER_TICK, 0, process.childrenCpuTime() / NANOS_PER_TICK, 0);
        int nice = task.scheduling().nice();
        // priority, nice, num_threads, itrealvalue, starttime
        add(fields, 20 + nice, nice, process.taskCount(), 0, 0);
        add(fields, mm.totalPages() * PAGE_SIZE, mm.residentPages());
        fields.add(Long.toUnsignedString(process.limits().soft(Resource.RLIMIT_RSS)));
        // startcode, endcode, startstack, kstkesp, kstkeip
        add(fields, 0, 0, 0, 0, 0);
        add(fields, signals.pending() & LOW_31, signals.blocked() & LOW_31);
        add(fields, signals.ignored() & LOW_31, signals.caught() & LOW_31);
        // wchan, nswap, cnswap, exit_signal, processor
        add(fields, 0, 0, 0, SIGCHLD, task.processor());
        add(fields, task.scheduling().priority(), task.scheduling().policy());
        // delayacct_blkio_ticks, guest_time, cguest_time, start_data, end_data
        add(fields, 0, 0, 0, 0, 0);
        fields.add(Long.toUnsignedString(mm.brkStart()));
        // arg_start, arg_end, env_start, env_end, exit_code
        add(fields, 0, 0, 0, 0, 0);
        return fields.toString();
    }

    private static void add(StringJoiner fields, long... values) {
        for (long value : values) {
            fields.add(Long.toString(value));
        }
    }
}
