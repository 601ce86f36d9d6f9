package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.fs.Dentry;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.Path;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /proc/self/fd}: a link for each descriptor, which leads to its very file (fs/proc/fd.c). */
final class ProcDescriptors extends ProcDirectory {

    private static final int PERMISSIONS = 0500;
    private static final int MAY_READ = 0500;
    private static final int MAY_WRITE = 0300;

    private final long now;
    private final Supplier<Task> task;

    ProcDescriptors(SuperBlock superBlock, long now, Supplier<Task> task) {
        super(superBlock, now, Map.of());
        this.task = task;
        this.now = now;
        setMode(S_IFDIR | PERMISSIONS);
    }

    @Override
    public @Nullable Dentry lookup(Task current, Dentry self, String name) {
        int descriptor = number(name);
        Task of = task.get();
        File file = descriptor < 0 ? null : of.files().getRaw(descriptor);
        if (file == null) {
            return null;
        }
        Inode link = link(file, descriptor);
        ProcProcess.own(of, link);
        file.release();
        return new Dentry(link, self, name);
    }

    private Inode link(File file, int descriptor) {
        int permissions = (file.mayRead() ? MAY_READ : 0) | (file.mayWrite() ? MAY_WRITE : 0);
        return new ProcPathLink(superBlock(), now, permissions, reader -> place(task.get(), descriptor));
    }

    private static @Nullable Path place(Task task, int descriptor) {
        File file = task.files().getRaw(descriptor);
        if (file == null) {
            return null;
        }
        Path path = file.path();
        file.release();
        return path;
    }

    /** {@return the number that a name is, without sign and leading zeros; −1 if it is none: {@code name_to_int}} */
    static int number(String name) {
        boolean digits = name.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean plain = digits && (name.equals("0") || !name.startsWith("0")) && name.length() < 10;
        return plain ? Integer.parseInt(name) : -1;
    }

    @Override
    Map<String, Inode> entries(Task current) {
        Map<String, Inode> all = new LinkedHashMap<>();
        Task of = task.get();
        int descriptor = of.files().nextOpen(0);
        while (descriptor >= 0) {
            File file = of.files().getRaw(descriptor);
            if (file != null) {
                all.put(String.valueOf(descriptor), link(file, descriptor));
                file.release();
            }
            descriptor = of.files().nextOpen(descriptor + 1);
        }
        return all;
    }
}
