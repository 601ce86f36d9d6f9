package dev.trapgate.emulator.linux.fs.hostfs;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.PageCache;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular file of the other machine. It is open there as long as it is open, or mapped, here; its pages are read when they
 * are first needed and forgotten when it is found changed: {@code hostfs_read_folio}.
 */
final class HostfsFile extends Inode {

    private final HostfsSuperBlock superBlock;
    private final List<String> path;
    private final PageCache pages;
    private volatile HostFileStatus status;

    // Guarded by this file's monitor.
    private @Nullable HostContents contents;
    private int users;

    HostfsFile(HostfsSuperBlock superBlock, List<String> path, HostFileStatus status) {
        super(superBlock, status.inode(), status.mode(), status.btime());
        this.superBlock = superBlock;
        this.pages = new PageCache(superBlock.space(), this::fill);
        this.path = path;
        this.status = status;
        HostfsStatus.apply(this, status);
    }

    /** Notes what the other machine now says of a file. {@return whether it is this file} */
    boolean refresh(HostFileStatus now) {
        HostFileStatus before = status;
        if (!now.identity().equals(before.identity())) {
            return false;
        }
        status = now;
        HostfsStatus.apply(this, now);
        if (!now.isUnchangedSince(before)) {
            pages.remove(0, Long.MAX_VALUE);
        }
        return true;
    }

    @Override
    public PageCache pages() {
        return pages;
    }

    @Override
    public long blocks() {
        return HostfsStatus.sectors(size());
    }

    @Override
    public FileOperations operations() {
        return HostfsFileOperations.REGULAR;
    }

    /** Opens it once more. {@return 0 or an error number negated} */
    synchronized long open() {
        try {
            if (contents == null) {
                contents = superBlock.tree().open(path, status);
            }
            users++;
            return 0;
        } catch (HostFileException refused) {
            return -refused.errno().number();
        }
    }

    /** Undoes one {@link #open}. */
    synchronized void release() {
        users--;
        HostContents open = contents;
        if (users == 0 && open != null) {
            contents = null;
            open.close();
        }
    }

    /** {@return how many bytes were read, or an error number negated} */
    long read(long position, ByteBuffer to) {
        HostContents open;
        synchronized (this) {
            open = contents;
        }
        try {
            return open == null ? ErrorNumbers.EIO : open.read(position, to);
        } catch (HostFileException failed) {
            return -failed.errno().number();
        }
    }

    private long fill(long index, PageFrames frame) {
        ByteBuffer to = ByteBuffer.allocate(PageFrames.PAGE_SIZE);
        long position = index << PageFrames.PAGE_SHIFT;
        long size = 1;
        while (size > 0 && to.hasRemaining()) {
            size = read(position, to);
            position += size;
        }
        MemorySegment.copy(MemorySegment.ofArray(to.array()), 0, frame.bytes(), 0, to.position());
        return Math.min(size, 0);
    }
}
