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

    /** How a program ended, and what it wrote. */
    public static final class Output {

        private final int exitStatus;
        private final byte[] standardOutput;

        private Output(int exitStatus, byte[] standardOutput) {
            this.exitStatus = exitStatus;
            this.standardOutput = standardOutput;
        }

        /** {@return its exit status, or 128 plus the number of the signal that ended it} */
        public int exitStatus() {
            return exitStatus;
        }

        /** {@return what it wrote to its standard output} */
        public byte[] standardOutput() {
            return standardOutput.clone();
        }
    }

    /**
     * Runs an image to its end, its standard input empty, and keeps what it writes to its standard output.
     *
     * @param image the bytes of an executable file; it must not write more than a pipe holds, 64 KiB
     * @param deadline how long it may take; it is killed then
     * @return how it ended, and what it wrote
     * @throws IOException if it cannot be started, or is still running at the deadline
     */
    public static Output outputOf(byte[] image, Duration deadline) throws IOException {
        return inMemoryFile(image, path -> {
            Process child = started(path, Redirect.PIPE);
            try {
                int exitStatus = exitStatus(child, deadline);
                return new Output(exitStatus, child.getInputStream().readAllBytes());
            } finally {
                child.destroyForcibly();
            }
        });
    }

    /**
     * Runs an image to its end, its standard streams empty.
     *
     * @param image the bytes of an executable file
     * @param deadline how long it may take; it is killed then
     * @return its exit status, or 128 plus the number of the signal that ended it
     * @throws IOException if it cannot be started, or is still running at the deadline
     */
    public static int run(byte[] image, Duration deadline) throws IOException {
        return inMemoryFile(image, path -> {
            Process child = started(path, Redirect.DISCARD);
            try {
                return exitStatus(child, deadline);
            } finally {
                child.destroyForcibly();
            }
        });
    }

    /** What is done with the path of an executable file. */
    @FunctionalInterface
    private interface Use<T> {
        T of(String path) throws IOException;
    }

    private static <T> T inMemoryFile(byte[] image, Use<T> use) throws IOException {
        long descriptor = memoryFile();
        try {
            fill(descriptor, image);
            return use.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor);
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

    private static Process started(String path, Redirect output) throws IOException {
        return new ProcessBuilder(path)
                .redirectInput(Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(output)
                .redirectError(Redirect.DISCARD)
                .start();
    }

    private static int exitStatus(Process child, Duration deadline) throws IOException {
        try {
            if (child.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                return child.exitValue();
            }
            throw new IOException("a child process was still running after " + deadline.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a child process ran", interrupted);
        }
    }
}
