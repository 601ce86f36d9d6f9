package dev.trapgate.emulator.linux.fs;

/** A file that an {@link Inotify} watches: {@code struct inotify_inode_mark} of fs/notify/inotify. */
final class InotifyWatch {

    private static final int IN_EXCL_UNLINK = 0x0400_0000;
    private static final int IN_ONESHOT = 0x8000_0000;
    private static final int FLAGS = IN_EXCL_UNLINK | IN_ONESHOT;

    private final Inotify inotify;
    private final int descriptor;
    private final Inode inode;
    private volatile int mask;

    /**
     * Makes a watch.
     *
     * @param inotify whose it is
     * @param descriptor its number there, 1 or more
     * @param inode what is watched
     * @param mask IN_* bits as inotify_add_watch(2) has them
     */
    InotifyWatch(Inotify inotify, int descriptor, Inode inode, int mask) {
        this.inotify = inotify;
        this.descriptor = descriptor;
        this.inode = inode;
        this.mask = kept(mask);
    }

    private static int kept(int given) {
        return given & (Inotify.IN_ALL_EVENTS | FLAGS);
    }

    /** {@return its number: the watch descriptor} */
    int descriptor() {
        return descriptor;
    }

    /** {@return what is watched} */
    Inode inode() {
        return inode;
    }

    /** Wants other events. */
    void replace(int given) {
        mask = kept(given);
    }

    /** Wants more events: IN_MASK_ADD. */
    void add(int given) {
        int before = mask;
        mask = before | kept(given);
    }

    /** {@return whether files that have lost their names are left out: IN_EXCL_UNLINK} */
    boolean excludesUnlinked() {
        return (mask & IN_EXCL_UNLINK) != 0;
    }

    /**
     * Hears of an event: {@code inotify_handle_inode_event}.
     *
     * @param happened FS_* bits
     * @param name the name in the watched directory; empty if it is about the watched file itself
     * @param cookie what joins the two events of a move; else 0
     */
    void tell(int happened, String name, int cookie) {
        if ((happened & mask & Inotify.IN_ALL_EVENTS) == 0) {
            return;
        }
        boolean isOver = (happened & (Fsnotify.FS_MOVE_SELF | Fsnotify.FS_DELETE_SELF)) != 0;
        int told = isOver ? happened & ~Fsnotify.FS_ISDIR : happened;
        inotify.queue(new InotifyEvent(descriptor, told, cookie, name));
        if ((mask & IN_ONESHOT) != 0) {
            remove();
        }
    }

    /** Ends it, which its reader is told. */
    void remove() {
        inotify.remove(this);
    }
}
