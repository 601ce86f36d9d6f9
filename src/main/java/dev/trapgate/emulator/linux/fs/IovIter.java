package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.mm.Uaccess;
import java.lang.foreign.MemorySegment;

/** Pieces of a program's memory in their order: {@code struct iov_iter}. A task has one and uses it again. */
public final class IovIter {

    /** The most pieces: UIO_MAXIOV. */
    public static final int UIO_MAXIOV = 1024;

    private final Uaccess uaccess;
    private long[] bases = new long[8];
    private long[] lengths = new long[8];
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

    /** Adds a piece behind the others. */
    public IovIter add(long base, long length) {
        if (pieces == bases.length) {
            bases = java.util.Arrays.copyOf(bases, 2 * pieces);
            lengths = java.util.Arrays.copyOf(lengths, 2 * pieces);
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

    /**
     * Copies to the program and moves on.
     *
     * @param from the bytes
     * @param size how many of them at most
     * @return how many were copied; fewer where the program's memory or the iterator ends
     */
    public long copyTo(MemorySegment from, long size) {
        long done = 0;
        while (done < size && count > 0) {
            long chunk = Math.min(chunk(), size - done);
            long left = uaccess.copyToUser(bases[piece] + within, from.asSlice(done), chunk);
            advance(chunk - left);
            done += chunk - left;
            if (left != 0) {
                break;
            }
        }
        return done;
    }

    /**
     * Copies from the program and moves on.
     *
     * @param to where to
     * @param size how many bytes at most
     * @return how many were copied; fewer where the program's memory or the iterator ends
     */
    public long copyFrom(MemorySegment to, long size) {
        long done = 0;
        while (done < size && count > 0) {
            long chunk = Math.min(chunk(), size - done);
            long left = uaccess.copyFromUser(to.asSlice(done), bases[piece] + within, chunk);
            advance(chunk - left);
            done += chunk - left;
            if (left != 0) {
                break;
            }
        }
        return done;
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
            long left = uaccess.clearUser(bases[piece] + within, chunk);
            advance(chunk - left);
            done += chunk - left;
            if (left != 0) {
                break;
            }
        }
        return done;
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
