package dev.trapgate.emulator.linux.fs.tmpfs;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.PageCache;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.fs.Xattrs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;

/** A regular file whose pages are its contents: also what memfd_create(2) makes. */
public final class TmpfsFile extends Inode {

    /** No more seals: what every file has that was not made to be sealed. */
    public static final int F_SEAL_SEAL = 1;
    /** It does not shrink. */
    public static final int F_SEAL_SHRINK = 2;
    /** It does not grow. */
    public static final int F_SEAL_GROW = 4;

    private static final int SECTORS_PER_PAGE = PageFrames.PAGE_SIZE / 512;

    private final PageCache pages = new PageCache();
    private final Xattrs xattrs = new Xattrs();
    private final FileOperations operations;
    private volatile int seals = F_SEAL_SEAL;

    /**
     * Makes an empty file without a name.
     *
     * @param superBlock where it lives
     * @param owner whose it is
     * @param mode permission bits
     * @param operations what an open file of it does
     */
    public TmpfsFile(SuperBlock superBlock, InodeOwner owner, int mode, FileOperations operations) {
        super(superBlock, S_IFREG | (mode & S_IALLUGO), owner.uid(), owner.gid(), owner.now());
        this.operations = operations;
    }

    /** {@return F_SEAL_* bits; changed under {@link #lock}} */
    public int seals() {
        return seals;
    }

    /** Changes the seals. */
    public void setSeals(int value) {
        seals = value;
    }

    @Override
    public PageCache pages() {
        return pages;
    }

    @Override
    public Xattrs xattrs() {
        return xattrs;
    }

    @Override
    public long blocks() {
        return (long) pages.count() * SECTORS_PER_PAGE;
    }

    @Override
    public FileOperations operations() {
        return operations;
    }

    /** {@code shmem_setattr} of a size: the times change only if the size does. */
    @Override
    public long truncate(long size, long now) {
        long old = size();
        if ((size < old && (seals & F_SEAL_SHRINK) != 0) || (size > old && (seals & F_SEAL_GROW) != 0)) {
            return ErrorNumbers.EPERM;
        }
        if (size != old) {
            setSize(size);
            modified(now);
        }
        if (size <= old) {
            cut(size);
        }
        return 0;
    }

    /** {@code shmem_truncate_range} to the end: the rest of the page that stays in part is cleared. */
    private void cut(long size) {
        long whole = (size + PageFrames.PAGE_MASK) >>> PageFrames.PAGE_SHIFT;
        pages.remove(whole, Long.MAX_VALUE);
        int rest = (int) (size & PageFrames.PAGE_MASK);
        PageFrames partial = rest == 0 ? null : pages.find(size >>> PageFrames.PAGE_SHIFT);
        if (partial != null) {
            partial.bytes().asSlice(rest).fill((byte) 0);
        }
    }
}
