package dev.trapgate.bench.peer;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A C compiler of this machine.
 *
 * @param command how to call it
 */
public record CCompiler(String command) {

    private static final int DEADLINE_SECONDS = 60;

    /**
     * Finds the compiler that {@code $CC} names, else {@code cc}, {@code gcc} or {@code clang} on the path.
     *
     * @return the compiler
     * @throws CompilerException if there is none
     */
    public static CCompiler find() throws CompilerException {
        return find(System.getenv());
    }

    static CCompiler find(Map<String, String> environment) throws CompilerException {
        String path = environment.getOrDefault("PATH", "");
        return Stream.concat(Optional.ofNullable(environment.get("CC")).stream(), Stream.of("cc", "gcc", "clang"))
                .filter(command -> isOnPath(command, path))
                .findFirst()
                .map(CCompiler::new)
                .orElseThrow(() -> new CompilerException("there is no C compiler (cc, gcc or clang) on the PATH"));
    }

    private static boolean isOnPath(String command, String path) {
        return !command.isBlank()
                && Stream.of(path.split(File.pathSeparator))
                        .anyMatch(directory ->
                                Files.isExecutable(Path.of(directory).resolve(command)));
    }

    /** {@return what it says about itself, such as {@code gcc (Debian 12.2.0-14) 12.2.0}} */
    public String version() {
        try {
            return run(List.of(command, "--version"))
                    .lines()
                    .findFirst()
                    .filter(line -> !line.isBlank())
                    .orElse(command);
        } catch (IOException | CompilerException silent) {
            return command;
        }
    }

    /**
     * Compiles and links a library.
     *
     * @param source the C file
     * @param library the library's file
     * @param options options, before the files
     * @throws CompilerException if the compiler refuses
     * @throws IOException if it cannot be started
     */
    void compile(Path source, Path library, List<String> options) throws CompilerException, IOException {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(options);
        line.addAll(List.of("-o", library.toString(), source.toString(), "-ldl"));
        run(line);
    }

    private static String run(List<String> line) throws CompilerException, IOException {
        Path output = Files.createTempFile("trapgate-cc", ".log");
        try {
            return run(line, output);
        } finally {
            Files.delete(output);
        }
    }

    private static String run(List<String> line, Path output) throws CompilerException, IOException {
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        try {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new CompilerException(line.getFirst() + " did not end within " + DEADLINE_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CompilerException(line.getFirst() + " was interrupted");
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            String complaint =
                    said.lines().limit(3).reduce((a, b) -> a + "; " + b).orElse("no message");
            throw new CompilerException(line.getFirst() + " refused: " + complaint);
        }
        return said;
    }
}
