package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.fs.Dentry;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process's or a thread's directory, which with all in it belongs to the process's user: {@code pid_revalidate} of
 * fs/proc/base.c.
 */
final class ProcProcess extends ProcDirectory {

    private final Supplier<Task> task;

    ProcProcess(SuperBlock superBlock, long now, Map<String, Inode> entries, Supplier<Task> task) {
        super(superBlock, now, entries);
        this.task = task;
    }

    @Override
    public @Nullable Dentry lookup(Task current, Dentry self, String name) {
        Dentry found = super.lookup(current, self, name);
        if (found != null) {
            own(found.inode());
        }
        return found;
    }

    /** Gives a file to the process's user: {@code task_dump_owner}. */
    void own(Inode inode) {
        own(task.get(), inode);
    }

    static void own(Task task, Inode inode) {
        Credentials user = task.credentials();
        inode.setOwner(user.euid(), user.egid());
    }
}
