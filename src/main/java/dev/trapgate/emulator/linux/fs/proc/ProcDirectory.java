package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.fs.Dentry;
import dev.trapgate.emulator.linux.fs.DirContext;
import dev.trapgate.emulator.linux.fs.Directory;
import dev.trapgate.emulator.linux.fs.DirectoryOperations;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A directory of {@code /proc} whose names never change: {@code proc_dir_inode_operations} of fs/proc/generic.c. */
class ProcDirectory extends Directory {

    private static final int PERMISSIONS = 0555;
    private static final int FIRST = 2;

    private final Map<String, Inode> entries;
    private final Map<String, Dentry> known = new ConcurrentHashMap<>();

    /**
     * Makes a directory without a name.
     *
     * @param superBlock where it lives
     * @param now the time, in nanoseconds since 1970
     * @param entries its names, in the order of a listing
     */
    ProcDirectory(SuperBlock superBlock, long now, Map<String, Inode> entries) {
        super(superBlock, S_IFDIR | PERMISSIONS, 0, 0, now);
        this.entries = new LinkedHashMap<>(entries);
        setLinks(2
                + (int) entries.values().stream()
                        .filter(entry -> entry.type() == S_IFDIR)
                        .count());
    }

    @Override
    public @Nullable Dentry lookup(Task current, Dentry self, String name) {
        Inode inode = entries.get(name);
        return inode == null ? null : dentry(inode, self, name);
    }

    /** {@return the one dentry of a name} */
    final Dentry dentry(Inode inode, Dentry self, String name) {
        return known.computeIfAbsent(name, absent -> new Dentry(inode, self, name));
    }

    /** {@return its names with what they lead to, in the order of a listing} */
    Map<String, Inode> entries(Task current) {
        return entries;
    }

    @Override
    public final void iterate(Task current, File file, DirContext context) {
        if (!context.emitDots(file.path().dentry())) {
            return;
        }
        int index = FIRST;
        for (Map.Entry<String, Inode> entry : entries(current).entrySet()) {
            if (index++ < context.position()) {
                continue;
            }
            Inode inode = entry.getValue();
            if (!context.emit(entry.getKey(), inode.number(), DirContext.type(inode))) {
                return;
            }
            context.setPosition(index);
        }
    }

    @Override
    public final FileOperations operations() {
        return DirectoryOperations.SEEKABLE;
    }
}
