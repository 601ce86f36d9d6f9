package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;

/** Moving pages between pipes and files: the inner functions of fs/splice.c, Linux 6.18. */
final class Splice {

    /** Never wait for the pipe. */
    static final int SPLICE_F_NONBLOCK = 2;
    /** All flags there are. */
    static final int SPLICE_F_ALL = 0xf;

    private static final int PAGE_SIZE = PageFrames.PAGE_SIZE;
    private static final long NOTHING = Long.MAX_VALUE;

    private Splice() {}

    /** Says that nobody reads a pipe any more. {@return −EPIPE} */
    private static long broken(Task current) {
        current.send(Signal.of(Signal.SIGPIPE));
        return ErrorNumbers.EPIPE;
    }

    /** Waits until a pipe has something: {@code ipipe_prep}. {@return 0, also at its end} */
    static long waitForData(Task current, Pipe pipe, int flags) {
        if (PipeOperations.isReadable(pipe)) {
            return 0;
        }
        if (current.signalPending()) {
            return ErrorNumbers.ERESTARTSYS;
        }
        return (flags & SPLICE_F_NONBLOCK) != 0 ? ErrorNumbers.EAGAIN : PipeOperations.waitReadable(current, pipe);
    }

    /** Waits until a pipe has room: {@code opipe_prep}, {@code wait_for_space}. */
    static long waitForSpace(Task current, Pipe pipe, int flags) {
        while (true) {
            if (PipeOperations.isWritable(pipe)) {
                return hasReaders(pipe) ? 0 : broken(current);
            }
            if ((flags & SPLICE_F_NONBLOCK) != 0) {
                return ErrorNumbers.EAGAIN;
            }
            if (PipeOperations.waitWritable(current, pipe) != 0) {
                return ErrorNumbers.ERESTARTSYS;
            }
        }
    }

    private static boolean hasReaders(Pipe pipe) {
        pipe.lock().lock();
        try {
            return pipe.readers() > 0;
        } finally {
            pipe.lock().unlock();
        }
    }

    static void wakeReaders(Pipe pipe) {
        pipe.readQueue().wakeUp(FileOperations.POLLIN | FileOperations.POLLRDNORM);
    }

    static void wakeWriters(Pipe pipe) {
        pipe.writeQueue().wakeUp(FileOperations.POLLOUT | FileOperations.POLLWRNORM);
    }

    /**
     * Puts a file's bytes into a pipe, waiting for room: {@code splice_file_to_pipe}.
     *
     * @param current the calling task
     * @param in the file
     * @param iocb where in the file; moved on
     * @param pipe the pipe
     * @param length how many bytes at most
     * @param flags SPLICE_F_*
     * @return how many bytes went in
     */
    static long fileToPipe(Task current, File in, Kiocb iocb, Pipe pipe, long length, int flags) {
        long result = waitForSpace(current, pipe, flags);
        if (result == 0) {
            pipe.lock().lock();
            try {
                result = read(current, in, iocb, pipe, length);
            } finally {
                pipe.lock().unlock();
            }
        }
        if (result > 0) {
            wakeReaders(pipe);
        }
        return result;
    }

    /** {@code do_splice_read}; the pipe is locked. */
    static long read(Task current, File in, Kiocb iocb, Pipe pipe, long length) {
        long room = (long) (pipe.maxUsage() - pipe.occupancy()) * PAGE_SIZE;
        long most = Math.min(Math.min(length, room), ReadWriteCalls.MAX_RW_COUNT);
        if (most <= 0) {
            return 0;
        }
        if (!in.has(FileOperations.FMODE_SPLICE_READ)) {
            return ErrorNumbers.EINVAL;
        }
        PageCache pages = in.inode().pages();
        return pages != null && pages.isWhole() && (in.flags() & File.O_DIRECT) == 0
                ? readPages(current, in, iocb, pipe, pages, most)
                : readCopy(current, in, iocb, pipe, most);
    }

    /** {@code shmem_file_splice_read}: the pipe gets the file's own pages. */
    private static long readPages(Task current, File in, Kiocb iocb, Pipe pipe, PageCache pages, long length) {
        long done = 0;
        while (done < length && !pipe.isFull() && iocb.position() < in.inode().size()) {
            long position = iocb.position();
            int offset = (int) position & PageFrames.PAGE_MASK;
            long left = Math.min(length - done, in.inode().size() - position);
            int part = (int) Math.min(PAGE_SIZE - offset, left);
            PageFrames frame = pages.find(position >>> PageFrames.PAGE_SHIFT);
            pipe.addShared((frame == null ? new PageFrames(1) : frame).bytes(), offset, part);
            iocb.setPosition(position + part);
            done += part;
        }
        if ((in.flags() & File.O_NOATIME) == 0) {
            in.inode().accessed(current.process().timekeeper().realtime());
        }
        return done;
    }

    /** {@code copy_splice_read}: reads into pages of its own. */
    private static long readCopy(Task current, File in, Kiocb iocb, Pipe pipe, long length) {
        int count = (int) ((length + PAGE_SIZE - 1) / PAGE_SIZE);
        IovIter to = IovIter.ofKernel(current.uaccess(), count);
        MemorySegment[] pages = new MemorySegment[count];
        for (int i = 0; i < count; i++) {
            pages[i] = new PageFrames(1).bytes();
            to.addKernel(pages[i].asSlice(0, Math.min(PAGE_SIZE, length - (long) i * PAGE_SIZE)));
        }
        long done = in.operations().readIter(current, in, iocb, to);
        for (int i = 0; (long) i * PAGE_SIZE < done; i++) {
            pipe.addShared(pages[i], 0, (int) Math.min(PAGE_SIZE, done - (long) i * PAGE_SIZE));
        }
        return done;
    }

    /**
     * Writes a pipe's bytes into a file: {@code iter_file_splice_write}.
     *
     * @param current the calling task
     * @param pipe the pipe
     * @param out the file
     * @param iocb where in the file; moved on
     * @param length how many bytes at most
     * @param flags SPLICE_F_*
     * @return how many bytes were written
     */
    static long pipeToFile(Task current, Pipe pipe, File out, Kiocb iocb, long length, int flags) {
        if (!out.has(FileOperations.FMODE_SPLICE_WRITE)) {
            return ErrorNumbers.EINVAL;
        }
        return drain(current, pipe, length, flags, (from, most) -> writeSome(current, pipe, out, iocb, most));
    }

    /** Takes bytes out of a locked pipe. */
    interface Actor {
        /** {@return how many bytes it took, or an error number negated} */
        long take(Pipe pipe, long most);
    }

    /**
     * Lets an actor take bytes until there are enough, waiting for the first ones: {@code __splice_from_pipe}.
     *
     * @return how many it took, or why it took none
     */
    static long drain(Task current, Pipe pipe, long length, int flags, Actor actor) {
        long done = 0;
        long result = NOTHING;
        while (result > 0 && done < length) {
            result = current.signalPending() ? ErrorNumbers.ERESTARTSYS : next(current, pipe, done, flags);
            if (result != 0) {
                break;
            }
            result = takeSome(pipe, length - done, actor);
            done += result == NOTHING ? 0 : Math.max(0, result);
        }
        return done > 0 ? done : result;
    }

    /** {@return how many bytes the actor took; 0 at the pipe's end; NOTHING if another took what there was} */
    private static long takeSome(Pipe pipe, long most, Actor actor) {
        pipe.lock().lock();
        try {
            if (pipe.isEmpty()) {
                return pipe.writers() == 0 ? 0 : NOTHING;
            }
            boolean wasFull = pipe.isFull();
            long result = actor.take(pipe, most);
            if (wasFull && !pipe.isFull()) {
                wakeWriters(pipe);
            }
            return result;
        } finally {
            pipe.lock().unlock();
        }
    }

    /** Waits for bytes unless some were taken already; {@return 0 if there may be some} */
    private static long next(Task current, Pipe pipe, long done, int flags) {
        if (done == 0) {
            return waitForData(current, pipe, flags);
        }
        pipe.lock().lock();
        try {
            return pipe.isEmpty() ? 1 : 0;
        } finally {
            pipe.lock().unlock();
        }
    }

    private static long writeSome(Task current, Pipe pipe, File out, Kiocb iocb, long most) {
        IovIter from = IovIter.ofKernel(current.uaccess(), pipe.occupancy());
        long gathered = 0;
        for (int i = 0; i < pipe.occupancy() && gathered < most; i++) {
            Pipe.Buffer buffer = pipe.buffer(i);
            long size = Math.min(buffer.length(), most - gathered);
            from.addKernel(buffer.page().asSlice(buffer.offset(), size));
            gathered += size;
        }
        long written = out.operations().writeIter(current, out, iocb, from);
        if (written > 0) {
            consume(pipe, written);
        }
        return written;
    }

    /** Takes bytes off a pipe's start. */
    static void consume(Pipe pipe, long count) {
        long left = count;
        while (left > 0) {
            Pipe.Buffer buffer = pipe.buffer(0);
            int size = (int) Math.min(left, buffer.length());
            buffer.consume(size);
            left -= size;
            if (buffer.length() == 0) {
                pipe.removeFirst();
            }
        }
    }

    /** Moves bytes from one pipe to another: {@code splice_pipe_to_pipe}. */
    static long pipeToPipe(Task current, Pipe in, Pipe out, long length, int flags) {
        while (true) {
            long result = waitForData(current, in, flags);
            result = result == 0 ? waitForSpace(current, out, flags) : result;
            if (result != 0) {
                return result;
            }
            long moved = moveLocked(in, out, length);
            if (moved != NOTHING) {
                return moved == ErrorNumbers.EPIPE ? broken(current) : moved;
            }
        }
    }

    private static long moveLocked(Pipe in, Pipe out, long length) {
        Pipe.doubleLock(in, out);
        try {
            if (out.readers() == 0) {
                return ErrorNumbers.EPIPE;
            }
            long moved = move(in, out, length);
            if (moved > 0) {
                wakeReaders(out);
                wakeWriters(in);
            }
            boolean ended = in.isEmpty() && in.writers() == 0;
            return moved > 0 || ended ? moved : NOTHING;
        } finally {
            Pipe.doubleUnlock(in, out);
        }
    }

    private static long move(Pipe in, Pipe out, long length) {
        long done = 0;
        while (done < length && !in.isEmpty() && !out.isFull()) {
            Pipe.Buffer buffer = in.buffer(0);
            int size = buffer.length();
            if (length - done >= size) {
                out.moveFirst(in);
            } else {
                size = (int) (length - done);
                out.addTee(buffer, size);
                buffer.consume(size);
            }
            done += size;
        }
        return done;
    }

    /** Copies a pipe's bytes to another without taking them: {@code do_tee}, {@code link_pipe}. */
    static long tee(Task current, Pipe in, Pipe out, long length, int flags) {
        long result = waitForData(current, in, flags);
        result = result == 0 ? waitForSpace(current, out, flags) : result;
        if (result != 0) {
            return result;
        }
        long done = 0;
        Pipe.doubleLock(in, out);
        try {
            if (out.readers() == 0) {
                return broken(current);
            }
            for (int i = 0; i < in.occupancy() && done < length && !out.isFull(); i++) {
                int size = (int) Math.min(in.buffer(i).length(), length - done);
                out.addTee(in.buffer(i), size);
                done += size;
            }
        } finally {
            Pipe.doubleUnlock(in, out);
        }
        if (done > 0) {
            wakeReaders(out);
        }
        return done;
    }

    /**
     * Moves bytes from file to file through a pipe of its own: {@code do_splice_direct}.
     *
     * @param current the calling task
     * @param in the file to read, which must have a position
     * @param from where in it; moved on by what was written
     * @param out the file to write
     * @param to where in it; moved on
     * @param length how many bytes at most
     * @return how many bytes were moved
     */
    static long direct(Task current, File in, Kiocb from, File out, Kiocb to, long length) {
        if ((out.flags() & File.O_APPEND) != 0 || !in.has(FileOperations.FMODE_LSEEK)) {
            return ErrorNumbers.EINVAL;
        }
        Pipe pipe = new Pipe();
        long done = 0;
        while (done < length) {
            long start = from.position();
            long read = read(current, in, from, pipe, length - done);
            if (read <= 0) {
                return done == 0 ? read : done;
            }
            long written = pipeToFile(current, pipe, out, to, read, 0);
            if (written < read) {
                from.setPosition(start + Math.max(0, written));
                done += Math.max(0, written);
                return done == 0 ? written : done;
            }
            done += written;
        }
        return done;
    }
}
