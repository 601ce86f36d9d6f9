package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** Fetching a program's {@code struct iovec}s: {@code import_iovec} of lib/iov_iter.c, Linux 6.18. */
public final class IovImport {

    private static final int AT_ONCE = 16;
    private static final long MOST = ReadWriteCalls.MAX_RW_COUNT;

    private IovImport() {}

    /**
     * Fills an iterator.
     *
     * @param current the calling task
     * @param regs whose convention the structures follow
     * @param iterator what to fill
     * @param address where the structures are
     * @param segments how many; the kernel looks at the low 32 bits only
     * @return how many bytes they name in all, at most MAX_RW_COUNT; −EINVAL or −EFAULT
     */
    static long vector(Task current, PtRegs regs, IovIter iterator, long address, long segments) {
        return vector(current, regs.abi(), iterator, address, segments);
    }

    /**
     * Fills an iterator from structures of a convention.
     *
     * @param current the calling task
     * @param abi whose convention the structures follow
     * @param iterator what to fill
     * @param address where the structures are
     * @param segments how many; the kernel looks at the low 32 bits only
     * @return how many bytes they name in all, at most MAX_RW_COUNT; −EINVAL or −EFAULT
     */
    public static long vector(Task current, Abi abi, IovIter iterator, long address, long segments) {
        iterator.clear();
        int count = (int) segments;
        if (Integer.compareUnsigned(count, IovIter.UIO_MAXIOV) > 0) {
            return ErrorNumbers.EINVAL;
        }
        long refusal = fetch(current, abi, iterator, address, count);
        if (refusal != 0) {
            return refusal;
        }
        // A single piece is cut first and checked then: __import_iovec_ubuf.
        return count == 1 ? single(current, iterator) : limited(current, iterator, count);
    }

    /** Entries are looked at in their order: a bad length before an entry that cannot be read is EINVAL. */
    private static long fetch(Task current, Abi abi, IovIter iterator, long address, int count) {
        int size = 2 * abi.pointerSize();
        if (!current.uaccess().accessOk(address, (long) count * size)) {
            return ErrorNumbers.EFAULT;
        }
        for (int done = 0; done < count; done += AT_ONCE) {
            int now = Math.min(AT_ONCE, count - done);
            long left =
                    current.uaccess().copyFromUser(current.buffer(), address + (long) done * size, (long) now * size);
            int whole = now - (int) ((left + size - 1) / size);
            if (!append(current, abi, iterator, whole)) {
                return ErrorNumbers.EINVAL;
            }
            if (left != 0) {
                return ErrorNumbers.EFAULT;
            }
        }
        return 0;
    }

    private static boolean append(Task current, Abi abi, IovIter iterator, int count) {
        boolean wide = abi.pointerSize() == Long.BYTES;
        for (int i = 0; i < count; i++) {
            long base = wide
                    ? current.buffer().get(Arguments.LONG, 16L * i)
                    : current.buffer().get(Arguments.INT, 8L * i) & 0xffff_ffffL;
            long length = wide
                    ? current.buffer().get(Arguments.LONG, 16L * i + 8)
                    : current.buffer().get(Arguments.INT, 8L * i + 4);
            if (length < 0) {
                return false;
            }
            iterator.add(base, length);
        }
        return true;
    }

    private static long single(Task current, IovIter iterator) {
        iterator.limitPiece(0, MOST);
        return current.uaccess().accessOk(iterator.base(0), iterator.length(0))
                ? iterator.count()
                : ErrorNumbers.EFAULT;
    }

    private static long limited(Task current, IovIter iterator, int count) {
        long total = 0;
        for (int i = 0; i < count; i++) {
            if (!current.uaccess().accessOk(iterator.base(i), iterator.length(i))) {
                return ErrorNumbers.EFAULT;
            }
            iterator.limitPiece(i, MOST - total);
            total += iterator.length(i);
        }
        return total;
    }
}
