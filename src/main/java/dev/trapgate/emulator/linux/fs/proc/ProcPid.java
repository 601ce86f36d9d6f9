package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.Path;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a process's or a thread's directory has: {@code tgid_base_stuff} and {@code tid_base_stuff} of fs/proc/base.c. */
final class ProcPid {

    private static final int TEXT = 0444;
    private static final int SETTING = 0644;
    private static final int PRIVATE = 0400;

    private final SuperBlock superBlock;
    private final long now;
    private final KernelProcess process;
    private final Supplier<Task> task;

    private ProcPid(SuperBlock superBlock, long now, KernelProcess process, Supplier<Task> task) {
        this.superBlock = superBlock;
        this.now = now;
        this.process = process;
        this.task = task;
    }

    /** {@return a process's directory} */
    static ProcProcess ofProcess(SuperBlock superBlock, long now, KernelProcess process) {
        Supplier<Task> first = process::representative;
        Map<String, Inode> entries = new ProcPid(superBlock, now, process, first).entries();
        entries.put("task", new ProcTasks(superBlock, now, process));
        return new ProcProcess(superBlock, now, entries, first);
    }

    /** {@return a thread's directory} */
    static ProcProcess ofTask(SuperBlock superBlock, long now, Task task) {
        return new ProcProcess(
                superBlock, now, new ProcPid(superBlock, now, task.process(), () -> task).entries(), () -> task);
    }

    private Map<String, Inode> entries() {
        Map<String, Inode> entries = new LinkedHashMap<>();
        entries.put("auxv", text(PRIVATE, ProcessText::auxv));
        entries.put("cmdline", text(TEXT, ProcessText::cmdline));
        entries.put("comm", text(SETTING, ProcessText::comm));
        entries.put("cwd", link(of -> of.process().fs().pwd()));
        entries.put("exe", link(ProcessText::executable));
        entries.put("fd", new ProcDescriptors(superBlock, now, task));
        entries.put("limits", text(TEXT, LimitsText::of));
        // Nobody has logged in: AUDIT_UID_UNSET.
        entries.put("loginuid", text(TEXT, of -> "4294967295"));
        entries.put("maps", text(TEXT, ProcessText::maps));
        entries.put("mounts", text(TEXT, SystemText::mounts));
        entries.put("root", link(of -> of.process().fs().root()));
        entries.put("stat", text(TEXT, ProcessStat::of));
        entries.put("status", text(TEXT, ProcessStatus::of));
        return entries;
    }

    private Inode text(int permissions, Function<Task, String> text) {
        return new ProcFile(superBlock, now, permissions, reader -> text.apply(task.get()));
    }

    /** A process that has ended leads nowhere. */
    private Inode link(Function<Task, @Nullable Path> place) {
        return new ProcPathLink(superBlock, now, reader -> process.exit() != null ? null : place.apply(task.get()));
    }
}
