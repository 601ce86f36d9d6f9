package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.fs.Dentry;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** A process's threads: {@code proc_task_readdir} of fs/proc/base.c. */
final class ProcTasks extends ProcDirectory {

    private final KernelProcess process;
    private final long now;
    private final Map<Task, ProcProcess> known = new WeakHashMap<>();

    ProcTasks(SuperBlock superBlock, long now, KernelProcess process) {
        super(superBlock, now, Map.of());
        this.process = process;
        this.now = now;
    }

    @Override
    public @Nullable Dentry lookup(Task current, Dentry self, String name) {
        int tid = ProcDescriptors.number(name);
        Task task = tid < 0 ? null : process.task(tid);
        if (task == null) {
            return null;
        }
        ProcProcess directory = directory(task);
        directory.own(directory);
        return new Dentry(directory, self, name);
    }

    @Override
    Map<String, Inode> entries(Task current) {
        Map<String, Inode> all = new LinkedHashMap<>();
        process.tasksInOrder().forEach(task -> all.put(String.valueOf(task.tid()), directory(task)));
        return all;
    }

    private synchronized ProcProcess directory(Task task) {
        return known.computeIfAbsent(task, made -> ProcPid.ofTask(superBlock(), now, made));
    }
}
