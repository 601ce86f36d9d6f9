package dev.trapgate.emulator.linux.fs.tmpfs;

import dev.trapgate.emulator.linux.fs.Inode;
import dev.trapgate.emulator.linux.fs.hostfs.HostContents;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileStatus;
import dev.trapgate.emulator.linux.fs.hostfs.HostTree;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular file's contents in the lower layer, until they come up. The file is open there as long as it is open, or mapped, here.
 *
 * <p>All that is read between the first opening and the last closing is of one state. The file is looked at again after each
 * piece that was read, before anything of the piece is handed on; once its size, its times or the file itself is not what
 * it was, reading answers ESTALE. When it is next opened by the first to do so, the new state counts.
 */
final class LowerFile {

    /** What {@link #read} answers when the contents have come up. */
    static final long UPPER = Long.MIN_VALUE;

    private static final int PIECE = 1 << 17;

    private final HostTree tree;
    private final List<String> path;

    // Guarded by this object's monitor.
    private HostFileStatus status;
    private int users;
    private @Nullable HostContents contents;
    private boolean isUpper;
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private long pieceStart;

    LowerFile(HostTree tree, List<String> path, HostFileStatus status) {
        this.tree = tree;
        this.path = path;
        this.status = status;
    }

    /** {@return whether nobody has it open} */
    synchronized boolean isUnused() {
        return users == 0;
    }

    /** Opens it once more; a new state is brought into the inode. {@return 0 or an error number negated} */
    synchronized long open(Inode inode) {
        if (users == 0 && !isUpper) {
            try {
                HostFileStatus now = tree.status(path);
                contents = tree.open(path, status);
                adopt(inode, now);
            } catch (HostFileException refused) {
                return -refused.errno().number();
            }
        }
        users++;
        return 0;
    }

    /** The program's own changes of the times stay. */
    private void adopt(Inode inode, HostFileStatus now) {
        if (!now.isUnchangedSince(status)) {
            inode.setSize(now.size());
            inode.setMtime(inode.mtime() == status.mtime() ? now.mtime() : inode.mtime());
            inode.setCtime(inode.ctime() == status.ctime() ? now.ctime() : inode.ctime());
            status = now;
        }
    }

    /** Undoes one {@link #open}. {@return whether that was the last, and the contents are still here} */
    synchronized boolean release() {
        users--;
        if (users == 0) {
            closeContents();
        }
        return users == 0 && !isUpper;
    }

    /** Says that the contents have come up: nothing is read here any more. */
    synchronized void leave() {
        isUpper = true;
        closeContents();
    }

    private void closeContents() {
        HostContents open = contents;
        contents = null;
        piece = ByteBuffer.allocate(0);
        if (open != null) {
            open.close();
        }
    }

    /** {@return how many bytes were read, 0 at the end of the file, {@link #UPPER}, or an error number negated} */
    synchronized long read(long position, ByteBuffer to) {
        if (isUpper) {
            return UPPER;
        }
        HostContents open = contents;
        if (open == null) {
            return ErrorNumbers.EIO;
        }
        if (position >= status.size()) {
            return 0;
        }
        try {
            if (position < pieceStart || position >= pieceStart + piece.limit()) {
                readPiece(open, position & -PIECE);
            }
        } catch (HostFileException failed) {
            return -failed.errno().number();
        }
        int offset = (int) (position - pieceStart);
        int length = Math.min(to.remaining(), piece.limit() - offset);
        to.put(to.position(), piece, offset, length).position(to.position() + length);
        return length;
    }

    private void readPiece(HostContents open, long start) throws HostFileException {
        int wanted = (int) Math.min(PIECE, status.size() - start);
        ByteBuffer read = ByteBuffer.allocate(wanted);
        int size = 1;
        while (size > 0 && read.hasRemaining()) {
            size = open.read(start + read.position(), read);
        }
        if (read.hasRemaining() || !tree.status(path).isUnchangedSince(status)) {
            throw HostFileException.stale(path);
        }
        piece = read.flip();
        pieceStart = start;
    }
}
