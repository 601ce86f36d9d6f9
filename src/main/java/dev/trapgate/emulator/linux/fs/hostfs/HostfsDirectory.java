package dev.trapgate.emulator.linux.fs.hostfs;

import dev.trapgate.emulator.linux.fs.Dentry;
import dev.trapgate.emulator.linux.fs.DirContext;
import dev.trapgate.emulator.linux.fs.Directory;
import dev.trapgate.emulator.linux.fs.DirectoryOperations;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the other machine. Its names are asked for each time; the same file under the same name keeps its dentry as
 * long as anything refers to that: {@code hostfs_lookup}, {@code hostfs_readdir}.
 */
final class HostfsDirectory extends Directory {

    private static final int FIRST = 2;
    /** So many dentries are remembered before those that nothing refers to are swept out. */
    private static final int SWEEP = 256;

    private final HostfsSuperBlock superBlock;
    private final List<String> path;

    // Guarded by this directory's monitor.
    private final Map<String, WeakReference<Dentry>> known = new HashMap<>();
    private final Map<String, Dentry> mountPoints = new TreeMap<>();
    private final Map<File, List<Entry>> listings = new WeakHashMap<>();
    private Object identity;
    private int sweep = SWEEP;

    /** A name as a listing has it. */
    private record Entry(String name, long inode, int type) {}

    HostfsDirectory(HostfsSuperBlock superBlock, List<String> path, HostFileStatus status) {
        super(superBlock, status.inode(), status.mode(), status.btime());
        this.superBlock = superBlock;
        this.path = path;
        this.identity = status.identity();
        HostfsStatus.apply(this, status);
    }

    @Override
    public long blocks() {
        return HostfsStatus.sectors(size());
    }

    @Override
    public synchronized @Nullable Dentry lookup(Task current, Dentry self, String name) {
        Dentry mountPoint = mountPoints.get(name);
        if (mountPoint != null) {
            return mountPoint;
        }
        List<String> below = below(name);
        try {
            return dentry(self, name, below, superBlock.tree().status(below));
        } catch (HostFileException absent) {
            known.remove(name);
            return null;
        }
    }

    private List<String> below(String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return List.copyOf(below);
    }

    private Dentry dentry(Dentry self, String name, List<String> below, HostFileStatus status) {
        WeakReference<Dentry> reference = known.get(name);
        Dentry before = reference == null ? null : reference.get();
        if (before != null && refresh(before.inode(), status)) {
            return before;
        }
        Dentry made = new Dentry(superBlock.inode(below, status), self, name);
        known.put(name, new WeakReference<>(made));
        if (known.size() > sweep) {
            known.values().removeIf(there -> there.refersTo(null));
            sweep = Math.max(SWEEP, 2 * known.size());
        }
        return made;
    }

    /** {@return whether an inode stands for the file that the other machine now has there; it then says the same} */
    private static boolean refresh(Inode inode, HostFileStatus now) {
        if (inode.number() != now.inode() || inode.type() != (now.mode() & S_IFMT)) {
            return false;
        }
        if (inode instanceof HostfsFile file) {
            return file.refresh(now);
        }
        if (inode instanceof HostfsDirectory directory && !directory.is(now.identity())) {
            return false;
        }
        // A link or special file keeps nothing but what is now said anew.
        HostfsStatus.apply(inode, now);
        return true;
    }

    private synchronized boolean is(Object other) {
        return identity.equals(other);
    }

    /** Shows an empty directory under a name, whatever the other machine has there. */
    synchronized Dentry mountPoint(Dentry self, String name, long now) {
        return mountPoints.computeIfAbsent(name, absent -> new Dentry(new MountPoint(superBlock, now), self, absent));
    }

    @Override
    public void iterate(Task current, File file, DirContext context) {
        if (!context.emitDots(file.path().dentry())) {
            return;
        }
        List<Entry> entries = listing(file, context.position() == FIRST);
        while (context.position() - FIRST < entries.size()) {
            Entry entry = entries.get((int) context.position() - FIRST);
            if (!context.emit(entry.name, entry.inode, entry.type)) {
                return;
            }
            context.setPosition(context.position() + 1);
        }
    }

    /** {@return what an open directory lists; looked at anew when it begins} */
    private synchronized List<Entry> listing(File file, boolean anew) {
        List<Entry> entries = anew ? null : listings.get(file);
        if (entries == null) {
            entries = list();
            listings.put(file, entries);
        }
        return entries;
    }

    private List<Entry> list() {
        Map<String, Entry> entries = new TreeMap<>();
        for (String name : names()) {
            try {
                HostFileStatus status = superBlock.tree().status(below(name));
                entries.put(name, new Entry(name, status.inode(), status.mode() >> 12 & 15));
            } catch (HostFileException gone) {
                // It is no longer there.
            }
        }
        mountPoints.forEach((name, dentry) ->
                entries.put(name, new Entry(name, dentry.inode().number(), DirContext.DT_DIR)));
        return entries.values().stream()
                .sorted(Comparator.comparing(Entry::name))
                .toList();
    }

    private List<String> names() {
        try {
            return superBlock.tree().names(path);
        } catch (HostFileException unreadable) {
            return List.of();
        }
    }

    @Override
    public FileOperations operations() {
        return DirectoryOperations.SEEKABLE;
    }

    /** Where another file system is mounted: nobody comes to see it itself. */
    private static final class MountPoint extends Directory {

        private static final int PERMISSIONS = 0755;

        MountPoint(SuperBlock superBlock, long now) {
            super(superBlock, superBlock.nextInodeNumber(), S_IFDIR | PERMISSIONS, now);
            setLinks(2);
        }

        @Override
        public @Nullable Dentry lookup(Task current, Dentry self, String name) {
            return null;
        }

        @Override
        public void iterate(Task current, File file, DirContext context) {
            context.emitDots(file.path().dentry());
        }

        @Override
        public FileOperations operations() {
            return DirectoryOperations.SEEKABLE;
        }
    }
}
