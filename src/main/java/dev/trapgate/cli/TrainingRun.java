package dev.trapgate.cli;

import dev.trapgate.host.elf.ExitProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Does once what commands do, for Java to remember the classes that they need: the training run of JEP 483, which the launcher
 * makes after a build.
 */
final class TrainingRun {

    /** Where Debian's busybox-static is: it uses more of the processor than programs that only end. */
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private TrainingRun() {}

    /**
     * Runs and ends with status 0.
     *
     * @param arguments none
     * @throws IOException if no temporary file can be written
     */
    public static void main(String[] arguments) throws IOException {
        for (ExitProgram program : List.of(ExitProgram.SYSCALL, ExitProgram.INT80)) {
            Path file = Files.createTempFile(
                    "trapgate",
                    ".elf",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try {
                Files.write(file, program.image(0));
                execute("run", file.toString());
            } finally {
                Files.delete(file);
            }
        }
        if (Files.isExecutable(BUSYBOX)) {
            execute("run", "--root", "/bin", "/busybox", "echo");
            execute("run", BUSYBOX.toString(), "true");
        }
        // Classes of exceptions are kept only once one was thrown, and with them those that may throw them.
        execute("run", "--no-such-option");
        execute("table", "getpid");
        execute("call", "getpid");
        System.exit(0);
    }

    private static void execute(String... arguments) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Main.commandLine().setOut(nowhere).setErr(nowhere).execute(arguments);
    }
}
