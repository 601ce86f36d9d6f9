package dev.trapgate.emulator.linux.fs;

/** Where a process stands in the tree of files: {@code struct fs_struct}. */
public final class FsStruct {

    private volatile Path root;
    private volatile Path pwd;
    private volatile int umask = 022;

    /** Begins with a root and a working directory. */
    public FsStruct(Path root, Path pwd) {
        this.root = root;
        this.pwd = pwd;
    }

    /** {@return its root directory} */
    public Path root() {
        return root;
    }

    /** Changes its root directory. */
    public void setRoot(Path value) {
        root = value;
    }

    /** {@return its working directory} */
    public Path pwd() {
        return pwd;
    }

    /** Changes its working directory. */
    public void setPwd(Path value) {
        pwd = value;
    }

    /** {@return the permission bits that new files do not get} */
    public int umask() {
        return umask;
    }

    /** Changes the permission bits that new files do not get. */
    public void setUmask(int value) {
        umask = value;
    }
}
