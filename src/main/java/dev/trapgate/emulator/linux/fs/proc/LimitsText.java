package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.kernel.ResourceLimits;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Limit;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Resource;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.Locale;

/** {@code /proc/self/limits}: {@code proc_pid_limits} of fs/proc/base.c, Linux 6.18. */
final class LimitsText {

    private static final String ROW = "%-25s %-20s %-20s ";

    private LimitsText() {}

    /** {@return the text, a row for each limit} */
    static String of(Task task) {
        StringBuilder text = new StringBuilder();
        row(text, "Limit", "Soft Limit", "Hard Limit", "Units");
        for (Resource resource : Resource.values()) {
            Limit limit = task.process().limits().get(resource);
            row(text, name(resource), number(limit.soft()), number(limit.hard()), unit(resource));
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, String soft, String hard, String unit) {
        text.append(String.format(Locale.ROOT, ROW, name, soft, hard));
        text.append(unit.isEmpty() ? "" : String.format(Locale.ROOT, "%-10s", unit)).append('\n');
    }

    private static String number(long limit) {
        return limit == ResourceLimits.RLIM_INFINITY ? "unlimited" : Long.toUnsignedString(limit);
    }

    private static String name(Resource resource) {
        return switch (resource) {
            case RLIMIT_CPU -> "Max cpu time";
            case RLIMIT_FSIZE -> "Max file size";
            case RLIMIT_DATA -> "Max data size";
            case RLIMIT_STACK -> "Max stack size";
            case RLIMIT_CORE -> "Max core file size";
            case RLIMIT_RSS -> "Max resident set";
            case RLIMIT_NPROC -> "Max processes";
            case RLIMIT_NOFILE -> "Max open files";
            case RLIMIT_MEMLOCK -> "Max locked memory";
            case RLIMIT_AS -> "Max address space";
            case RLIMIT_LOCKS -> "Max file locks";
            case RLIMIT_SIGPENDING -> "Max pending signals";
            case RLIMIT_MSGQUEUE -> "Max msgqueue size";
            case RLIMIT_NICE -> "Max nice priority";
            case RLIMIT_RTPRIO -> "Max realtime priority";
            case RLIMIT_RTTIME -> "Max realtime timeout";
        };
    }

    private static String unit(Resource resource) {
        return switch (resource) {
            case RLIMIT_CPU -> "seconds";
            case RLIMIT_NPROC -> "processes";
            case RLIMIT_NOFILE -> "files";
            case RLIMIT_LOCKS -> "locks";
            case RLIMIT_SIGPENDING -> "signals";
            case RLIMIT_RTTIME -> "us";
            case RLIMIT_NICE, RLIMIT_RTPRIO -> "";
            default -> "bytes";
        };
    }
}
