package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.FilesStruct.OnExec;
import dev.trapgate.emulator.linux.kernel.Capability;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/** Making pipes, and their size: fs/pipe.c, Linux 6.18. */
public final class PipeCalls {

    private static final int O_NOTIFICATION_PIPE = 0x80;
    private static final long PIPE_MAX_SIZE = 1 << 20;
    private static final long MOST_BYTES = 1L << 31;

    private PipeCalls() {}

    /** {@code pipe(2)}. */
    public static long pipe(Task current, PtRegs regs) {
        return doPipe2(current, regs.argument(1), 0);
    }

    /** {@code pipe2(2)}: with O_DIRECT, writes are packets. */
    public static long pipe2(Task current, PtRegs regs) {
        return doPipe2(current, regs.argument(1), (int) regs.argument(2));
    }

    private static long doPipe2(Task current, long to, int flags) {
        int allowed = File.O_CLOEXEC | File.O_NONBLOCK | File.O_DIRECT | O_NOTIFICATION_PIPE;
        if ((flags & ~allowed) != 0) {
            return ErrorNumbers.EINVAL;
        }
        if ((flags & O_NOTIFICATION_PIPE) != 0) {
            return ErrorNumbers.ENOPKG;
        }
        OnExec onExec = OnExec.of(flags, File.O_CLOEXEC);
        long reader = FilesStruct.allocate(current, onExec);
        if (reader < 0) {
            return reader;
        }
        long writer = FilesStruct.allocate(current, onExec);
        if (writer < 0) {
            current.files().putUnused((int) reader);
            return writer;
        }
        current.buffer().set(Arguments.INT, 0, (int) reader);
        current.buffer().set(Arguments.INT, 4, (int) writer);
        long fault = current.copyBufferToUser(to, 8);
        if (fault != 0) {
            current.files().putUnused((int) reader);
            current.files().putUnused((int) writer);
            return fault;
        }
        install(current, flags, (int) reader, (int) writer);
        return 0;
    }

    /** {@code create_pipe_files}. */
    private static void install(Task current, int flags, int reader, int writer) {
        Credentials owner = current.credentials();
        PseudoSuperBlock place = current.process().mounts().pipes();
        Inode inode = new PipeInode(
                place,
                owner.fsuid(),
                owner.fsgid(),
                current.process().timekeeper().realtime());
        Path path = place.path(inode, "pipe:[" + inode.number() + ']');
        File read = new File(path, flags & File.O_NONBLOCK, PipeOperations.PIPE);
        File write = new File(path, File.O_WRONLY | (flags & (File.O_NONBLOCK | File.O_DIRECT)), PipeOperations.PIPE);
        PipeOperations.PIPE.open(current, read);
        PipeOperations.PIPE.open(current, write);
        current.files().install(reader, read);
        current.files().install(writer, write);
    }

    /** {@return how many bytes of pages a pipe takes, or −EBADF for another file: F_GETPIPE_SZ} */
    static long size(File file) {
        Pipe pipe = file.inode().pipe();
        return pipe == null ? ErrorNumbers.EBADF : (long) pipe.maxUsage() * PageFrames.PAGE_SIZE;
    }

    /**
     * Changes how much a pipe takes: {@code pipe_set_size}.
     *
     * @param current the calling task
     * @param file the open file
     * @param size in bytes; rounded up to a power of two of pages
     * @return the size as it is now; −EBUSY if there is more in the pipe
     */
    static long setSize(Task current, File file, int size) {
        Pipe pipe = file.inode().pipe();
        if (pipe == null) {
            return ErrorNumbers.EBADF;
        }
        long bytes = Integer.toUnsignedLong(size);
        if (bytes > MOST_BYTES) {
            return ErrorNumbers.EINVAL;
        }
        long rounded = Math.max(PageFrames.PAGE_SIZE, bytes == 0 ? 0 : Long.highestOneBit(2 * bytes - 1));
        pipe.lock().lock();
        try {
            int buffers = (int) (rounded / PageFrames.PAGE_SIZE);
            boolean more = buffers > pipe.maxUsage() && rounded > PIPE_MAX_SIZE;
            if (more && !current.credentials().capable(Capability.CAP_SYS_RESOURCE)) {
                return ErrorNumbers.EPERM;
            }
            if (buffers < pipe.occupancy()) {
                return ErrorNumbers.EBUSY;
            }
            pipe.setMaxUsage(buffers);
        } finally {
            pipe.lock().unlock();
        }
        pipe.writeQueue().wakeUpAll(FileOperations.POLLOUT | FileOperations.POLLWRNORM);
        return rounded;
    }
}
