package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.fs.Path;
import dev.trapgate.emulator.linux.fs.PathText;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.fs.SymbolicLink;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A link that leads to a file itself, whatever its name says: {@code proc_pid_link_inode_operations} of fs/proc/base.c. */
final class ProcPathLink extends SymbolicLink {

    private static final int SIZE = 64;

    private final Function<Task, @Nullable Path> destination;

    ProcPathLink(SuperBlock superBlock, long now, Function<Task, @Nullable Path> destination) {
        this(superBlock, now, 0777, destination);
        setSize(0);
    }

    /** Makes the link of a descriptor, whose permission bits say how that was opened. */
    ProcPathLink(SuperBlock superBlock, long now, int permissions, Function<Task, @Nullable Path> destination) {
        super(superBlock, S_IFLNK | permissions, 0, 0, now);
        this.destination = destination;
        setLinks(1);
        setSize(SIZE);
    }

    @Override
    public @Nullable String target(Task current) {
        Path path = destination.apply(current);
        return path == null ? null : PathText.shown(path, current.process().fs().root());
    }

    @Override
    public boolean isMagic() {
        return true;
    }

    @Override
    public @Nullable Path jump(Task current) {
        return destination.apply(current);
    }
}
