package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.fs.Dentry;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A process's directory, which with all in it belongs to the process's user: {@code pid_revalidate} of fs/proc/base.c. */
final class ProcProcess extends ProcDirectory {

    ProcProcess(SuperBlock superBlock, long now, Map<String, Inode> entries) {
        super(superBlock, now, entries);
    }

    @Override
    public @Nullable Dentry lookup(Task current, Dentry self, String name) {
        Dentry found = super.lookup(current, self, name);
        if (found != null) {
            own(current, found.inode());
        }
        return found;
    }

    /** Gives a file to a process's user: {@code task_dump_owner}. */
    static void own(Task current, Inode inode) {
        Credentials user = current.credentials();
        inode.setOwner(user.euid(), user.egid());
    }
}
