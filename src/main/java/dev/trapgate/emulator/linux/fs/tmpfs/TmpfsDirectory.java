package dev.trapgate.emulator.linux.fs.tmpfs;

import dev.trapgate.emulator.linux.fs.Dentry;
import dev.trapgate.emulator.linux.fs.DirContext;
import dev.trapgate.emulator.linux.fs.Directory;
import dev.trapgate.emulator.linux.fs.DirectoryOperations;
import dev.trapgate.emulator.linux.fs.File;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.FileSpace;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.NewName;
import dev.trapgate.emulator.linux.fs.RenameFlags;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.fs.Xattrs;
import dev.trapgate.emulator.linux.fs.hostfs.HostfsStatus;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/** A directory in memory: {@code shmem_dir_inode_operations}. Each name counts 20 bytes of its size. */
public final class TmpfsDirectory extends Directory {

    private static final int BOGO_DIRENT_SIZE = 20;
    private static final int PAGE_SIZE = 4096;
    private static final long DIR_OFFSET_FIRST = 2;
    private static final long DIR_OFFSET_EOD = Integer.MAX_VALUE;

    private final TmpfsNames names;
    private final boolean onDisk;
    private final Xattrs xattrs = new Xattrs();

    /**
     * Makes an empty directory without a name.
     *
     * @param superBlock where it lives
     * @param owner whose it is
     * @param mode permission bits
     */
    TmpfsDirectory(SuperBlock superBlock, InodeOwner owner, int mode) {
        super(superBlock, S_IFDIR | (mode & S_IALLUGO), owner.uid(), owner.gid(), owner.now());
        this.names = new TmpfsNames(null);
        this.onDisk = false;
        setSize(2 * BOGO_DIRENT_SIZE);
        setLinks(2);
    }

    /**
     * Makes a directory with the names of the lower layer, without a name. Its size begins as what is said there.
     */
    TmpfsDirectory(SuperBlock superBlock, InodeOwner owner, int mode, LowerDirectory lower) {
        super(superBlock, S_IFDIR | (mode & S_IALLUGO), owner.uid(), owner.gid(), owner.now());
        this.names = new TmpfsNames(lower);
        this.onDisk = true;
    }

    @Override
    public @Nullable Dentry lookup(Task current, Dentry self, String name) {
        return names.find(self, name);
    }

    @Override
    public boolean creates() {
        return true;
    }

    @Override
    public long mknod(NewName at, int mode, int device) {
        InodeOwner owner = InodeOwner.of(at.current(), this);
        Inode made = (mode & S_IFMT) == S_IFREG
                ? new TmpfsFile(superBlock(), owner, mode, TmpfsSuperBlock.REGULAR)
                : new TmpfsSpecial(superBlock(), owner, mode, device);
        return addCharged(at, made, owner.now());
    }

    @Override
    public long mkdir(NewName at, int mode) {
        InodeOwner owner = InodeOwner.of(at.current(), this);
        TmpfsDirectory made = new TmpfsDirectory(superBlock(), owner, mode | (mode() & S_ISGID));
        long error = addCharged(at, made, owner.now());
        countDirectories(error == 0 ? 1 : 0);
        return error;
    }

    @Override
    public long symlink(NewName at, String target) {
        if (target.length() + 1 > PAGE_SIZE) {
            return ErrorNumbers.ENAMETOOLONG;
        }
        InodeOwner owner = InodeOwner.of(at.current(), this);
        return addCharged(at, new TmpfsSymlink(superBlock(), owner, target), owner.now());
    }

    /** Adds the first name of a file that a program makes: {@code shmem_get_inode}. {@return 0 or −ENOSPC} */
    private long addCharged(NewName at, Inode made, long now) {
        long size = FileSpace.INODE + (made.type() == S_IFLNK ? made.size() : 0);
        if (!made.charge(size)) {
            return ErrorNumbers.ENOSPC;
        }
        Xattrs.inherit(made, xattrs);
        add(at, made, now);
        return 0;
    }

    /** Counts directories that come or go. One that began with a single link counts none, as on btrfs and overlayfs. */
    private void countDirectories(int change) {
        if (links() >= 2) {
            setLinks(Math.max(2, links() + change));
        }
    }

    /** {@return what has a name, or null} */
    @Nullable
    Dentry find(Dentry self, String name) {
        return names.find(self, name);
    }

    private void add(NewName at, Inode made, long now) {
        add(new Dentry(made, at.parent(), at.name()), now);
    }

    /** Adds the first name of a file. */
    void add(Dentry made, long now) {
        if (made.inode().type() != S_IFDIR) {
            made.inode().setLinks(1);
        }
        names.add(made.name(), made);
        grow(BOGO_DIRENT_SIZE);
        modified(now);
    }

    /** Counts a name that has come or gone. */
    private void grow(int bytes) {
        setSize(Math.max(2 * BOGO_DIRENT_SIZE, size() + bytes));
    }

    /** Puts a directory under a name, whatever has it, to mount a file system on: nothing else of this one changes. */
    Dentry mountPoint(Dentry self, String name, TmpfsDirectory made) {
        Dentry dentry = new Dentry(made, self, name);
        names.add(name, dentry);
        return dentry;
    }

    /** {@return 0 if it has no names; −ENOTEMPTY, or why that cannot be known} */
    private long checkEmpty(Dentry self) {
        long error = names.complete(self);
        return error == 0 && !names.isEmpty() ? ErrorNumbers.ENOTEMPTY : error;
    }

    @Override
    public long link(NewName at, Inode inode) {
        if (!inode.charge(FileSpace.INODE)) {
            return ErrorNumbers.ENOSPC;
        }
        long now = now(at.current());
        inode.setLinks(inode.links() + 1);
        inode.setCtime(now);
        names.add(at.name(), new Dentry(inode, at.parent(), at.name()));
        grow(BOGO_DIRENT_SIZE);
        modified(now);
        return 0;
    }

    @Override
    public long unlink(Task current, Dentry victim) {
        names.remove(victim.name());
        lose(victim, now(current));
        victim.inode().evictIfUnused();
        return 0;
    }

    /** What {@code shmem_unlink} does beside the name itself. */
    private void lose(Dentry victim, long now) {
        Inode inode = victim.inode();
        grow(-BOGO_DIRENT_SIZE);
        modified(now);
        inode.setCtime(now);
        inode.setLinks(inode.links() - 1);
        if (inode.links() > 0 && inode.type() != S_IFDIR) {
            inode.uncharge(FileSpace.INODE);
        }
        victim.unhash();
    }

    @Override
    public long rmdir(Task current, Dentry victim) {
        TmpfsDirectory gone = (TmpfsDirectory) victim.inode();
        long error = gone.checkEmpty(victim);
        if (error != 0) {
            return error;
        }
        gone.setLinks(1);
        countDirectories(-1);
        gone.kill();
        return unlink(current, victim);
    }

    @Override
    public long rename(Dentry old, NewName to, @Nullable Dentry target, int flags) {
        TmpfsDirectory directory = (TmpfsDirectory) to.directory();
        if ((flags & RenameFlags.RENAME_EXCHANGE) != 0 && target != null) {
            return exchange(old, target, to);
        }
        long error =
                target != null && target.inode() instanceof TmpfsDirectory replaced ? replaced.checkEmpty(target) : 0;
        if (error != 0) {
            return error;
        }
        long now = now(to.current());
        String oldName = old.name();
        Dentry oldParent = old.parent();
        boolean isDirectory = old.inode().type() == S_IFDIR;
        if (target != null) {
            directory.names.put(to.name(), old, directory.names.offsetOf(to.name()));
            directory.lose(target, now);
        } else {
            directory.names.add(to.name(), old);
        }
        if (target != null && target.inode() instanceof TmpfsDirectory replaced) {
            replaced.setLinks(0);
            replaced.kill();
        }
        if (target != null) {
            target.inode().evictIfUnused();
        }
        if (isDirectory) {
            countDirectories(-1);
            directory.countDirectories(target == null ? 1 : 0);
        }
        old.move(to.parent(), to.name());
        if ((flags & RenameFlags.RENAME_WHITEOUT) != 0) {
            TmpfsSpecial whiteout = new TmpfsSpecial(superBlock(), InodeOwner.of(to.current(), this), S_IFCHR, 0);
            names.remove(oldName);
            add(new NewName(to.current(), oldParent, oldName), whiteout, now);
        } else {
            names.remove(oldName);
        }
        grow(-BOGO_DIRENT_SIZE);
        directory.grow(BOGO_DIRENT_SIZE);
        stamp(old, to, now);
        return 0;
    }

    private void stamp(Dentry old, NewName to, long now) {
        modified(now);
        to.directory().modified(now);
        old.inode().setCtime(now);
    }

    /** {@code simple_offset_rename_exchange}: each gets the other's offset. */
    private long exchange(Dentry old, Dentry target, NewName to) {
        TmpfsDirectory directory = (TmpfsDirectory) to.directory();
        Dentry oldParent = old.parent();
        String oldName = old.name();
        long oldOffset = names.offsetOf(oldName);
        long newOffset = directory.names.offsetOf(to.name());
        names.put(oldName, target, oldOffset);
        directory.names.put(to.name(), old, newOffset);
        int moved = (old.inode().type() == S_IFDIR ? 1 : 0) - (target.inode().type() == S_IFDIR ? 1 : 0);
        countDirectories(-moved);
        directory.countDirectories(moved);
        old.move(to.parent(), to.name());
        target.move(oldParent, oldName);
        long now = now(to.current());
        stamp(old, to, now);
        target.inode().setCtime(now);
        return 0;
    }

    @Override
    public Dentry tmpfile(Task current, Dentry self, int mode) {
        Inode made = new TmpfsFile(superBlock(), InodeOwner.of(current, this), mode, TmpfsSuperBlock.REGULAR);
        Xattrs.inherit(made, xattrs);
        Dentry dentry = new Dentry(made, self, "#" + made.number());
        dentry.unhash();
        return dentry;
    }

    /** {@code offset_readdir}: an offset that nothing has begins the list anew. */
    @Override
    public void iterate(Task current, File file, DirContext context) {
        names.complete(file.path().dentry());
        if (!context.emitDots(file.path().dentry()) || context.position() == DIR_OFFSET_EOD) {
            return;
        }
        TmpfsNames.Entry entry = context.position() == DIR_OFFSET_FIRST ? null : names.at(context.position());
        if (entry == null) {
            entry = names.first();
        }
        while (entry != null) {
            context.setPosition(entry.offset());
            Inode inode = entry.dentry().inode();
            if (!context.emit(entry.dentry().name(), inode.number(), DirContext.type(inode))) {
                return;
            }
            entry = entry.next();
        }
        context.setPosition(DIR_OFFSET_EOD);
    }

    private static long now(Task current) {
        return current.process().timekeeper().realtime();
    }

    /** One of the other machine takes room there. */
    @Override
    public long blocks() {
        return onDisk ? HostfsStatus.sectors(size()) : 0;
    }

    @Override
    public Xattrs xattrs() {
        return xattrs;
    }

    @Override
    public FileOperations operations() {
        return DirectoryOperations.SEEKABLE;
    }
}
