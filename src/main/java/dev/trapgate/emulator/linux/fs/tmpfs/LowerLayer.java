package dev.trapgate.emulator.linux.fs.tmpfs;

import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.linux.drivers.CharacterDevices;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.FileSpace;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.SpecialFiles;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileStatus;
import dev.trapgate.emulator.linux.fs.hostfs.HostTree;
import dev.trapgate.emulator.linux.fs.hostfs.HostfsStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of the other machine that a file system in memory begins with: the lower layer of fs/overlayfs, which is only read.
 * A file becomes an inode of the upper layer, this file system's own, as soon as its name is seen; its contents come up when they
 * are first changed.
 */
final class LowerLayer {

    /** Which file hard links lead to: numbers are given out again, but not to one made at the same time. */
    private record Link(Object identity, long btime, int type) {}

    private final TmpfsSuperBlock superBlock;
    private final HostTree tree;
    private final Map<Link, Inode> links = new HashMap<>();

    LowerLayer(TmpfsSuperBlock superBlock, HostTree tree) {
        this.superBlock = superBlock;
        this.tree = tree;
    }

    HostTree tree() {
        return tree;
    }

    /** {@return the root directory} */
    TmpfsDirectory root() throws HostFileException {
        HostFileStatus status = tree.status(List.of());
        if ((status.mode() & Inode.S_IFMT) != Inode.S_IFDIR) {
            throw new HostFileException(Errno.ENOTDIR, "it is no directory");
        }
        return directory(List.of(), status);
    }

    /** {@return an inode for a file, the one that it has if it is a hard link; null if there is none, or it cannot be had} */
    @Nullable
    Inode inode(List<String> path) {
        try {
            HostFileStatus status = tree.status(path);
            int type = status.mode() & Inode.S_IFMT;
            boolean isLinked = status.links() > 1 && type != Inode.S_IFDIR;
            Inode inode = isLinked
                    ? linked(new Link(status.identity(), status.btime(), type), path, status)
                    : make(path, status);
            inode.chargeAnyhow(FileSpace.INODE);
            return inode;
        } catch (HostFileException absent) {
            return null;
        }
    }

    private synchronized Inode linked(Link link, List<String> path, HostFileStatus status) throws HostFileException {
        Inode known = links.get(link);
        if (known == null || known.links() == 0) {
            known = make(path, status);
            links.put(link, known);
        }
        return known;
    }

    private Inode make(List<String> path, HostFileStatus status) throws HostFileException {
        InodeOwner owner = owner(status);
        Inode made =
                switch (status.mode() & Inode.S_IFMT) {
                    case Inode.S_IFDIR -> directory(path, status);
                    case Inode.S_IFLNK -> new TmpfsSymlink(superBlock, owner, tree.target(path));
                    case Inode.S_IFREG ->
                        new TmpfsFile(superBlock, owner, status.mode(), new LowerFile(tree, path, status));
                    default -> special(owner, status);
                };
        long length = made.size();
        HostfsStatus.apply(made, status);
        if (made.type() == Inode.S_IFLNK) {
            // Some of the other machine's file systems do not say it.
            made.setSize(length);
        }
        return made;
    }

    private TmpfsDirectory directory(List<String> path, HostFileStatus status) {
        TmpfsDirectory made =
                new TmpfsDirectory(superBlock, owner(status), status.mode(), new LowerDirectory(this, path));
        HostfsStatus.apply(made, status);
        return made;
    }

    /** A device there is shown and never opened; a FIFO's name leads to a pipe of this kernel's own. */
    private TmpfsSpecial special(InodeOwner owner, HostFileStatus status) {
        int type = status.mode() & Inode.S_IFMT;
        boolean isDevice = type == Inode.S_IFCHR || type == Inode.S_IFBLK;
        FileOperations operations = isDevice ? SpecialFiles.NODEV : SpecialFiles.operations(type, 0);
        int device = CharacterDevices.number(status.major(), status.minor());
        return new TmpfsSpecial(superBlock, owner, status.mode(), device, operations);
    }

    private static InodeOwner owner(HostFileStatus status) {
        return new InodeOwner(status.uid(), status.gid(), status.btime());
    }
}
