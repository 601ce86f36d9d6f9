package dev.trapgate.host.elf;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs an ELF image as a child process from memory, so that no file is left and no file system need allow it. */
public final class MemoryExecutable {

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
        try (MemoryFile file = MemoryFile.executable("trapgate", image)) {
            Process child = started(file.path(), Redirect.PIPE);
            try {
                int exitStatus = exitStatus(child, deadline);
                return new Output(exitStatus, child.getInputStream().readAllBytes());
            } finally {
                child.destroyForcibly();
            }
        }
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
        try (MemoryFile file = MemoryFile.executable("trapgate", image)) {
            Process child = started(file.path(), Redirect.DISCARD);
            try {
                return exitStatus(child, deadline);
            } finally {
                child.destroyForcibly();
            }
        }
    }

    private static Process started(Path path, Redirect output) throws IOException {
        return new ProcessBuilder(path.toString())
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
