package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.fs.Dentry;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.PidNamespace;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** {@code /proc} itself: what is the same for all, and each process under its number. */
final class ProcRoot extends ProcDirectory {

    private final long now;
    private final Map<KernelProcess, Dentry> known = new WeakHashMap<>();

    /**
     * Makes the root.
     *
     * @param superBlock where it lives
     * @param now the time, in nanoseconds since 1970
     * @param entries what is the same for all
     */
    ProcRoot(SuperBlock superBlock, long now, Map<String, Inode> entries) {
        super(superBlock, now, entries);
        this.now = now;
    }

    /** A thread's number leads to its process, too, though it is not listed. */
    @Override
    public @Nullable Dentry lookup(Task current, Dentry self, String name) {
        int id = ProcDescriptors.number(name);
        KernelProcess process = id < 0 ? null : pids(current).processOf(id);
        if (process == null) {
            return super.lookup(current, self, name);
        }
        Dentry found = directory(process, self);
        ((ProcProcess) found.inode()).own(found.inode());
        return found;
    }

    @Override
    Map<String, Inode> entries(Task current) {
        Map<String, Inode> all = new LinkedHashMap<>(super.entries(current));
        for (KernelProcess process : pids(current).processes()) {
            Dentry root = ((ProcSuperBlock) superBlock()).root();
            all.put(String.valueOf(process.tgid()), directory(process, root).inode());
        }
        return all;
    }

    private synchronized Dentry directory(KernelProcess process, Dentry self) {
        return known.computeIfAbsent(
                process,
                made -> new Dentry(ProcPid.ofProcess(superBlock(), now, made), self, String.valueOf(made.tgid())));
    }

    private static PidNamespace pids(Task current) {
        return current.process().globals().pids();
    }
}
