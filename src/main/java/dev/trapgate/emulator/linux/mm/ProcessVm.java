package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Copies between processes, of which there is one: mm/process_vm_access.c, Linux 6.18. */
final class ProcessVm {

    private static final int UIO_MAXIOV = 1024;
    private static final long MAX_RW_COUNT = 0x7fff_f000L;
    private static final int PAGE = PageFrames.PAGE_SIZE;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Which way the bytes go. */
    private enum Direction {
        READ,
        WRITE
    }

    /** Pieces of memory, in their order. */
    private static final class Vector {

        private final long error;
        private final long[] bases;
        private final long[] lengths;

        Vector(long error, long[] bases, long[] lengths) {
            this.error = error;
            this.bases = bases;
            this.lengths = lengths;
        }

        static Vector refused(long error) {
            return new Vector(error, new long[0], new long[0]);
        }

        long total() {
            long total = 0;
            for (long length : lengths) {
                total += length;
            }
            return total;
        }
    }

    private final Task current;
    private final Direction direction;
    private final Vector local;
    private final MemorySegment bounce = MemorySegment.ofArray(new byte[PAGE]);
    private int piece;
    private long within;
    private long left;

    private ProcessVm(Task current, Direction direction, Vector local) {
        this.current = current;
        this.direction = direction;
        this.local = local;
        this.left = local.total();
    }

    /** {@code process_vm_readv(2)}. */
    static long readv(Task current, PtRegs regs) {
        return copy(current, regs, Direction.READ);
    }

    /** {@code process_vm_writev(2)}. */
    static long writev(Task current, PtRegs regs) {
        return copy(current, regs, Direction.WRITE);
    }

    private static long copy(Task current, PtRegs regs, Direction direction) {
        if (regs.argument(6) != 0) {
            return ErrorNumbers.EINVAL;
        }
        Vector local = importLocal(current, fetch(current, regs, regs.argument(2), regs.argument(3)));
        if (local.error != 0 || local.total() == 0) {
            return local.error;
        }
        Vector remote = fetch(current, regs, regs.argument(4), regs.argument(5));
        if (remote.error != 0 || remote.total() == 0) {
            return remote.error;
        }
        return Mempolicy.isSelf(current, (int) regs.argument(1)) && (int) regs.argument(1) != 0
                ? new ProcessVm(current, direction, local).all(remote)
                : ErrorNumbers.ESRCH;
    }

    /** {@code iovec_from_user}. */
    private static Vector fetch(Task current, PtRegs regs, long address, long segments) {
        if (Long.compareUnsigned(segments, UIO_MAXIOV) > 0) {
            return Vector.refused(ErrorNumbers.EINVAL);
        }
        int word = regs.abi().pointerSize();
        long[] bases = new long[(int) segments];
        long[] lengths = new long[(int) segments];
        MemorySegment buffer = current.buffer();
        for (int i = 0; i < segments; i++) {
            if (current.uaccess().copyFromUser(buffer, address + 2L * word * i, 2L * word) != 0) {
                return Vector.refused(ErrorNumbers.EFAULT);
            }
            boolean wide = word == Long.BYTES;
            bases[i] = wide ? buffer.get(LONG, 0) : Integer.toUnsignedLong(buffer.get(INT, 0));
            lengths[i] = wide ? buffer.get(LONG, Long.BYTES) : buffer.get(INT, Integer.BYTES);
            if (lengths[i] < 0) {
                return Vector.refused(ErrorNumbers.EINVAL);
            }
        }
        return new Vector(0, bases, lengths);
    }

    /** {@code __import_iovec}: of the own memory, addresses are checked and the sum is limited. */
    private static Vector importLocal(Task current, Vector vector) {
        long total = 0;
        if (vector.lengths.length == 1) {
            // Of a single piece the length is limited before it is looked at.
            vector.lengths[0] = Math.min(vector.lengths[0], MAX_RW_COUNT);
        }
        for (int i = 0; i < vector.lengths.length; i++) {
            if (!current.uaccess().accessOk(vector.bases[i], vector.lengths[i])) {
                return Vector.refused(ErrorNumbers.EFAULT);
            }
            vector.lengths[i] = Math.min(vector.lengths[i], MAX_RW_COUNT - total);
            total += vector.lengths[i];
        }
        return vector;
    }

    private long all(Vector remote) {
        long wanted = left;
        long result = 0;
        for (int i = 0; i < remote.bases.length && left > 0 && result == 0; i++) {
            result = single(remote.bases[i], remote.lengths[i]);
        }
        return left < wanted ? wanted - left : result;
    }

    /** {@code process_vm_rw_single_vec}: page by page. */
    private long single(long base, long length) {
        long done = 0;
        while (done < length && left > 0) {
            long at = base + done;
            long chunk = Math.min(Math.min(PAGE - (at & PageFrames.PAGE_MASK), length - done), left);
            long copied = page(at, chunk);
            done += copied;
            if (copied < chunk) {
                return ErrorNumbers.EFAULT;
            }
        }
        return 0;
    }

    private long page(long at, long chunk) {
        Uaccess uaccess = current.uaccess();
        if (direction == Direction.READ) {
            long there = chunk - uaccess.copyFromUser(bounce, at, chunk);
            return there < chunk ? 0 : local(chunk);
        }
        // The page must be writable before anything is taken from the local side.
        if (uaccess.copyFromUser(bounce, at, chunk) != 0 || uaccess.copyToUser(at, bounce, 1) != 0) {
            return 0;
        }
        long got = local(chunk);
        return got - uaccess.copyToUser(at, bounce, got);
    }

    /** {@return how many bytes went between the page in the middle and the local pieces} */
    private long local(long chunk) {
        long done = 0;
        while (done < chunk) {
            while (within == local.lengths[piece]) {
                piece++;
                within = 0;
            }
            long now = Math.min(chunk - done, local.lengths[piece] - within);
            long address = local.bases[piece] + within;
            long missed = direction == Direction.READ
                    ? current.uaccess().copyToUser(address, bounce, done, now)
                    : current.uaccess().copyFromUser(bounce, done, address, now);
            within += now - missed;
            left -= now - missed;
            done += now - missed;
            if (missed != 0) {
                break;
            }
        }
        return done;
    }
}
