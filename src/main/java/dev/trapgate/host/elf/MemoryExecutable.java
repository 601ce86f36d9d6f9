package dev.trapgate.host.elf;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.host.glibc.LibcSyscall;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Runs an ELF image as a child process from memory, so that no file is left and no file system need allow it. */
public final class MemoryExecutable {

    private static final long MFD_CLOEXEC = 0x1;

    /** Since Linux 6.3; required where {@code vm.memfd_noexec} is 1. Older kernels answer EINVAL. */
    private static final long MFD_EXEC = 0x10;

    private MemoryExecutable() {}

    /**
     * Runs an image to its end, its standard streams empty.
     *
     * @param image the bytes of an executable file
     * @param deadline how long it may take; it is killed then
     * @return its exit status, or 128 plus the number of the signal that ended it
     * @throws IOException if it cannot be started, or is still running at the deadline
     */
    public static int run(byte[] image, Duration deadline) throws IOException {
        long descriptor = memoryFile();
        try {
            fill(descriptor, image);
            return runFile("/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor, deadline);
        } finally {
            LibcSyscall.call(Syscall.CLOSE, descriptor);
        }
    }

    private static long memoryFile() throws IOException {
        OptionalLong executable = opened(MFD_CLOEXEC | MFD_EXEC);
        if (executable.isPresent()) {
            return executable.getAsLong();
        }
        return opened(MFD_CLOEXEC).orElseThrow(() -> new IOException("memfd_create is refused"));
    }

    private static OptionalLong opened(long flags) {
        try (Arena arena = Arena.ofConfined()) {
            long answer = LibcSyscall.call(
                    Syscall.MEMFD_CREATE, arena.allocateFrom("trapgate").address(), flags);
            return Errno.isError(answer) ? OptionalLong.empty() : OptionalLong.of(answer);
        }
    }

    private static void fill(long descriptor, byte[] image) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, image);
            long written = LibcSyscall.call(Syscall.WRITE, descriptor, bytes.address(), image.length);
            if (written != image.length) {
                throw new IOException("write to a memfd answered " + written + " instead of " + image.length);
            }
        }
    }

    private static int runFile(String path, Duration deadline) throws IOException {
        Process child = new ProcessBuilder(path)
                .redirectInput(Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        try {
            if (child.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                return child.exitValue();
            }
            throw new IOException("a child process was still running after " + deadline.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a child process ran", interrupted);
        } finally {
            child.destroyForcibly();
        }
    }
}
