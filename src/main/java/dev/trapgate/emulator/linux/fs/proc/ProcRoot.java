package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.fs.Dentry;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /proc} itself: what is the same for all, and the caller's process under its number. */
final class ProcRoot extends ProcDirectory {

    private final ProcProcess process;

    /**
     * Makes the root.
     *
     * @param superBlock where it lives
     * @param now the time, in nanoseconds since 1970
     * @param entries what is the same for all
     * @param processEntries what a process has
     */
    ProcRoot(SuperBlock superBlock, long now, Map<String, Inode> entries, Map<String, Inode> processEntries) {
        super(superBlock, now, entries);
        this.process = new ProcProcess(superBlock, now, processEntries);
    }

    @Override
    public @Nullable Dentry lookup(Task current, Dentry self, String name) {
        if (!name.equals(number(current))) {
            return super.lookup(current, self, name);
        }
        ProcProcess.own(current, process);
        return dentry(process, self, name);
    }

    @Override
    Map<String, Inode> entries(Task current) {
        Map<String, Inode> all = new LinkedHashMap<>(super.entries(current));
        all.put(number(current), process);
        return all;
    }

    private static String number(Task current) {
        return String.valueOf(current.process().tgid());
    }
}
