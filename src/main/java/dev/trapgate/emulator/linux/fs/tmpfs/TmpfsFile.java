package dev.trapgate.emulator.linux.fs.tmpfs;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.PageCache;
import dev.trapgate.emulator.linux.fs.SuperBlock;
import dev.trapgate.emulator.linux.fs.Xattrs;
import dev.trapgate.emulator.linux.fs.hostfs.HostfsStatus;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A regular file whose pages are its contents: also what memfd_create(2) makes. */
public final class TmpfsFile extends Inode {

    /** No more seals: what every file has that was not made to be sealed. */
    public static final int F_SEAL_SEAL = 1;
    /** It does not shrink. */
    public static final int F_SEAL_SHRINK = 2;
    /** It does not grow. */
    public static final int F_SEAL_GROW = 4;

    /** It is not written. */
    public static final int F_SEAL_WRITE = 8;
    /** It is not written in new ways; shared mappings that may write stay. */
    public static final int F_SEAL_FUTURE_WRITE = 0x10;
    /** Its bits of execution stay. */
    public static final int F_SEAL_EXEC = 0x20;

    /** The most pages one file has: a gibibyte. */
    static final int MOST_PAGES = 1 << 18;

    private static final int SECTORS_PER_PAGE = PageFrames.PAGE_SIZE / 512;

    private final PageCache pages;
    /** Where the contents are as long as the pages are not {@linkplain PageCache#isWhole whole}; null if they always were. */
    private final @Nullable LowerFile lower;

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
        this.pages = new PageCache(superBlock.space());
        this.lower = null;
        this.operations = operations;
    }

    /** Makes a file whose contents are in the lower layer. */
    TmpfsFile(SuperBlock superBlock, InodeOwner owner, int mode, LowerFile lower) {
        super(superBlock, S_IFREG | (mode & S_IALLUGO), owner.uid(), owner.gid(), owner.now());
        this.pages = new PageCache(superBlock.space(), this::fill);
        this.lower = lower;
        this.operations = TmpfsFileOperations.REGULAR;
    }

    /** {@return whether the contents are still in the lower layer} */
    boolean isLower() {
        return lower != null && !pages.isWhole();
    }

    /** Opens the contents in the lower layer, if they are there, to be read. {@return 0 or an error number negated} */
    long openLower() {
        if (lower == null) {
            return 0;
        }
        if (lower.isUnused()) {
            pages.forget();
        }
        return lower.open(this);
    }

    /** Undoes one {@link #openLower}. */
    void releaseLower() {
        if (lower != null && lower.release()) {
            pages.forget();
        }
    }

    /** Reads what is in the lower layer. {@return as {@link LowerFile#read}} */
    long readLower(long position, ByteBuffer to) {
        return lower == null ? LowerFile.UPPER : lower.read(position, to);
    }

    private long fill(long index, PageFrames frame) {
        ByteBuffer to = ByteBuffer.allocate(PageFrames.PAGE_SIZE);
        long position = index << PageFrames.PAGE_SHIFT;
        long read = 1;
        while (read > 0 && to.hasRemaining()) {
            read = readLower(position + to.position(), to);
        }
        MemorySegment.copy(MemorySegment.ofArray(to.array()), 0, frame.bytes(), 0, to.position());
        return Math.min(read, 0);
    }

    /** Brings the contents up, before they are changed: {@code ovl_copy_up}. {@return 0 or an error number negated} */
    long copyUp() {
        return copyUp(Long.MAX_VALUE);
    }

    /** Brings up what is not going to be cut off at once. */
    private long copyUp(long most) {
        if (lower == null || pages.isWhole()) {
            return 0;
        }
        long error = most == 0 ? 0 : openLower();
        if (error != 0) {
            return error;
        }
        // Only now: the size may be another one since it was opened.
        long bytes = Math.min(most, size());
        error = pages.becomeWhole((bytes + PageFrames.PAGE_MASK) >>> PageFrames.PAGE_SHIFT);
        if (error == 0) {
            lower.leave();
        }
        if (most != 0) {
            releaseLower();
        }
        return error;
    }

    /** {@return an empty file without a name, on whichever file system: what memfd_create(2) makes} */
    public static TmpfsFile regular(SuperBlock superBlock, InodeOwner owner, int mode) {
        return new TmpfsFile(superBlock, owner, mode, TmpfsFileOperations.REGULAR);
    }

    /** {@return what an open file of {@link #regular}'s does that was never opened by name} */
    public static FileOperations unnamedOperations() {
        return TmpfsFileOperations.UNNAMED;
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
    public boolean keepsExecution() {
        return (seals & F_SEAL_EXEC) != 0;
    }

    @Override
    public PageCache pages() {
        return pages;
    }

    @Override
    protected void evict() {
        pages.remove(0, Long.MAX_VALUE);
    }

    @Override
    public Xattrs xattrs() {
        return xattrs;
    }

    @Override
    public long blocks() {
        return isLower() ? HostfsStatus.sectors(size()) : (long) pages.count() * SECTORS_PER_PAGE;
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
        if (size == old && isLower()) {
            return 0;
        }
        long error = copyUp(size);
        if (error != 0) {
            return error;
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

    private void cut(long size) {
        punch(size, Long.MAX_VALUE);
    }

    /**
     * Makes a hole, in mappings too: {@code shmem_truncate_range}. Of pages that stay in part, the rest is cleared.
     *
     * @param start its first byte
     * @param end the byte after its last one; {@link Long#MAX_VALUE} for everything from {@code start} on
     */
    void punch(long start, long end) {
        long first = (start + PageFrames.PAGE_MASK) >>> PageFrames.PAGE_SHIFT;
        long last = end == Long.MAX_VALUE ? Long.MAX_VALUE : end >>> PageFrames.PAGE_SHIFT;
        if (first < last) {
            pages.remove(first, last);
        }
        clear(start >>> PageFrames.PAGE_SHIFT, start, end);
        if (last != Long.MAX_VALUE) {
            clear(last, start, end);
        }
    }

    private void clear(long page, long start, long end) {
        PageFrames frame = pages.find(page);
        long base = page << PageFrames.PAGE_SHIFT;
        long from = Math.max(start - base, 0);
        long to = Math.min(end - base, PageFrames.PAGE_SIZE);
        if (frame != null && from < to) {
            frame.bytes().asSlice(from, to - from).fill((byte) 0);
        }
    }
}
