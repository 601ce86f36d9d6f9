package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.UtsName;
import java.util.Locale;

/** What {@code /proc} says of the whole system. */
final class SystemText {

    private static final long PAGE_KIB = 4;
    private static final double NSEC_PER_SEC = 1e9;

    private SystemText() {}

    /** {@return {@code /proc/version}: fs/proc/version.c} */
    static String version(Task task) {
        UtsName name = task.process().utsName();
        return name.sysname() + " version " + name.release() + " (trapgate@java) (no compiler) " + name.version()
                + '\n';
    }

    /** {@return {@code /proc/uptime}: fs/proc/uptime.c} */
    static String uptime(Task task) {
        double seconds = task.process().timekeeper().monotonic() / NSEC_PER_SEC;
        return String.format(Locale.ROOT, "%.2f %.2f%n", seconds, 0.0).replace(System.lineSeparator(), "\n");
    }

    /** {@return {@code /proc/meminfo}: fs/proc/meminfo.c, its first lines} */
    static String meminfo(Task task) {
        long total = task.process().mm().pageLimit() * PAGE_KIB;
        long free = task.process().mm().freePages() * PAGE_KIB;
        return String.format(
                Locale.ROOT,
                "MemTotal:       %8d kB\nMemFree:        %8d kB\nMemAvailable:   %8d kB\n",
                total,
                free,
                free);
    }

    /** {@return {@code /proc/self/mounts}: fs/proc_namespace.c} */
    static String mounts(Task task) {
        boolean own = !task.process().fs().root().mount().superBlock().isReadOnly();
        String root = own
                ? "tmpfs / tmpfs rw,relatime 0 0\n"
                : "hostfs / hostfs ro,nosuid,nodev,relatime 0 0\ntmpfs /tmp tmpfs rw,relatime 0 0\n";
        return root + """
                devtmpfs /dev devtmpfs rw,relatime 0 0
                tmpfs /dev/shm tmpfs rw,relatime 0 0
                proc /proc proc rw,relatime 0 0
                """;
    }
}
