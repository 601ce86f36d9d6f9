package dev.trapgate.emulator.linux.fs.tmpfs;

import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a directory shows of the lower layer: the directory of the other machine that was there first. It stays that one, wherever
 * the directory here is moved.
 */
final class LowerDirectory {

    private final LowerLayer layer;
    private final List<String> path;

    LowerDirectory(LowerLayer layer, List<String> path) {
        this.layer = layer;
        this.path = path;
    }

    /** {@return a new inode for a name, the one of another name if that is a hard link; null if there is none} */
    @Nullable
    Inode find(String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return layer.inode(List.copyOf(below));
    }

    /** {@return its names in any order} */
    List<String> names() throws HostFileException {
        return layer.tree().names(path);
    }
}
