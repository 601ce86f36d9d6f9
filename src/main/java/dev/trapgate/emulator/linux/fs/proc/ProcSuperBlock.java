package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.fs.Dentry;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.kernel.PidNamespace;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.TaskHost;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The file system of {@code /proc}. */
public final class ProcSuperBlock extends SuperBlock {

    private static final int TEXT = 0444;
    private static final int SETTING = 0644;
    /** What a machine whose threads are Java's own says that it could have. */
    private static final int JAVA_THREADS = 192_000;

    private final long now;
    private final Dentry root;

    /**
     * Makes it.
     *
     * @param device its device number
     * @param now the time, in nanoseconds since 1970
     */
    public ProcSuperBlock(int device, long now) {
        super(device);
        this.now = now;
        this.root = new Dentry(new ProcRoot(this, now, topEntries()), "/");
    }

    /** {@return its root directory} */
    public Dentry root() {
        return root;
    }

    @Override
    public long magic() {
        return PROC_SUPER_MAGIC;
    }

    private Map<String, Inode> topEntries() {
        Map<String, Inode> entries = new LinkedHashMap<>();
        entries.put("cpuinfo", text(TEXT, CpuInfo::text));
        entries.put("filesystems", text(TEXT, task -> "nodev\tproc\nnodev\ttmpfs\nnodev\tdevtmpfs\n"));
        entries.put("meminfo", text(TEXT, SystemText::meminfo));
        entries.put("mounts", new ProcLink(this, now, task -> "self/mounts"));
        entries.put("sys", directory(Map.of("kernel", directory(kernelSettings()), "fs", directory(fsSettings()))));
        entries.put("uptime", text(TEXT, SystemText::uptime));
        entries.put("version", text(TEXT, SystemText::version));
        entries.put(
                "self",
                new ProcLink(this, now, task -> String.valueOf(task.process().tgid())));
        entries.put(
                "thread-self", new ProcLink(this, now, task -> task.process().tgid() + "/task/" + task.tid()));
        return entries;
    }

    private Map<String, Inode> kernelSettings() {
        Map<String, Inode> entries = new LinkedHashMap<>();
        entries.put("cap_last_cap", text(TEXT, task -> "40\n"));
        entries.put("domainname", text(SETTING, task -> task.process().utsName().domainname() + '\n'));
        entries.put("hostname", text(SETTING, task -> task.process().utsName().nodename() + '\n'));
        entries.put("ngroups_max", text(TEXT, task -> "65536\n"));
        entries.put("osrelease", text(TEXT, task -> task.process().utsName().release() + '\n'));
        entries.put("ostype", text(TEXT, task -> task.process().utsName().sysname() + '\n'));
        entries.put("overflowgid", text(SETTING, task -> "65534\n"));
        entries.put("overflowuid", text(SETTING, task -> "65534\n"));
        entries.put("pid_max", text(SETTING, task -> PidNamespace.PID_MAX + "\n"));
        entries.put("randomize_va_space", text(SETTING, task -> "0\n"));
        entries.put("threads-max", text(SETTING, task -> threadsMax(task) + "\n"));
        entries.put("version", text(TEXT, task -> task.process().utsName().version() + '\n'));
        return entries;
    }

    private Map<String, Inode> fsSettings() {
        Map<String, Inode> entries = new LinkedHashMap<>();
        entries.put("nr_open", text(SETTING, task -> "1048576\n"));
        entries.put("pipe-max-size", text(SETTING, task -> "1048576\n"));
        entries.put("protected_hardlinks", text(SETTING, task -> "1\n"));
        entries.put("protected_symlinks", text(SETTING, task -> "0\n"));
        return entries;
    }

    private static int threadsMax(Task task) {
        TaskHost host = task.process().globals().host();
        return host == null ? JAVA_THREADS : host.threadsMax();
    }

    private Inode text(int permissions, Function<Task, String> text) {
        return new ProcFile(this, now, permissions, text);
    }

    private Inode directory(Map<String, Inode> entries) {
        return new ProcDirectory(this, now, entries);
    }
}
