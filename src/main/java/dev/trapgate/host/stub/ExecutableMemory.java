package dev.trapgate.host.stub;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.host.glibc.LibcSyscall;
import java.lang.foreign.MemorySegment;

/**
 * Pages that hold machine code.
 *
 * <p>A page is writable first and executable afterwards, never both: SELinux's {@code execmem} and
 * {@code PR_SET_MDWE} refuse pages that are both, and may refuse the second step too. Code stays mapped for the life of
 * the process, because handles point into it.
 */
final class ExecutableMemory {

    private static final long PROT_READ = 0x1;
    private static final long PROT_WRITE = 0x2;
    private static final long PROT_EXEC = 0x4;
    private static final long MAP_PRIVATE = 0x02;
    private static final long MAP_ANONYMOUS = 0x20;
    private static final long NO_FILE = -1;

    private ExecutableMemory() {}

    /**
     * Maps code into memory.
     *
     * @param code the code
     * @return where it can be called
     * @throws ExecutableMemoryRefusedException if this process may not have executable pages of its own
     */
    static MemorySegment map(MachineCode code) {
        byte[] bytes = code.toByteArray();
        MemorySegment pages = mapWritable(bytes.length);
        MemorySegment.copy(bytes, 0, pages, JAVA_BYTE, 0, bytes.length);
        makeExecutable(pages);
        return pages;
    }

    @SuppressWarnings("restricted") // the kernel has just mapped these bytes for this purpose
    private static MemorySegment mapWritable(long byteSize) {
        long address = LibcSyscall.call(
                Syscall.MMAP, 0, byteSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, NO_FILE, 0);
        requireDone("mmap of a page for machine code", address);
        return MemorySegment.ofAddress(address).reinterpret(byteSize);
    }

    private static void makeExecutable(MemorySegment pages) {
        long result = LibcSyscall.call(Syscall.MPROTECT, pages.address(), pages.byteSize(), PROT_READ | PROT_EXEC);
        requireDone("mprotect(PROT_READ|PROT_EXEC) of that page", result);
    }

    private static void requireDone(String step, long result) {
        Errno.of(result).ifPresent(errno -> {
            throw new ExecutableMemoryRefusedException(step, errno);
        });
    }
}
