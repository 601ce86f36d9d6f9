package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.arch.x86.PtRegs32;
import dev.trapgate.emulator.linux.fs.Kiocb.Direction;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** Reading, writing and seeking: fs/read_write.c, Linux 6.18, under its functions' names. */
public final class ReadWriteCalls {

    /** The most bytes that one call moves: MAX_RW_COUNT. */
    public static final long MAX_RW_COUNT = 0x7fff_f000L;

    private static final long HERE = -1;

    private ReadWriteCalls() {}

    /** {@code read(2)}. */
    public static long read(Task current, PtRegs regs) {
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            return atPosition(current, file, Direction.READ, regs);
        } finally {
            file.release();
        }
    }

    /** {@code write(2)}. */
    public static long write(Task current, PtRegs regs) {
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            return atPosition(current, file, Direction.WRITE, regs);
        } finally {
            file.release();
        }
    }

    /** {@code fdget_pos}: the position belongs to one call at a time, where the file has one. */
    private static long atPosition(Task current, File file, Direction direction, PtRegs regs) {
        if (!file.hasAtomicPosition()) {
            return ksysReadWrite(current, file, direction, regs);
        }
        file.positionLock().lock();
        try {
            return ksysReadWrite(current, file, direction, regs);
        } finally {
            file.positionLock().unlock();
        }
    }

    private static long ksysReadWrite(Task current, File file, Direction direction, PtRegs regs) {
        long position = file.has(FileOperations.FMODE_STREAM) ? 0 : file.position();
        long result = vfsReadWrite(current, file, direction, regs, position);
        if (result >= 0 && !file.has(FileOperations.FMODE_STREAM)) {
            file.setPosition(current.kiocb().position());
        }
        return result;
    }

    /** {@code vfs_read} and {@code vfs_write}, in the order of their checks. */
    private static long vfsReadWrite(Task current, File file, Direction direction, PtRegs regs, long position) {
        long address = regs.argument(2);
        long count = regs.argument(3);
        long refusal = refusal(file, direction);
        if (refusal != 0) {
            return refusal;
        }
        if (!current.uaccess().accessOk(address, count)) {
            return ErrorNumbers.EFAULT;
        }
        refusal = verifyArea(file, regs, position, count);
        if (refusal != 0) {
            return refusal;
        }
        IovIter iterator = current.iovIter().clear().add(address, Math.min(count, MAX_RW_COUNT));
        return transfer(current, file, direction, current.kiocb().begin(file, position), iterator);
    }

    private static long transfer(Task current, File file, Direction direction, Kiocb iocb, IovIter iterator) {
        if (direction == Direction.READ) {
            long result = file.operations().readIter(current, file, iocb, iterator);
            if (result > 0) {
                Fsnotify.access(file);
            }
            return result;
        }
        long result = file.operations().writeIter(current, file, iocb, iterator);
        if (result > 0) {
            Fsnotify.modify(file);
        }
        return result;
    }

    private static long refusal(File file, Direction direction) {
        boolean reads = direction == Direction.READ;
        if (reads ? !file.mayRead() : !file.mayWrite()) {
            return ErrorNumbers.EBADF;
        }
        return file.has(reads ? FileOperations.FMODE_CAN_READ : FileOperations.FMODE_CAN_WRITE)
                ? 0
                : ErrorNumbers.EINVAL;
    }

    /** {@code rw_verify_area}; the classic kernel's ssize_t has 32 bits. */
    private static long verifyArea(File file, PtRegs regs, long position, long count) {
        boolean negative = regs instanceof PtRegs32 ? (int) count < 0 : count < 0;
        return negative ? ErrorNumbers.EINVAL : verifyArea(file, position, count);
    }

    /**
     * Checks where a transfer begins and ends: {@code rw_verify_area}.
     *
     * @param file the open file
     * @param position where, in bytes
     * @param count how many bytes
     * @return 0 or −EINVAL
     */
    static long verifyArea(File file, long position, long count) {
        if (count < 0) {
            return ErrorNumbers.EINVAL;
        }
        boolean outside = position < 0 || position + count < 0;
        return outside && !file.has(FileOperations.FMODE_STREAM) ? ErrorNumbers.EINVAL : 0;
    }

    /** {@code pread64(2)}. */
    public static long pread64(Task current, PtRegs regs) {
        return ksysAt(current, regs, Direction.READ, FileOperations.FMODE_PREAD);
    }

    /** {@code pwrite64(2)}. */
    public static long pwrite64(Task current, PtRegs regs) {
        return ksysAt(current, regs, Direction.WRITE, FileOperations.FMODE_PWRITE);
    }

    private static long ksysAt(Task current, PtRegs regs, Direction direction, int mode) {
        long position = regs.abi() == Abi.I386 ? Arguments.join(regs, 4) : regs.argument(4);
        if (position < 0) {
            return ErrorNumbers.EINVAL;
        }
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            return file.has(mode) ? vfsReadWrite(current, file, direction, regs, position) : ErrorNumbers.ESPIPE;
        } finally {
            file.release();
        }
    }

    /** {@code readv(2)}. */
    public static long readv(Task current, PtRegs regs) {
        return doVector(current, regs, Direction.READ, HERE, 0);
    }

    /** {@code writev(2)}. */
    public static long writev(Task current, PtRegs regs) {
        return doVector(current, regs, Direction.WRITE, HERE, 0);
    }

    /** {@code preadv(2)}. */
    public static long preadv(Task current, PtRegs regs) {
        return doVectorAt(current, regs, Direction.READ, vectorPosition(regs), 0);
    }

    /** {@code pwritev(2)}. */
    public static long pwritev(Task current, PtRegs regs) {
        return doVectorAt(current, regs, Direction.WRITE, vectorPosition(regs), 0);
    }

    /** {@code preadv2(2)}: position −1 is the file's own. */
    public static long preadv2(Task current, PtRegs regs) {
        return vector2(current, regs, Direction.READ);
    }

    /** {@code pwritev2(2)}: position −1 is the file's own. */
    public static long pwritev2(Task current, PtRegs regs) {
        return vector2(current, regs, Direction.WRITE);
    }

    private static long vector2(Task current, PtRegs regs, Direction direction) {
        long position = vectorPosition(regs);
        int rwf = (int) regs.argument(6);
        return position == HERE
                ? doVector(current, regs, direction, HERE, rwf)
                : doVectorAt(current, regs, direction, position, rwf);
    }

    /** {@code pos_from_hilo}: on x86-64 the low word has all 64 bits, and the high one none. */
    private static long vectorPosition(PtRegs regs) {
        return regs.abi() == Abi.I386 ? Arguments.join(regs, 4) : regs.argument(4);
    }

    private static long doVectorAt(Task current, PtRegs regs, Direction direction, long position, int rwf) {
        return position < 0 ? ErrorNumbers.EINVAL : doVector(current, regs, direction, position, rwf);
    }

    private static long doVector(Task current, PtRegs regs, Direction direction, long position, int rwf) {
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            return position == HERE
                    ? vectorAtPosition(current, regs, file, direction, rwf)
                    : vectorAt(current, regs, file, direction, position, rwf);
        } finally {
            file.release();
        }
    }

    private static long vectorAt(Task current, PtRegs regs, File file, Direction direction, long position, int rwf) {
        int mode = direction == Direction.READ ? FileOperations.FMODE_PREAD : FileOperations.FMODE_PWRITE;
        return file.has(mode) ? vfsVector(current, regs, file, direction, position, rwf) : ErrorNumbers.ESPIPE;
    }

    private static long vectorAtPosition(Task current, PtRegs regs, File file, Direction direction, int rwf) {
        boolean locks = file.hasAtomicPosition();
        if (locks) {
            file.positionLock().lock();
        }
        try {
            boolean stream = file.has(FileOperations.FMODE_STREAM);
            long position = stream ? 0 : file.position();
            // A transfer without bytes leaves the state of the one before.
            current.kiocb().begin(file, position);
            long result = vfsVector(current, regs, file, direction, position, rwf);
            if (result >= 0 && !stream) {
                file.setPosition(current.kiocb().position());
            }
            return result;
        } finally {
            if (locks) {
                file.positionLock().unlock();
            }
        }
    }

    /** {@code vfs_readv} and {@code vfs_writev}. */
    private static long vfsVector(Task current, PtRegs regs, File file, Direction direction, long position, int rwf) {
        long refusal = refusal(file, direction);
        if (refusal != 0) {
            return refusal;
        }
        IovIter iterator = current.iovIter();
        long total = IovImport.vector(current, regs, iterator, regs.argument(2), regs.argument(3));
        if (total <= 0) {
            return total;
        }
        refusal = verifyArea(file, position, total);
        if (refusal != 0) {
            return refusal;
        }
        Kiocb iocb = current.kiocb().begin(file, position);
        refusal = file.hasOnlyOld(direction) && (rwf & ~Kiocb.RWF_HIPRI) != 0
                ? ErrorNumbers.EOPNOTSUPP
                : iocb.setFlags(file, rwf, direction);
        return refusal != 0 ? refusal : transfer(current, file, direction, iocb, iterator);
    }

    /** {@code lseek(2)}; i386 gives a signed 32-bit offset. */
    public static long lseek(Task current, PtRegs regs) {
        long offset = regs.abi() == Abi.I386 ? (int) regs.argument(2) : regs.argument(2);
        long result = ksysLseek(current, (int) regs.argument(1), offset, (int) regs.argument(3));
        return regs instanceof PtRegs32 && result != (int) result ? ErrorNumbers.EOVERFLOW : result;
    }

    /** {@code _llseek(2)} of i386: a 64-bit offset in two registers, the position into memory. */
    public static long llseek(Task current, PtRegs regs) {
        long offset = regs.argument(2) << 32 | regs.argument(3);
        long result = ksysLseek(current, (int) regs.argument(1), offset, (int) regs.argument(5));
        if (result < 0) {
            return result;
        }
        return Arguments.putLong(current, regs.argument(4), result);
    }

    private static long ksysLseek(Task current, int descriptor, long offset, int whence) {
        File file = current.files().get(descriptor);
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        file.positionLock().lock();
        try {
            return Integer.compareUnsigned(whence, Llseek.SEEK_HOLE) > 0
                    ? ErrorNumbers.EINVAL
                    : vfsLlseek(current, file, offset, whence);
        } finally {
            file.positionLock().unlock();
            file.release();
        }
    }

    private static long vfsLlseek(Task current, File file, long offset, int whence) {
        return file.has(FileOperations.FMODE_LSEEK)
                ? file.operations().llseek(current, file, offset, whence)
                : ErrorNumbers.ESPIPE;
    }
}
