package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.mm.Uaccess;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of a program's memory, or of the kernel's own, in their order: {@code struct iov_iter}. A task has one for its
 * program's memory and uses it again.
 */
public final class IovIter {

    /** The most pieces: UIO_MAXIOV. */
    public static final int UIO_MAXIOV = 1024;

    private final Uaccess uaccess;
    private long[] bases = new long[8];
    private long[] lengths = new long[8];
    private @Nullable MemorySegment @Nullable [] segments;
    private int pieces;
    private int piece;
    private long within;
    private long count;

    /** Makes one over a program's memory. */
    public IovIter(Uaccess uaccess) {
        this.uaccess = uaccess;
    }

    /** Begins anew without a piece. */
    public IovIter clear() {
        pieces = 0;
        piece = 0;
        within = 0;
        count = 0;
        return this;
    }

    /** {@return an iterator over so many pieces of the kernel's memory, that {@link #addKernel} adds: ITER_BVEC} */
    static IovIter ofKernel(Uaccess uaccess, int most) {
        IovIter iterator = new IovIter(uaccess);
        iterator.segments = new @Nullable MemorySegment[most];
        return iterator;
    }

    /** Adds a piece of the kernel's memory behind the others. */
    IovIter addKernel(MemorySegment segment) {
        if (segments == null) {
            throw new IllegalStateException("an iterator over a program's memory");
        }
        segments[pieces] = segment;
        return add(0, segment.byteSize());
    }

    /** Adds a piece behind the others. */
    public IovIter add(long base, long length) {
        if (pieces == bases.length) {
            bases = Arrays.copyOf(bases, 2 * pieces);
            lengths = Arrays.copyOf(lengths, 2 * pieces);
        }
        bases[pieces] = base;
        lengths[pieces] = length;
        pieces++;
        count += length;
        return this;
    }

    /** {@return how many bytes are left} */
    public long count() {
        return count;
    }

    /** Leaves only the first bytes of what is left. */
    public void truncate(long most) {
        count = Math.min(count, most);
    }

    /** {@return a piece's address} */
    long base(int index) {
        return bases[index];
    }

    /** {@return a piece's length in bytes} */
    long length(int index) {
        return lengths[index];
    }

    /** Shortens a piece, before any byte was moved. */
    void limitPiece(int index, long most) {
        long less = Math.max(0, lengths[index] - most);
        lengths[index] -= less;
        count -= less;
    }

    /** {@return how many pieces there are: {@code nr_segs}} */
    public int pieces() {
        return pieces;
    }

    /** {@return the address of the next byte in the program's memory} */
    public long address() {
        if (count > 0) {
            chunk();
        }
        return pieces == 0 ? 0 : bases[piece] + within;
    }

    /** {@return how many bytes follow the next byte, itself included, in its piece} */
    public long pieceLeft() {
        return count == 0 ? 0 : chunk();
    }

    /**
     * Copies to the program and moves on.
     *
     * @param from the bytes
     * @param offset where among them to begin
     * @param size how many of them at most
     * @return how many were copied; fewer where the program's memory or the iterator ends
     */
    public long copyTo(MemorySegment from, long offset, long size) {
        long done = 0;
        while (done < size && count > 0) {
            long chunk = Math.min(chunk(), size - done);
            long left = put(from, offset + done, chunk);
            advance(chunk - left);
            done += chunk - left;
            if (left != 0) {
                break;
            }
        }
        return done;
    }

    private long put(MemorySegment from, long offset, long size) {
        MemorySegment kernel = kernelPiece();
        if (kernel == null) {
            return uaccess.copyToUser(bases[piece] + within, from, offset, size);
        }
        MemorySegment.copy(from, offset, kernel, within, size);
        return 0;
    }

    /**
     * Copies from the program and moves on.
     *
     * @param to where to
     * @param offset where there to begin
     * @param size how many bytes at most
     * @return how many were copied; fewer where the program's memory or the iterator ends
     */
    public long copyFrom(MemorySegment to, long offset, long size) {
        long done = 0;
        while (done < size && count > 0) {
            long chunk = Math.min(chunk(), size - done);
            long left = get(to, offset + done, chunk);
            advance(chunk - left);
            done += chunk - left;
            if (left != 0) {
                break;
            }
        }
        return done;
    }

    private long get(MemorySegment to, long offset, long size) {
        MemorySegment kernel = kernelPiece();
        if (kernel == null) {
            return uaccess.copyFromUser(to, offset, bases[piece] + within, size);
        }
        MemorySegment.copy(kernel, within, to, offset, size);
        return 0;
    }

    /**
     * Clears the program's memory and moves on.
     *
     * @param size how many bytes at most
     * @return how many were cleared
     */
    public long zero(long size) {
        long done = 0;
        while (done < size && count > 0) {
            long chunk = Math.min(chunk(), size - done);
            long left = clear(chunk);
            advance(chunk - left);
            done += chunk - left;
            if (left != 0) {
                break;
            }
        }
        return done;
    }

    private long clear(long size) {
        MemorySegment kernel = kernelPiece();
        if (kernel == null) {
            return uaccess.clearUser(bases[piece] + within, size);
        }
        kernel.asSlice(within, size).fill((byte) 0);
        return 0;
    }

    private @Nullable MemorySegment kernelPiece() {
        return segments == null ? null : segments[piece];
    }

    /** Passes over bytes without looking at them. */
    public void skip(long size) {
        long left = Math.min(size, count);
        while (left > 0) {
            long chunk = Math.min(chunk(), left);
            advance(chunk);
            left -= chunk;
        }
    }

    private long chunk() {
        while (within == lengths[piece]) {
            piece++;
            within = 0;
        }
        return Math.min(lengths[piece] - within, count);
    }

    private void advance(long size) {
        within += size;
        count -= size;
    }
}
