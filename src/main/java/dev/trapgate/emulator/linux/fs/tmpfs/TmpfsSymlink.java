package dev.trapgate.emulator.linux.fs.tmpfs;

import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.fs.SymbolicLink;
import dev.trapgate.emulator.linux.fs.Xattrs;
import dev.trapgate.emulator.linux.kernel.Task;

/** A symbolic link: a long target takes a page, a short one is kept in the inode. */
final class TmpfsSymlink extends SymbolicLink {

    private static final int SHORT_SYMLINK_LEN = 128;
    private static final int SECTORS_PER_PAGE = 8;

    private final String target;
    private final Xattrs xattrs = new Xattrs();

    TmpfsSymlink(SuperBlock superBlock, InodeOwner owner, String target) {
        super(superBlock, S_IFLNK | 0777, owner.uid(), owner.gid(), owner.now());
        this.target = target;
        setSize(target.length());
    }

    @Override
    public String target(Task current) {
        return target;
    }

    @Override
    public long blocks() {
        return target.length() + 1 <= SHORT_SYMLINK_LEN ? 0 : SECTORS_PER_PAGE;
    }

    @Override
    public Xattrs xattrs() {
        return xattrs;
    }
}
