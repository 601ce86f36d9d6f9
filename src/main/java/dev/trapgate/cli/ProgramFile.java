package dev.trapgate.cli;

import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.linux.fs.exec.ExecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file of a program that is to be run, found and refused as execve(2) does. */
final class ProgramFile {

    private static final long LARGEST = 1L << 30;
    private static final int CANNOT_EXECUTE = 126;
    private static final int NOT_FOUND = 127;

    private ProgramFile() {}

    /**
     * Reads a program.
     *
     * @param name its name
     * @param root the directory that is its root directory; null for this machine's own. A name that leads out of it, by
     *     links or dots, is not found
     * @return its contents
     * @throws ExecException ENOENT, EACCES, or E2BIG if the file is larger than a program can be
     */
    static byte[] read(String name, @Nullable Path root) throws ExecException {
        try {
            Path file = root == null ? Path.of(name) : within(root, name);
            if (!Files.exists(file)) {
                throw new ExecException(Errno.ENOENT, "there is no such file");
            }
            if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
                throw new ExecException(Errno.EACCES, "it is not a file that may be executed");
            }
            if (Files.size(file) > LARGEST) {
                throw new ExecException(Errno.ENOMEM, "the file is larger than a gibibyte");
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new ExecException(Errno.EACCES, "it cannot be read: " + unreadable.getMessage());
        }
    }

    private static Path within(Path root, String name) throws IOException, ExecException {
        Path base = root.toRealPath();
        Path file = base.resolve(name.replaceFirst("^/+", "")).normalize();
        if (Files.exists(file) && file.toRealPath().startsWith(base)) {
            return file.toRealPath();
        }
        throw new ExecException(Errno.ENOENT, "there is no such file in " + root);
    }

    /** {@return what a shell answers where execve(2) fails} */
    static int statusOf(ExecException refused) {
        return refused.errno() == Errno.ENOENT ? NOT_FOUND : CANNOT_EXECUTE;
    }
}
