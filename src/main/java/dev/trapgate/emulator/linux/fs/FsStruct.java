package dev.trapgate.emulator.linux.fs;

import java.util.concurrent.atomic.AtomicInteger;

/** Where a process stands in the tree of files: {@code struct fs_struct}. */
public final class FsStruct {

    private volatile Path root;
    private volatile Path pwd;
    private final AtomicInteger umask = new AtomicInteger(022);
    private final AtomicInteger users = new AtomicInteger(1);

    /** Begins with a root and a working directory. */
    public FsStruct(Path root, Path pwd) {
        this.root = root;
        this.pwd = pwd;
        root.dentry().acquire();
        pwd.dentry().acquire();
    }

    /** {@return the same for a child: {@code copy_fs_struct}} */
    public synchronized FsStruct copy() {
        FsStruct copy = new FsStruct(root, pwd);
        copy.umask.set(umask.get());
        return copy;
    }

    /** {@return this, which one process more has: CLONE_FS} */
    public FsStruct get() {
        users.incrementAndGet();
        return this;
    }

    /** Notes that one process less has it: {@code exit_fs}. */
    public synchronized void put() {
        if (users.decrementAndGet() == 0) {
            root.dentry().release();
            pwd.dentry().release();
        }
    }

    /** {@return its root directory} */
    public Path root() {
        return root;
    }

    /** Changes its root directory. */
    public synchronized void setRoot(Path value) {
        Path before = root;
        value.dentry().acquire();
        root = value;
        before.dentry().release();
    }

    /** {@return its working directory} */
    public Path pwd() {
        return pwd;
    }

    /** Changes its working directory. */
    public synchronized void setPwd(Path value) {
        Path before = pwd;
        value.dentry().acquire();
        pwd = value;
        before.dentry().release();
    }

    /** {@return the permission bits that new files do not get} */
    public int umask() {
        return umask.get();
    }

    /** {@return the permission bits that new files did not get until now; others take their place} */
    public int exchangeUmask(int value) {
        return umask.getAndSet(value);
    }
}
