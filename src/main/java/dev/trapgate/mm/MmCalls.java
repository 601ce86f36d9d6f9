package dev.trapgate.mm;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.IoVectors;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Reach;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.List;

/**
 * Mappings of memory, as segments that live as long as their arena. Only through gates into this process: what another
 * process or an emulated program maps, Java cannot reach.
 *
 * <p>The kernel protects memory from the JVM too. Touching a mapping without PROT_READ, or one whose file has become shorter,
 * is a fault: the JVM turns the second into an {@link InternalError}, and dies of the first.
 *
 * @param kernel whose calls
 */
public record MmCalls(Kernel kernel) {

    private static final Call MMAP = Call.of(Syscall.MMAP, Syscall.MMAP2);
    private static final Call MUNMAP = Call.of(Syscall.MUNMAP);
    private static final Call MPROTECT = Call.of(Syscall.MPROTECT);
    private static final Call MADVISE = Call.of(Syscall.MADVISE);
    private static final Call PROCESS_MADVISE = Call.of(Syscall.PROCESS_MADVISE);
    private static final Call MSYNC = Call.of(Syscall.MSYNC);
    private static final Call MLOCK = Call.of(Syscall.MLOCK);
    private static final Call MUNLOCK = Call.of(Syscall.MUNLOCK);
    private static final Call MINCORE = Call.of(Syscall.MINCORE);

    private static final int NO_FILE = -1;
    private static final long PAGE = 4096;
    private static final long LOW_HALF = 0xffff_ffffL;

    /**
     * Maps zeros, as {@code mmap(2)} with MAP_ANONYMOUS.
     *
     * @param arena closing it unmaps the memory
     * @param length in bytes, 1 or more; rounded up to whole pages
     * @param protection what may be done with it
     * @param flags MAP_PRIVATE or MAP_SHARED, and more
     * @return the memory, read-only without PROT_WRITE
     * @throws SyscallException ENOMEM; EPERM, EAGAIN with MAP_LOCKED above RLIMIT_MEMLOCK; EINVAL
     * @throws UnsupportedOperationException if this gate's memory is not Java's
     * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>
     */
    public MemorySegment mmap(Arena arena, long length, Protection protection, MapFlags flags) {
        int bits = flags.or(MapFlags.MAP_ANONYMOUS).bits();
        return map(arena, length, protection, bits, NO_FILE, 0);
    }

    /**
     * Maps a file, as {@code mmap(2)}. The mapping stays when the descriptor is closed.
     *
     * @param arena closing it unmaps the memory
     * @param file open for what the protection allows
     * @param offset a multiple of the page size, 0 or more
     * @param length in bytes, 1 or more
     * @param protection what may be done with it
     * @param flags MAP_PRIVATE or MAP_SHARED, and more
     * @return the memory, read-only without PROT_WRITE
     * @throws SyscallException EACCES if the file is not open for that; ENODEV if it cannot be mapped; EINVAL; EPERM for a seal
     * @throws UnsupportedOperationException if this gate's memory is not Java's
     */
    public MemorySegment mmap(
            Arena arena, FileDescriptor file, long offset, long length, Protection protection, MapFlags flags) {
        int number = file.hold(kernel);
        try {
            return map(arena, length, protection, flags.bits(), number, offset);
        } finally {
            file.letGo();
        }
    }

    /**
     * Maps zeros that can grow and shrink, as {@code mmap(2)} with MAP_ANONYMOUS; {@link Mapping#resize} is {@code mremap(2)}.
     *
     * @param length in bytes, 1 or more; rounded up to whole pages
     * @param protection what may be done with it
     * @param flags MAP_PRIVATE or MAP_SHARED, and more
     * @return the mapping, to be closed by the thread that asked for it
     * @throws SyscallException as {@link #mmap(Arena, long, Protection, MapFlags)}
     * @throws UnsupportedOperationException if this gate's memory is not Java's
     */
    public Mapping map(long length, Protection protection, MapFlags flags) {
        int bits = flags.or(MapFlags.MAP_ANONYMOUS).bits();
        return new Mapping(kernel, protection, mapped(length, protection, bits, NO_FILE, 0), length);
    }

    /**
     * Maps a file, in a length that can change, as {@link #map(long, Protection, MapFlags)}.
     *
     * @param file open for what the protection allows
     * @param offset a multiple of the page size, 0 or more
     * @param length in bytes, 1 or more
     * @param protection what may be done with it
     * @param flags MAP_PRIVATE or MAP_SHARED, and more
     * @return the mapping, to be closed by the thread that asked for it
     * @throws SyscallException as {@link #mmap(Arena, FileDescriptor, long, long, Protection, MapFlags)}
     */
    public Mapping map(FileDescriptor file, long offset, long length, Protection protection, MapFlags flags) {
        int number = file.hold(kernel);
        try {
            return new Mapping(kernel, protection, mapped(length, protection, flags.bits(), number, offset), length);
        } finally {
            file.letGo();
        }
    }

    private MemorySegment map(Arena arena, long length, Protection protection, int flags, int file, long offset) {
        long address = mapped(length, protection, flags, file, offset);
        MemorySegment memory = kernel.memory().view(address, length, arena, () -> unmap(address, length));
        return protection.has(Protection.PROT_WRITE) ? memory : memory.asReadOnly();
    }

    private long mapped(long length, Protection protection, int flags, int file, long offset) {
        requireWholePages(offset);
        requireMemoryOfThisProcess();
        long place = kernel.abi() == Abi.I386 ? offset / PAGE : offset;
        long answer = kernel.call(MMAP, 0, length, protection.bits(), flags, file, place);
        return kernel.abi() == Abi.I386 ? answer & LOW_HALF : answer;
    }

    private void requireMemoryOfThisProcess() {
        if (kernel.reach() == Reach.NONE) {
            throw new UnsupportedOperationException(
                    "what " + kernel.gate()
                            + " maps lies in another address space, which Java cannot reach; allocate from Linux.memory() instead");
        }
    }

    private static void requireWholePages(long offset) {
        if (offset % PAGE != 0 || offset < 0) {
            throw new IllegalArgumentException("an offset of " + offset + ": a multiple of 4096, 0 or more, is wanted");
        }
    }

    private void unmap(long address, long length) {
        long answer = kernel.enter(MUNMAP, address, length, 0, 0, 0, 0);
        if (Errno.isError(answer)) {
            throw kernel.failure(MUNMAP, answer, address, length, 0, 0, 0, 0);
        }
    }

    private long on(Call call, MemorySegment memory, long a3) {
        if (!kernel.reaches(memory)) {
            throw new IllegalArgumentException("this gate's kernel cannot address " + memory);
        }
        return kernel.call(call, memory.address(), memory.byteSize(), a3);
    }

    /**
     * Changes what may be done with mapped memory, as {@code mprotect(2)}. The segment does not know: reading it without
     * PROT_READ, or writing without PROT_WRITE, ends the JVM.
     *
     * @param memory whole pages
     * @param protection what may be done
     * @throws SyscallException EACCES if the file is not open for that; ENOMEM; EINVAL if it does not begin on a page
     */
    public void mprotect(MemorySegment memory, Protection protection) {
        on(MPROTECT, memory, protection.bits());
    }

    /**
     * Tells how memory will be used, as {@code madvise(2)}.
     *
     * @param memory whole pages, which should be of {@link #mmap}: MADV_DONTNEED empties whatever lies there
     * @param advice how
     * @throws SyscallException EINVAL if it does not begin on a page, or the advice does not fit; ENOMEM if it is not mapped
     */
    public void madvise(MemorySegment memory, MemoryAdvice advice) {
        on(MADVISE, memory, advice.number());
    }

    /**
     * Tells how another process will use its memory, as {@code process_madvise(2)}: MADV_COLD, MADV_PAGEOUT, MADV_WILLNEED or
     * MADV_COLLAPSE.
     *
     * @param process the process, by descriptor
     * @param ranges its memory, in whole pages; 1024 ranges at most
     * @param advice how
     * @return how many bytes were advised, from the first range on
     * @throws SyscallException EPERM without the right to trace it and CAP_SYS_NICE; EINVAL for other advice; ESRCH; ENOSYS before
     *     Linux 5.10
     * @see <a href="https://man7.org/linux/man-pages/man2/process_madvise.2.html">process_madvise(2)</a>
     */
    public long processMadvise(FileDescriptor process, List<AddressRange> ranges, MemoryAdvice advice) {
        int word = kernel.abi().pointerSize();
        long size = 2L * word * ranges.size();
        try (Scratch scratch = kernel.scratch()) {
            long array = scratch.room(size, Long.BYTES);
            MemorySegment vectors = scratch.at(array, size);
            long at = 0;
            for (AddressRange range : ranges) {
                IoVectors.putWord(kernel.abi(), vectors, at, range.address());
                IoVectors.putWord(kernel.abi(), vectors, at + word, range.length());
                at += 2L * word;
            }
            return kernel.callOn(PROCESS_MADVISE, process, array, ranges.size(), advice.number());
        }
    }

    /**
     * Writes a mapping of a file back, as {@code msync(2)}; EIO if that fails, EBUSY if it is locked.
     *
     * @param memory the memory
     * @param flags how
     */
    public void msync(MemorySegment memory, SyncFlags flags) {
        on(MSYNC, memory, flags.bits());
    }

    /**
     * Keeps memory from being swapped out, as {@code mlock(2)}.
     *
     * @param memory any memory; the pages that it touches are locked
     * @throws SyscallException ENOMEM above RLIMIT_MEMLOCK, the hint has the limit; EPERM if that is 0
     */
    public void mlock(MemorySegment memory) {
        on(MLOCK, memory, 0);
    }

    /**
     * Lets memory be swapped out again, as {@code munlock(2)}.
     *
     * @param memory the memory
     */
    public void munlock(MemorySegment memory) {
        on(MUNLOCK, memory, 0);
    }

    /**
     * {@return which pages of memory are there, as {@code mincore(2)}; a bit for each page}
     *
     * @param memory whole pages
     * @throws SyscallException ENOMEM if part of it is not mapped; EINVAL if it does not begin on a page
     */
    public BitSet mincore(MemorySegment memory) {
        long pages = (memory.byteSize() + PAGE - 1) / PAGE;
        try (Scratch scratch = kernel.scratch()) {
            long vector = scratch.room(pages, 1);
            on(MINCORE, memory, vector);
            byte[] bytes = scratch.at(vector, pages).toArray(ValueLayout.JAVA_BYTE);
            BitSet resident = new BitSet();
            for (int page = 0; page < bytes.length; page++) {
                resident.set(page, (bytes[page] & 1) != 0);
            }
            return resident;
        }
    }
}
