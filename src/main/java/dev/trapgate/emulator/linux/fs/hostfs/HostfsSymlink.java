package dev.trapgate.emulator.linux.fs.hostfs;

import dev.trapgate.emulator.linux.fs.SymbolicLink;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A symbolic link of the other machine, which leads to where the emulated machine has what it says. */
final class HostfsSymlink extends SymbolicLink {

    private final HostfsSuperBlock superBlock;
    private final List<String> path;

    HostfsSymlink(HostfsSuperBlock superBlock, List<String> path, HostFileStatus status) {
        super(superBlock, status.inode(), status.mode(), status.btime());
        this.superBlock = superBlock;
        this.path = path;
        HostfsStatus.apply(this, status);
    }

    @Override
    public @Nullable String target(Task current) {
        try {
            return superBlock.tree().target(path);
        } catch (HostFileException gone) {
            return null;
        }
    }
}
