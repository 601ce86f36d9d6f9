package dev.trapgate.emulator.linux.fs;

/**
 * A place in the tree of files: {@code struct path}.
 *
 * @param mount on which mounted file system
 * @param dentry which name there
 */
public record Path(Mount mount, Dentry dentry) {

    /** {@return the file there} */
    public Inode inode() {
        return dentry.inode();
    }
}
