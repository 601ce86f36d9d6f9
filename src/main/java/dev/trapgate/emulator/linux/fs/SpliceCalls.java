package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Moving pages to, from and between pipes: the calls of fs/splice.c, Linux 6.18. */
public final class SpliceCalls {

    private SpliceCalls() {}

    private static @Nullable Pipe pipe(File file) {
        return file.inode().type() == Inode.S_IFIFO ? file.inode().pipe() : null;
    }

    /** {@code splice(2)}. */
    public static long splice(Task current, PtRegs regs) {
        long length = regs.argument(5);
        int flags = (int) regs.argument(6);
        if (length == 0) {
            return 0;
        }
        if ((flags & ~Splice.SPLICE_F_ALL) != 0) {
            return ErrorNumbers.EINVAL;
        }
        return withBoth(
                current,
                (int) regs.argument(1),
                (int) regs.argument(3),
                (in, out) -> splice(current, in, regs.argument(2), out, regs.argument(4), length, flags));
    }

    private interface Action {
        long on(File in, File out);
    }

    private static long withBoth(Task current, int from, int to, Action action) {
        File in = current.files().get(from);
        if (in == null) {
            return ErrorNumbers.EBADF;
        }
        File out = current.files().get(to);
        if (out == null) {
            in.release();
            return ErrorNumbers.EBADF;
        }
        try {
            return action.on(in, out);
        } finally {
            in.release();
            out.release();
        }
    }

    /** {@code __do_splice}: fetches the offsets, and writes them back. */
    private static long splice(
            Task current, File in, long inAddress, File out, long outAddress, long length, int flags) {
        boolean pipeHasOffset = (pipe(in) != null && inAddress != 0) || (pipe(out) != null && outAddress != 0);
        if (pipeHasOffset) {
            return ErrorNumbers.ESPIPE;
        }
        FileOffset outOffset = FileOffset.fetch(current, out, outAddress);
        FileOffset inOffset = FileOffset.fetch(current, in, inAddress);
        if (outOffset == null || inOffset == null) {
            return ErrorNumbers.EFAULT;
        }
        long result = doSplice(current, in, inOffset, out, outOffset, length, flags);
        if (result < 0) {
            return result;
        }
        notify(result, in, out);
        boolean told = outOffset.tell(current) && inOffset.tell(current);
        return told ? result : ErrorNumbers.EFAULT;
    }

    private static void notify(long result, File in, File out) {
        if (result > 0) {
            Fsnotify.modify(out);
            Fsnotify.access(in);
        }
    }

    private static long doSplice(
            Task current, File in, FileOffset from, File out, FileOffset to, long length, int flags) {
        if (!in.mayRead() || !out.mayWrite()) {
            return ErrorNumbers.EBADF;
        }
        Pipe source = pipe(in);
        Pipe target = pipe(out);
        if (source != null && target != null) {
            int nonblocking = in.isNonblocking() || out.isNonblocking() ? Splice.SPLICE_F_NONBLOCK : 0;
            return source == target
                    ? ErrorNumbers.EINVAL
                    : Splice.pipeToPipe(current, source, target, length, flags | nonblocking);
        }
        if (source != null) {
            return fromPipe(current, in, source, out, to, length, flags);
        }
        return target == null ? ErrorNumbers.EINVAL : toPipe(current, in, from, out, target, length, flags);
    }

    private static long fromPipe(Task current, File in, Pipe source, File out, FileOffset to, long length, int flags) {
        boolean cannot = to.isGiven() && !out.has(FileOperations.FMODE_PWRITE);
        if (cannot || (out.flags() & File.O_APPEND) != 0) {
            return ErrorNumbers.EINVAL;
        }
        long refusal = ReadWriteCalls.verifyArea(out, to.value(), length);
        if (refusal != 0) {
            return refusal;
        }
        int nonblocking = in.isNonblocking() ? Splice.SPLICE_F_NONBLOCK : 0;
        Kiocb iocb = new Kiocb().begin(out, to.value());
        long result = Splice.pipeToFile(current, source, out, iocb, length, flags | nonblocking);
        to.move(out, iocb.position());
        return result;
    }

    private static long toPipe(Task current, File in, FileOffset from, File out, Pipe target, long length, int flags) {
        if (from.isGiven() && !in.has(FileOperations.FMODE_PREAD)) {
            return ErrorNumbers.EINVAL;
        }
        long refusal = ReadWriteCalls.verifyArea(in, from.value(), length);
        if (refusal != 0) {
            return refusal;
        }
        int nonblocking = out.isNonblocking() ? Splice.SPLICE_F_NONBLOCK : 0;
        Kiocb iocb = new Kiocb().begin(in, from.value());
        long result = Splice.fileToPipe(current, in, iocb, target, length, flags | nonblocking);
        from.move(in, iocb.position());
        return result;
    }

    /** {@code tee(2)}. */
    public static long tee(Task current, PtRegs regs) {
        long length = regs.argument(3);
        int flags = (int) regs.argument(4);
        if ((flags & ~Splice.SPLICE_F_ALL) != 0) {
            return ErrorNumbers.EINVAL;
        }
        if (length == 0) {
            return 0;
        }
        return withBoth(
                current,
                (int) regs.argument(1),
                (int) regs.argument(2),
                (in, out) -> tee(current, in, out, length, flags));
    }

    private static long tee(Task current, File in, File out, long length, int flags) {
        if (!in.mayRead() || !out.mayWrite()) {
            return ErrorNumbers.EBADF;
        }
        Pipe source = pipe(in);
        Pipe target = pipe(out);
        if (source == null || target == null || source == target) {
            return ErrorNumbers.EINVAL;
        }
        int nonblocking = in.isNonblocking() || out.isNonblocking() ? Splice.SPLICE_F_NONBLOCK : 0;
        long result = Splice.tee(current, source, target, length, flags | nonblocking);
        notify(result, in, out);
        return result;
    }

    /** {@code vmsplice(2)}: into a pipe go the program's own pages, out of it a copy. */
    public static long vmsplice(Task current, PtRegs regs) {
        int flags = (int) regs.argument(4);
        if ((flags & ~Splice.SPLICE_F_ALL) != 0) {
            return ErrorNumbers.EINVAL;
        }
        File file = current.files().get((int) regs.argument(1));
        if (file == null) {
            return ErrorNumbers.EBADF;
        }
        try {
            if (!file.mayRead() && !file.mayWrite()) {
                return ErrorNumbers.EBADF;
            }
            IovIter iterator = current.iovIter();
            long total = IovImport.vector(current, regs, iterator, regs.argument(2), regs.argument(3));
            if (total <= 0) {
                return total;
            }
            Pipe pipe = pipe(file);
            if (pipe == null) {
                return ErrorNumbers.EBADF;
            }
            return file.mayWrite() ? toPipe(current, pipe, iterator, flags) : toUser(current, pipe, iterator, flags);
        } finally {
            file.release();
        }
    }

    /** {@code vmsplice_to_pipe}. */
    private static long toPipe(Task current, Pipe pipe, IovIter from, int flags) {
        long result = Splice.waitForSpace(current, pipe, flags);
        if (result != 0) {
            return result;
        }
        pipe.lock().lock();
        try {
            result = addUserPages(current, pipe, from);
        } finally {
            pipe.lock().unlock();
        }
        if (result > 0) {
            Splice.wakeReaders(pipe);
        }
        return result;
    }

    private static long addUserPages(Task current, Pipe pipe, IovIter from) {
        long done = 0;
        while (from.count() > 0 && !pipe.isFull()) {
            MemorySegment page = current.uaccess().pinPage(from.address());
            if (page == null) {
                return done == 0 ? ErrorNumbers.EFAULT : done;
            }
            int size = (int) Math.min(page.byteSize(), from.pieceLeft());
            pipe.addShared(page, 0, size);
            from.skip(size);
            done += size;
        }
        return done;
    }

    /** {@code vmsplice_to_user}. */
    private static long toUser(Task current, Pipe pipe, IovIter to, int flags) {
        return Splice.drain(current, pipe, to.count(), flags, (from, most) -> copyOut(from, to));
    }

    private static long copyOut(Pipe from, IovIter to) {
        Pipe.Buffer buffer = from.buffer(0);
        int size = (int) Math.min(buffer.length(), to.count());
        if (to.copyTo(buffer.page(), buffer.offset(), size) < size) {
            return ErrorNumbers.EFAULT;
        }
        Splice.consume(from, size);
        return size;
    }
}
