package dev.trapgate.emulator.programs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs in C, compiled without a C library, for the integer instructions of i686 or of x86-64's first version. */
public final class CompiledProgram {

    private static final List<String> COMMON = List.of(
            "-static", "-nostdlib", "-ffreestanding", "-fno-stack-protector", "-fno-asynchronous-unwind-tables");
    private static final List<String> WIDE = List.of("-m64", "-march=x86-64", "-mno-sse", "-mno-mmx", "-mno-80387");
    private static final List<String> NARROW = List.of("-m32", "-march=i686", "-fno-pic", "-no-pie");

    private CompiledProgram() {}

    /**
     * {@return the executable; a compiler that is not there skips the test}
     *
     * @param source its file in this package's resources
     * @param bits 32 or 64
     * @param directory where to put it
     * @param options more for the compiler
     */
    public static Path of(String source, int bits, Path directory, String... options)
            throws IOException, InterruptedException {
        copy("start.h", directory);
        List<String> all = new ArrayList<>(COMMON);
        all.addAll(bits == 64 ? WIDE : NARROW);
        all.addAll(List.of(options));
        return compile("gcc", source, directory, all, List.of());
    }

    /**
     * {@return the executable, with the C library of a compiler; one that is not there skips the test}
     *
     * @param compiler its command
     * @param source its file in this package's resources
     * @param directory where to put it
     * @param options more for the compiler
     */
    public static Path by(String compiler, String source, Path directory, String... options)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-static", "-no-pie"));
        all.addAll(List.of(options));
        return compile(compiler, source, directory, all, List.of("-lm"));
    }

    private static Path compile(
            String compiler, String source, Path directory, List<String> options, List<String> libraries)
            throws IOException, InterruptedException {
        copy(source, directory);
        Path program = directory.resolve(source.replace(".c", "") + options.hashCode());
        List<String> command = new ArrayList<>(List.of(compiler));
        command.addAll(options);
        command.addAll(
                List.of("-o", program.toString(), directory.resolve(source).toString()));
        command.addAll(libraries);
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException missing) {
            assumeTrue(false, "needs " + compiler + ": " + missing.getMessage());
            throw missing;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(
                process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0,
                compiler + " cannot compile with " + options + ": " + said);
        return program;
    }

    private static void copy(String name, Path directory) throws IOException {
        try (InputStream in = CompiledProgram.class.getResourceAsStream(name)) {
            Files.write(directory.resolve(name), in.readAllBytes());
        }
    }
}
