package dev.trapgate.mm;

import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Reach;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Page faults answered by a program: memory that is filled when someone touches it.
 *
 * <p><b>A Java thread that touches such memory stops the whole JVM</b> until the page is there: it waits where no safepoint can
 * be reached, and the next garbage collection waits for it. If the thread that answers allocates by then, nobody goes on. Touch
 * such memory through system calls, whose threads are in native code (read a file into it, write it to a pipe), or let other
 * processes do it.
 *
 * @param kernel whose calls, behind a gate into this process
 * @see <a href="https://man7.org/linux/man-pages/man2/userfaultfd.2.html">userfaultfd(2)</a>
 */
public record UserfaultCalls(Kernel kernel) {

    private static final Call USERFAULTFD = Call.of(Syscall.USERFAULTFD);
    private static final Call IOCTL = Call.of(Syscall.IOCTL);
    private static final Call READ = Call.of(Syscall.READ);

    private static final long UFFDIO_API = 0xc018_aa3fL;
    private static final long UFFDIO_REGISTER = 0xc020_aa00L;
    private static final long UFFDIO_UNREGISTER = 0x8010_aa01L;
    private static final long UFFDIO_WAKE = 0x8010_aa02L;
    private static final long UFFDIO_COPY = 0xc028_aa03L;
    private static final long UFFDIO_ZEROPAGE = 0xc020_aa04L;
    private static final long UFFD_API = 0xaa;
    private static final long UFFD_FEATURE_THREAD_ID = 1 << 8;
    private static final long REGISTER_MODE_MISSING = 1;

    private static final long LARGEST = 40;
    private static final long FOURTH = 24;
    private static final long FIFTH = 32;

    /**
     * Opens a descriptor for page faults, and agrees with the kernel on the API: UFFD_API, with thread numbers.
     *
     * @param flags what kind
     * @return the descriptor, to be closed; closing gives all memory back to the kernel and wakes all who wait
     * @throws SyscallException EPERM for faults of system calls without CAP_SYS_PTRACE, unless
     *     /proc/sys/vm/unprivileged_userfaultfd is 1: UFFD_USER_MODE_ONLY needs no right; ENOSYS if it is not built in
     * @throws UnsupportedOperationException if this gate's memory is not Java's
     */
    public FileDescriptor userfaultfd(UserfaultFlags flags) {
        if (kernel.reach() == Reach.NONE) {
            throw new UnsupportedOperationException(
                    "what " + kernel.gate() + " maps lies in another address space, which Java cannot reach");
        }
        FileDescriptor descriptor = kernel.open(USERFAULTFD, flags.bits(), 0, 0);
        try {
            control(descriptor, UFFDIO_API, 0, UFFD_API, UFFD_FEATURE_THREAD_ID, 0, 0, 0);
            return descriptor;
        } catch (SyscallException failure) {
            descriptor.close();
            throw failure;
        }
    }

    /** Does an ioctl whose structure is words of 64 bits; answers the one at an offset. */
    private long control(FileDescriptor userfault, long request, long answerAt, long... words) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.zeroed(LARGEST, Long.BYTES);
            MemorySegment argument = scratch.at(address, LARGEST);
            for (int index = 0; index < words.length; index++) {
                argument.set(Layouts.LONG, (long) index * Long.BYTES, words[index]);
            }
            kernel.callOn(IOCTL, userfault, request, address, 0);
            return argument.get(Layouts.LONG, answerAt);
        }
    }

    /**
     * Has faults of memory that has no page yet wait for this descriptor, by UFFDIO_REGISTER with UFFDIO_REGISTER_MODE_MISSING.
     *
     * @param userfault the descriptor
     * @param memory whole pages of {@link MmCalls#mmap}, anonymous or of a memory file
     * @throws SyscallException EINVAL if it does not begin on a page, or is of a kind that cannot; EBUSY if another descriptor
     *     has it
     */
    public void register(FileDescriptor userfault, MemorySegment memory) {
        long address = address(memory);
        control(userfault, UFFDIO_REGISTER, FOURTH, address, memory.byteSize(), REGISTER_MODE_MISSING, 0);
    }

    /**
     * Gives memory back to the kernel, by UFFDIO_UNREGISTER, and wakes who waits for it.
     *
     * @param userfault the descriptor
     * @param memory what was registered
     */
    public void unregister(FileDescriptor userfault, MemorySegment memory) {
        control(userfault, UFFDIO_UNREGISTER, 0, address(memory), memory.byteSize());
    }

    /**
     * Fills pages and wakes who waits for them, by UFFDIO_COPY.
     *
     * @param userfault the descriptor
     * @param to where to: whole pages that were registered
     * @param from what is to be there: native memory of the same length
     * @return how many bytes were filled: all
     * @throws SyscallException EEXIST if a page is there already; EAGAIN if the process changes its memory, with some filled
     */
    public long copy(FileDescriptor userfault, MemorySegment to, MemorySegment from) {
        if (to.byteSize() != from.byteSize()) {
            throw new IllegalArgumentException(
                    from.byteSize() + " bytes do not fill " + to.byteSize() + ": equal lengths are wanted");
        }
        return control(userfault, UFFDIO_COPY, FIFTH, address(to), address(from), to.byteSize(), 0, 0);
    }

    /**
     * Fills pages with zeros and wakes who waits for them, by UFFDIO_ZEROPAGE.
     *
     * @param userfault the descriptor
     * @param memory whole pages that were registered
     * @return how many bytes were filled: all
     * @throws SyscallException EEXIST if a page is there already; EAGAIN if the process changes its memory
     */
    public long zeropage(FileDescriptor userfault, MemorySegment memory) {
        return control(userfault, UFFDIO_ZEROPAGE, FOURTH, address(memory), memory.byteSize(), 0, 0);
    }

    /**
     * Wakes who waits for memory, without filling it, by UFFDIO_WAKE: they fault again unless it was filled.
     *
     * @param userfault the descriptor
     * @param memory whole pages that were registered
     */
    public void wake(FileDescriptor userfault, MemorySegment memory) {
        control(userfault, UFFDIO_WAKE, 0, address(memory), memory.byteSize());
    }

    private long address(MemorySegment memory) {
        if (!kernel.reaches(memory)) {
            throw new IllegalArgumentException("this gate's kernel cannot address " + memory);
        }
        return memory.address();
    }

    /**
     * Waits for an event, and takes it.
     *
     * @param userfault the descriptor
     * @return the fault; empty for another event
     * @throws SyscallException EAGAIN if it does not block and there is none; EINTR
     */
    public Optional<Fault> read(FileDescriptor userfault) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(Fault.SIZE, Long.BYTES);
            kernel.callOn(READ, userfault, address, Fault.SIZE, 0);
            MemorySegment message = scratch.at(address, Fault.SIZE);
            return message.get(ValueLayout.JAVA_BYTE, 0) == Fault.PAGEFAULT
                    ? Optional.of(Fault.read(message))
                    : Optional.empty();
        }
    }
}
