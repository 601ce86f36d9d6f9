package dev.trapgate.emulator.linux.fs;

/** Where a directory's names go, and how far the listing has come: {@code struct dir_context}. */
public abstract class DirContext {

    /** Type of an entry that is a directory: DT_DIR. */
    public static final int DT_DIR = 4;

    private long position;

    /**
     * Begins a listing.
     *
     * @param position the directory's position
     */
    protected DirContext(long position) {
        this.position = position;
    }

    /** {@return the position of the entry that is next: {@code pos}} */
    public final long position() {
        return position;
    }

    /** Moves on. */
    public final void setPosition(long value) {
        position = value;
    }

    /**
     * Takes an entry: {@code actor}.
     *
     * @param name its name
     * @param inodeNumber its inode's number
     * @param type DT_* number
     * @return whether there was room for it
     */
    public abstract boolean emit(String name, long inodeNumber, int type);

    /**
     * Takes {@code .} and {@code ..} if they are next: {@code dir_emit_dots}.
     *
     * @param self the directory's name
     * @return whether there was room for them
     */
    public final boolean emitDots(Dentry self) {
        if (position == 0) {
            if (!emit(".", self.inode().number(), DT_DIR)) {
                return false;
            }
            position = 1;
        }
        if (position == 1) {
            if (!emit("..", self.parent().inode().number(), DT_DIR)) {
                return false;
            }
            position = 2;
        }
        return true;
    }

    /** {@return the DT_* number of a file's type} */
    public static int type(Inode inode) {
        return inode.mode() >> 12 & 15;
    }
}
