package dev.trapgate.cli;

import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.linux.fs.exec.ExecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
     * @return its contents
     * @throws ExecException ENOENT, EACCES, or E2BIG if the file is larger than a program can be
     */
    static byte[] read(String name) throws ExecException {
        try {
            Path file = Path.of(name);
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

    /** {@return what a shell answers where execve(2) fails} */
    static int statusOf(ExecException refused) {
        return refused.errno() == Errno.ENOENT ? NOT_FOUND : CANNOT_EXECUTE;
    }
}
