package dev.trapgate.host.elf;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.host.glibc.LibcSyscall;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A file in memory that has no name: {@code memfd_create(2)}. Child processes reach it by {@link #path}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/memfd_create.2.html">memfd_create(2)</a>
 */
public final class MemoryFile implements AutoCloseable {

    private static final long MFD_CLOEXEC = 0x1;
    /** Since Linux 6.3; required where {@code vm.memfd_noexec} is 1. Older kernels answer EINVAL. */
    private static final long MFD_EXEC = 0x10;

    private final long descriptor;

    private MemoryFile(long descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Makes a file that can be executed.
     *
     * @param name what /proc calls it
     * @param contents its bytes
     * @return the file
     * @throws IOException if the kernel refuses
     */
    public static MemoryFile executable(String name, byte[] contents) throws IOException {
        OptionalLong executable = opened(name, MFD_CLOEXEC | MFD_EXEC);
        MemoryFile file = new MemoryFile(
                executable.isPresent()
                        ? executable.getAsLong()
                        : opened(name, MFD_CLOEXEC).orElseThrow(MemoryFile::refused));
        try {
            file.fill(contents);
            return file;
        } catch (IOException failed) {
            file.close();
            throw failed;
        }
    }

    /**
     * Makes a file of zeros, which takes memory only where it is written.
     *
     * @param name what /proc calls it
     * @param byteSize its size in bytes
     * @return the file
     * @throws IOException if the kernel refuses
     */
    public static MemoryFile zeroed(String name, long byteSize) throws IOException {
        MemoryFile file = new MemoryFile(opened(name, MFD_CLOEXEC).orElseThrow(MemoryFile::refused));
        long answer = LibcSyscall.call(Syscall.FTRUNCATE, file.descriptor, byteSize);
        if (Errno.isError(answer)) {
            file.close();
            throw new IOException("ftruncate of a memfd to " + byteSize + " bytes answered " + answer);
        }
        return file;
    }

    /** {@return where this process and its children find it while it is open} */
    public Path path() {
        return Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor);
    }

    /** Closes the descriptor; what is mapped of the file stays. */
    @Override
    public void close() {
        LibcSyscall.call(Syscall.CLOSE, descriptor);
    }

    private static IOException refused() {
        return new IOException("memfd_create is refused");
    }

    private static OptionalLong opened(String name, long flags) {
        try (Arena arena = Arena.ofConfined()) {
            long answer = LibcSyscall.call(
                    Syscall.MEMFD_CREATE, arena.allocateFrom(name).address(), flags);
            return Errno.isError(answer) ? OptionalLong.empty() : OptionalLong.of(answer);
        }
    }

    private void fill(byte[] contents) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, contents);
            long written = LibcSyscall.call(Syscall.WRITE, descriptor, bytes.address(), contents.length);
            if (written != contents.length) {
                throw new IOException("write to a memfd answered " + written + " instead of " + contents.length);
            }
        }
    }
}
