package dev.trapgate.pipe;

import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.MemorySegment;

/**
 * Pipes, and moving data through them without copying it to user memory.
 *
 * @param kernel whose calls
 */
public record PipeCalls(Kernel kernel) {

    private static final Call PIPE2 = Call.of(Syscall.PIPE2);
    private static final Call SPLICE = Call.of(Syscall.SPLICE);
    private static final Call TEE = Call.of(Syscall.TEE);
    private static final Call FCNTL = Call.of(Syscall.FCNTL, Syscall.FCNTL64);
    private static final int F_SETPIPE_SZ = 1031;
    private static final int F_GETPIPE_SZ = 1032;

    /**
     * Makes a pipe, as {@code pipe2(2)}.
     *
     * @param flags what kind
     * @return its two ends, to be closed
     * @throws SyscallException EMFILE, ENFILE if too many descriptors are open
     * @see <a href="https://man7.org/linux/man-pages/man2/pipe2.2.html">pipe2(2)</a>
     */
    public Pipe pipe2(PipeFlags flags) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(Long.BYTES, Integer.BYTES);
            kernel.call(PIPE2, address, flags.bits());
            MemorySegment two = scratch.at(address, Long.BYTES);
            return new Pipe(
                    FileDescriptor.own(kernel, two.get(Layouts.INT, 0)),
                    FileDescriptor.own(kernel, two.get(Layouts.INT, Integer.BYTES)));
        }
    }

    /** {@return a pipe whose calls wait, closed when another program is executed} */
    public Pipe pipe() {
        return pipe2(PipeFlags.O_CLOEXEC);
    }

    /**
     * Moves data from one descriptor to another, at their own offsets, as {@code splice(2)}.
     *
     * @param from where from; this or {@code to} is a pipe
     * @param to where to
     * @param count how many bytes at most
     * @param flags how
     * @return how many were moved, 0 at the end
     * @throws SyscallException EINVAL if neither is a pipe; EAGAIN
     * @see <a href="https://man7.org/linux/man-pages/man2/splice.2.html">splice(2)</a>
     */
    public long splice(FileDescriptor from, FileDescriptor to, long count, SpliceFlags flags) {
        int source = from.hold(kernel);
        try {
            int target = to.hold(kernel);
            try {
                return kernel.call(SPLICE, source, 0, target, 0, count, flags.bits());
            } finally {
                to.letGo();
            }
        } finally {
            from.letGo();
        }
    }

    /**
     * Copies data from one pipe to another and leaves them in the first, as {@code tee(2)}.
     *
     * @param from a pipe's reading end
     * @param to another pipe's writing end
     * @param count how many bytes at most
     * @param flags how
     * @return how many were copied
     * @throws SyscallException EINVAL if either is no pipe, or both are the same; EAGAIN
     */
    public long tee(FileDescriptor from, FileDescriptor to, long count, SpliceFlags flags) {
        int target = to.hold(kernel);
        try {
            return kernel.callOn(TEE, from, target, count, flags.bits());
        } finally {
            to.letGo();
        }
    }

    /** {@return how many bytes a pipe holds} */
    public int capacity(FileDescriptor pipe) {
        return (int) kernel.callOn(FCNTL, pipe, F_GETPIPE_SZ, 0, 0);
    }

    /**
     * Changes how many bytes a pipe holds.
     *
     * @param pipe either end
     * @param bytes at least so many, rounded up to a power of two pages
     * @return what it holds now
     * @throws SyscallException EPERM above /proc/sys/fs/pipe-max-size; EBUSY if more than that is in it
     */
    public int capacity(FileDescriptor pipe, int bytes) {
        return (int) kernel.callOn(FCNTL, pipe, F_SETPIPE_SZ, bytes, 0);
    }
}
