package dev.trapgate.emulator.linux.fs;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells those that watch files and directories what happens to them: fs/notify/fsnotify.c and
 * include/linux/fsnotify.h, Linux 6.18. Only {@link Inotify} watches. While nothing of a file system is watched, all this
 * costs is a look at {@link SuperBlock#isWatched}.
 */
public final class Fsnotify {

    static final int FS_ACCESS = 1;
    /** A file was written or its size changed. */
    public static final int FS_MODIFY = 2;
    /** Mode, owner, times, count of names or extended attributes changed. */
    public static final int FS_ATTRIB = 4;

    static final int FS_CLOSE_WRITE = 8;
    static final int FS_CLOSE_NOWRITE = 0x10;
    static final int FS_OPEN = 0x20;
    static final int FS_MOVED_FROM = 0x40;
    static final int FS_MOVED_TO = 0x80;
    static final int FS_CREATE = 0x100;
    static final int FS_DELETE = 0x200;
    static final int FS_DELETE_SELF = 0x400;
    static final int FS_MOVE_SELF = 0x800;
    static final int FS_ISDIR = 0x4000_0000;

    /** What a directory's watchers hear of the files in it: FS_EVENTS_POSS_ON_CHILD. */
    private static final int ON_CHILD = FS_ACCESS | FS_MODIFY | FS_ATTRIB | FS_CLOSE_WRITE | FS_CLOSE_NOWRITE | FS_OPEN;

    private static final AtomicInteger COOKIES = new AtomicInteger();

    /** Whether an event is of an open file, which a watch can leave out once the file has no name. */
    private enum Source {
        /** It is: FSNOTIFY_EVENT_PATH. */
        OPEN_FILE,
        /** It is of a name or a file: FSNOTIFY_EVENT_DENTRY, FSNOTIFY_EVENT_INODE. */
        NAME
    }

    private Fsnotify() {}

    /** Something was done by an open file: {@code fsnotify_file}. */
    static void file(File file, int mask) {
        Dentry dentry = file.path().dentry();
        if (dentry.inode().superBlock().isWatched() && !file.isPathOnly()) {
            both(dentry, mask, Source.OPEN_FILE);
        }
    }

    /** A file was opened: {@code fsnotify_open}. */
    static void open(File file) {
        file(file, FS_OPEN);
    }

    /** The last descriptor and mapping of an open file are gone: {@code fsnotify_close}. */
    static void close(File file) {
        file(file, file.mayWrite() ? FS_CLOSE_WRITE : FS_CLOSE_NOWRITE);
    }

    /** Something was read: {@code fsnotify_access}. */
    static void access(File file) {
        file(file, FS_ACCESS);
    }

    /** Something was written: {@code fsnotify_modify}. */
    static void modify(File file) {
        file(file, FS_MODIFY);
    }

    /** A file's attributes changed: {@code fsnotify_dentry}, of which {@code fsnotify_change} makes use. */
    public static void dentry(Dentry dentry, int mask) {
        if (mask != 0 && dentry.inode().superBlock().isWatched()) {
            both(dentry, mask, Source.NAME);
        }
    }

    /** {@code fsnotify_parent}: the directory's watchers hear it with the name, then the file's own without. */
    private static void both(Dentry dentry, int mask, Source source) {
        Inode inode = dentry.inode();
        int told = mask | directory(inode);
        boolean leftOut = source == Source.OPEN_FILE && dentry.isUnlinked();
        if (!dentry.isRoot() && !isQuietOnChild(inode, mask)) {
            for (InotifyWatch watch : dentry.parent().inode().watches()) {
                if (!(leftOut && watch.excludesUnlinked())) {
                    watch.tell(told & (ON_CHILD | FS_ISDIR), dentry.name(), 0);
                }
            }
        }
        for (InotifyWatch watch : inode.watches()) {
            if (!(leftOut && watch.excludesUnlinked())) {
                watch.tell(told, "", 0);
            }
        }
    }

    /** A directory's watchers do not hear of reads and writes of pipes, devices and sockets in it. */
    private static boolean isQuietOnChild(Inode inode, int mask) {
        int type = inode.type();
        boolean isSpecial = type != Inode.S_IFREG && type != Inode.S_IFDIR && type != Inode.S_IFLNK;
        return isSpecial && (mask & (FS_ACCESS | FS_MODIFY)) != 0;
    }

    private static int directory(Inode inode) {
        return inode.type() == Inode.S_IFDIR ? FS_ISDIR : 0;
    }

    /** Something happened to a file, which only its own watchers hear: {@code fsnotify_inode}. */
    static void inode(Inode inode, int mask) {
        if (inode.superBlock().isWatched()) {
            inode.watches().forEach(watch -> watch.tell(mask | directory(inode), "", 0));
        }
    }

    /** The count of a file's names changed: {@code fsnotify_link_count}. */
    static void linkCount(Inode inode) {
        inode(inode, FS_ATTRIB);
    }

    /** A name came or went: {@code fsnotify_name}. */
    private static void name(Inode directory, int mask, Inode what, String name, int cookie) {
        directory.watches().forEach(watch -> watch.tell(mask | directory(what), name, cookie));
    }

    /** A name was made: {@code fsnotify_create}, {@code fsnotify_mkdir}. */
    static void create(Dentry made) {
        Inode directory = made.parent().inode();
        if (directory.superBlock().isWatched()) {
            name(directory, FS_CREATE, made.inode(), made.name(), 0);
        }
    }

    /** A name was removed: {@code d_delete_notify}. The file may have ended before. */
    static void delete(Dentry removed) {
        Inode directory = removed.parent().inode();
        if (directory.superBlock().isWatched()) {
            ended(removed);
            name(directory, FS_DELETE, removed.inode(), removed.name(), 0);
        }
    }

    /** A removed name may have been the last that anybody used of a file: {@code fsnotify_inoderemove}. */
    static void ended(Dentry unused) {
        Inode inode = unused.inode();
        if (unused.isUnlinked() && !unused.isUsed() && inode.links() == 0) {
            inode(inode, FS_DELETE_SELF);
            inode.watches().forEach(InotifyWatch::remove);
        }
    }

    /** Where a name was, for {@link #move}. */
    record Place(Dentry directory, String name) {

        static Place of(Dentry dentry) {
            return new Place(dentry.parent(), dentry.name());
        }
    }

    /** A name was moved: {@code fsnotify_move}, but for what it replaced. */
    static void move(Place from, Dentry moved) {
        Inode source = moved.inode();
        if (source.superBlock().isWatched()) {
            int cookie = COOKIES.incrementAndGet();
            name(from.directory().inode(), FS_MOVED_FROM, source, from.name(), cookie);
            name(moved.parent().inode(), FS_MOVED_TO, source, moved.name(), cookie);
        }
    }

    /** A file was moved, and its watchers hear it last. */
    static void moveSelf(Inode source) {
        inode(source, FS_MOVE_SELF);
    }
}
