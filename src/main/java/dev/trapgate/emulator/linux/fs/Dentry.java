package dev.trapgate.emulator.linux.fs;

/**
 * A name in a directory: {@code struct dentry}. A file has one for each of its names. Names are bytes, kept as characters
 * 0 to 255.
 */
public final class Dentry {

    private final Inode inode;
    private volatile Dentry parent;
    private volatile String name;

    /**
     * Names a file.
     *
     * @param inode the file
     * @param parent the directory that holds the name
     * @param name the name
     */
    public Dentry(Inode inode, Dentry parent, String name) {
        this.inode = inode;
        this.parent = parent;
        this.name = name;
    }

    /**
     * Names a file that has no directory: a root, a pipe, a memfd.
     *
     * @param inode the file
     * @param name what /proc shows
     */
    public Dentry(Inode inode, String name) {
        this.inode = inode;
        this.name = name;
        this.parent = this;
    }

    /** {@return the file} */
    public Inode inode() {
        return inode;
    }

    /** {@return the directory that holds the name; itself for a root} */
    public Dentry parent() {
        return parent;
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** Moves it: {@code d_move}. */
    void move(Dentry directory, String newName) {
        parent = directory;
        name = newName;
    }
}
