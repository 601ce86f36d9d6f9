package dev.trapgate.emulator.linux.fs;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import org.jspecify.annotations.Nullable;

/** Copying from file to file within the kernel: {@code sendfile} and {@code copy_file_range} of fs/read_write.c. */
public final class CopyCalls {

    private static final long MAX_NON_LFS = Integer.MAX_VALUE;

    private CopyCalls() {}

    /** {@code sendfile(2)}; i386's has a signed 32-bit offset. */
    public static long sendfile(Task current, PtRegs regs) {
        if (regs.abi() != Abi.I386) {
            return sendfile64(current, regs);
        }
        long address = regs.argument(3);
        if (address == 0) {
            return sendfile64(current, regs);
        }
        if (!Arguments.fetch(current, address, Integer.BYTES)) {
            return ErrorNumbers.EFAULT;
        }
        int offset = current.buffer().get(Arguments.INT, 0);
        Kiocb from = new Kiocb();
        from.setPosition(offset);
        long result = doSendfile(current, regs, from, MAX_NON_LFS);
        return current.uaccess().putUser32(address, from.position()) ? result : ErrorNumbers.EFAULT;
    }

    /** {@code sendfile64(2)}, which x86-64's sendfile(2) is. */
    public static long sendfile64(Task current, PtRegs regs) {
        long address = regs.argument(3);
        if (address == 0) {
            return doSendfile(current, regs, null, Long.MAX_VALUE);
        }
        if (!Arguments.fetch(current, address, Long.BYTES)) {
            return ErrorNumbers.EFAULT;
        }
        Kiocb from = new Kiocb();
        from.setPosition(current.buffer().get(Arguments.LONG, 0));
        long result = doSendfile(current, regs, from, Long.MAX_VALUE);
        return Arguments.putLong(current, address, from.position()) == 0 ? result : ErrorNumbers.EFAULT;
    }

    /** @param given where to read; null for the file's position */
    private static long doSendfile(Task current, PtRegs regs, @Nullable Kiocb given, long most) {
        File in = current.files().get((int) regs.argument(2));
        if (in == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            Kiocb from = given == null ? new Kiocb().begin(in, in.position()) : given;
            long refusal = refusal(in, from, given != null, regs.argument(4));
            if (refusal != 0) {
                return refusal;
            }
            long count = Math.min(regs.argument(4), ReadWriteCalls.MAX_RW_COUNT);
            long result = sendTo(current, in, from, (int) regs.argument(1), count, most);
            if (result > 0 && given == null) {
                in.setPosition(from.position());
            }
            return result;
        } finally {
            in.release();
        }
    }

    private static long refusal(File in, Kiocb from, boolean given, long count) {
        if (!in.mayRead()) {
            return ErrorNumbers.EBADF;
        }
        if (given && !in.has(FileOperations.FMODE_PREAD)) {
            return ErrorNumbers.ESPIPE;
        }
        return ReadWriteCalls.verifyArea(in, from.position(), count);
    }

    private static long sendTo(Task current, File in, Kiocb from, int descriptor, long wanted, long most) {
        File out = current.files().get(descriptor);
        if (out == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            if (!out.mayWrite()) {
                return ErrorNumbers.EBADF;
            }
            if (from.position() >= most) {
                return ErrorNumbers.EOVERFLOW;
            }
            long count = Math.min(wanted, most - from.position());
            Pipe pipe = out.inode().type() == Inode.S_IFIFO ? out.inode().pipe() : null;
            int flags = out.isNonblocking() ? Splice.SPLICE_F_NONBLOCK : 0;
            long result = pipe != null
                    ? Splice.fileToPipe(current, in, from, pipe, count, flags)
                    : sendToFile(current, in, from, out, count);
            notify(result, in, out);
            return result;
        } finally {
            out.release();
        }
    }

    private static void notify(long result, File in, File out) {
        if (result > 0) {
            Fsnotify.access(in);
            Fsnotify.modify(out);
        }
    }

    private static long sendToFile(Task current, File in, Kiocb from, File out, long count) {
        long refusal = ReadWriteCalls.verifyArea(out, out.position(), count);
        if (refusal != 0) {
            return refusal;
        }
        Kiocb to = new Kiocb().begin(out, out.position());
        long result = Splice.direct(current, in, from, out, to, count);
        if (result > 0 && !out.has(FileOperations.FMODE_STREAM)) {
            out.setPosition(to.position());
        }
        return result;
    }

    /** {@code copy_file_range(2)}. */
    public static long copyFileRange(Task current, PtRegs regs) {
        File in = current.files().get((int) regs.argument(1));
        if (in == null) {
            return ErrorNumbers.EBADF;
        }
        File out = current.files().get((int) regs.argument(3));
        if (out == null) {
            in.release();
            return ErrorNumbers.EBADF;
        }
        try {
            FileOffset from = FileOffset.fetch(current, in, regs.argument(2));
            FileOffset to = from == null ? null : FileOffset.fetch(current, out, regs.argument(4));
            if (from == null || to == null) {
                return ErrorNumbers.EFAULT;
            }
            if ((int) regs.argument(6) != 0) {
                return ErrorNumbers.EINVAL;
            }
            return vfsCopyFileRange(current, in, from, out, to, regs.argument(5));
        } finally {
            in.release();
            out.release();
        }
    }

    private static long vfsCopyFileRange(Task current, File in, FileOffset from, File out, FileOffset to, long length) {
        long count = checks(current, in, from.value(), out, to.value(), length);
        if (count <= 0) {
            return count;
        }
        Kiocb source = new Kiocb().begin(in, from.value());
        Kiocb target = new Kiocb().begin(out, to.value());
        long most = Math.min(count, ReadWriteCalls.MAX_RW_COUNT);
        long result = Splice.direct(current, in, source, out, target, most);
        if (result <= 0) {
            return result;
        }
        notify(result, in, out);
        from.move(in, from.value() + result);
        to.move(out, to.value() + result);
        return from.tell(current) && to.tell(current) ? result : ErrorNumbers.EFAULT;
    }

    /** {@code generic_copy_file_checks}. {@return how many bytes may be copied} */
    private static long checks(Task current, File in, long from, File out, long to, long length) {
        long refusal = fileChecks(in, out);
        if (refusal != 0) {
            return refusal;
        }
        boolean wraps = Long.compareUnsigned(from + length, from) < 0 || Long.compareUnsigned(to + length, to) < 0;
        if (wraps) {
            return ErrorNumbers.EOVERFLOW;
        }
        if (to < 0) {
            return ErrorNumbers
                    .EINVAL; // generic_write_check_limits makes the count negative, for rw_verify_area to refuse
        }
        long left = Math.max(0, in.inode().size() - from);
        long count = Long.compareUnsigned(length, left) < 0 ? length : left;
        long room = WriteLimits.room(current, out, to);
        if (room < 0) {
            return room;
        }
        count = Math.min(count, room);
        boolean overlaps = in.inode() == out.inode() && to + count > from && to < from + count;
        if (overlaps) {
            return ErrorNumbers.EINVAL;
        }
        refusal = ReadWriteCalls.verifyArea(in, from, count);
        refusal = refusal == 0 ? ReadWriteCalls.verifyArea(out, to, count) : refusal;
        return refusal == 0 ? count : refusal;
    }

    private static long fileChecks(File in, File out) {
        int inType = in.inode().type();
        int outType = out.inode().type();
        if (inType == Inode.S_IFDIR || outType == Inode.S_IFDIR) {
            return ErrorNumbers.EISDIR;
        }
        if (!in.inode().isRegular() || !out.inode().isRegular()) {
            return ErrorNumbers.EINVAL;
        }
        if (!in.mayRead() || !out.mayWrite() || (out.flags() & File.O_APPEND) != 0) {
            return ErrorNumbers.EBADF;
        }
        return in.inode().superBlock() == out.inode().superBlock() ? 0 : ErrorNumbers.EXDEV;
    }
}
