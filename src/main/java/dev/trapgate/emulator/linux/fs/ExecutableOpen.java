package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** Opens a regular file to execute it: {@code do_open_execat} of fs/exec.c, Linux 6.18. */
public final class ExecutableOpen {

    private final PathOpen open;

    /**
     * Prepares to open.
     *
     * @param current the calling task
     */
    public ExecutableOpen(Task current) {
        this(current, Nameidata.AT_FDCWD, LastLink.FOLLOWED);
    }

    /** What becomes of a symbolic link at a path's end. */
    public enum LastLink {
        /** The file that it leads to is opened. */
        FOLLOWED,
        /** It is refused: AT_SYMLINK_NOFOLLOW. */
        REFUSED
    }

    /**
     * Prepares to open.
     *
     * @param current the calling task
     * @param dirfd where a relative path begins
     * @param last what becomes of a symbolic link at the path's end
     */
    public ExecutableOpen(Task current, int dirfd, LastLink last) {
        int lookup = last == LastLink.FOLLOWED ? Nameidata.LOOKUP_FOLLOW : 0;
        open = new PathOpen(current, dirfd, OpenFlags.toExecute(lookup));
    }

    /**
     * Opens.
     *
     * @param name the path, bytes as characters 0 to 255
     * @return 0; an error number negated: EACCES for what is no regular file, or may not be executed
     */
    public long open(String name) {
        return name.isEmpty() ? ErrorNumbers.ENOENT : open.open(name);
    }

    /** {@return the open file, after {@link #open} answered 0; the caller releases it} */
    public File file() {
        return open.file();
    }
}
