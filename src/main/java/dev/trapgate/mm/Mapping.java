package dev.trapgate.mm;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Mapped memory that can grow and shrink, and move when it does. It belongs to the thread that made it; so does the segment,
 * whose life ends at every change of size: using the old one is an {@link IllegalStateException}, never a fault.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/mremap.2.html">mremap(2)</a>
 */
public final class Mapping implements AutoCloseable {

    private static final Call MREMAP = Call.of(Syscall.MREMAP);
    private static final Call MUNMAP = Call.of(Syscall.MUNMAP);
    private static final int MREMAP_MAYMOVE = 1;
    private static final long LOW_HALF = 0xffff_ffffL;

    private final Kernel kernel;
    private final Protection protection;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Arena arena;
    private MemorySegment memory;

    Mapping(Kernel kernel, Protection protection, long address, long length) {
        this.kernel = kernel;
        this.protection = protection;
        this.arena = Arena.ofConfined();
        this.memory = view(address, length);
    }

    private MemorySegment view(long address, long length) {
        MemorySegment view = kernel.memory().view(address, length, arena, () -> {});
        return protection.has(Protection.PROT_WRITE) ? view : view.asReadOnly();
    }

    /**
     * {@return the memory as it is now}
     *
     * @throws IllegalStateException if this is closed
     */
    public MemorySegment memory() {
        if (closed.get()) {
            throw new IllegalStateException("this mapping is closed; map the memory again");
        }
        return memory;
    }

    /**
     * Changes its length, as {@code mremap(2)} with MREMAP_MAYMOVE. What stays keeps its content; what is new is zeros, or more of
     * the file. Segments from before can no longer be used.
     *
     * @param length in bytes, 1 or more; rounded up to whole pages
     * @return the memory as it is now
     * @throws SyscallException ENOMEM; EAGAIN above RLIMIT_MEMLOCK if it is locked; nothing has changed then
     * @throws IllegalStateException if this is closed
     * @throws WrongThreadException if another thread made it
     */
    public MemorySegment resize(long length) {
        MemorySegment old = memory();
        requireOwner(old);
        long answer = kernel.call(MREMAP, old.address(), old.byteSize(), length, MREMAP_MAYMOVE);
        arena.close();
        arena = Arena.ofConfined();
        memory = view(kernel.abi().pointerSize() == Integer.BYTES ? answer & LOW_HALF : answer, length);
        return memory;
    }

    private void requireOwner(MemorySegment segment) {
        if (!segment.isAccessibleBy(Thread.currentThread())) {
            throw new WrongThreadException("this mapping belongs to the thread that made it");
        }
    }

    /**
     * Unmaps the memory. Closing again does nothing.
     *
     * @throws WrongThreadException if another thread made it
     */
    @Override
    public void close() {
        requireOwner(memory);
        if (closed.compareAndSet(false, true)) {
            long address = memory.address();
            long length = memory.byteSize();
            arena.close();
            long answer = kernel.enter(MUNMAP, address, length, 0, 0, 0, 0);
            if (Errno.isError(answer)) {
                throw kernel.failure(MUNMAP, answer, address, length, 0, 0, 0, 0);
            }
        }
    }
}
