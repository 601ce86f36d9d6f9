package dev.trapgate.abi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the C compiler what constant expressions are worth under this machine's headers.
 *
 * <p>It compiles to assembly and reads the values there: nothing is linked or run, so {@code -m32} answers for i386 on a
 * machine that has only 64-bit libraries.
 */
final class CCompiler {

    /** Names a directory of other kernel headers, such as an unpacked linux-libc-dev's usr/include, to check against. */
    private static final String HEADERS = "TRAPGATE_HEADERS";

    private static final long SECONDS = 60;
    private static final Pattern VALUE = Pattern.compile("-> (\\d+) (-?\\d+) (-?\\d+)");
    private static final Pattern ERROR = Pattern.compile(":(\\d+):(?:\\d+:)? (?:fatal )?error: (.*)");
    private static final int MARKER = 1_000_000;
    private static final int ATTEMPTS = 4;

    private final Abi abi;
    private final Path directory;

    /**
     * Prepares to compile for an ABI.
     *
     * @param abi x86_64 or i386
     * @param directory where it may write
     */
    CCompiler(Abi abi, Path directory) {
        this.abi = abi;
        this.directory = directory;
    }

    /** {@return why this machine's compiler cannot answer for the ABI, if it cannot} */
    Optional<String> unavailable() {
        try {
            Map<String, Long> answer = values(List.of("<linux/types.h>"), Map.of("size", "sizeof(void *)"));
            return Long.valueOf(abi.pointerSize()).equals(answer.get("size"))
                    ? Optional.empty()
                    : Optional.of("cc and the kernel's headers do not compile for " + abi + " here");
        } catch (UncheckedIOException missing) {
            return Optional.of("no C compiler: " + missing.getMessage());
        }
    }

    /**
     * {@return the value of each expression that compiles, sign-extended to 64 bits where its type is signed}
     *
     * @param headers to include, with brackets or quotes
     * @param expressions by any key
     */
    Map<String, Long> values(List<String> headers, Map<String, String> expressions) {
        List<String> keys = List.copyOf(expressions.keySet());
        Set<Integer> unknown = new HashSet<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Path source = write(source(headers, keys, expressions, unknown));
            String output = compile(source);
            Set<Integer> wrong = wrongLines(output);
            if (wrong.isEmpty()) {
                return read(source, keys);
            }
            if (!unknown.addAll(wrong)) {
                break;
            }
        }
        return Map.of();
    }

    private static String source(
            List<String> headers, List<String> keys, Map<String, String> expressions, Set<Integer> unknown) {
        StringBuilder source = new StringBuilder("#define _GNU_SOURCE 1\n");
        headers.forEach(header -> source.append("#include ").append(header).append('\n'));
        source.append("#define HALF(e, shift) \"i\" ((unsigned) ((unsigned long long) (long long) (e) >> shift))\n");
        source.append("#define VALUE(id, e) "
                + "__asm__ (\"\\n-> \" #id \" %c0 %c1\" : : HALF (e, 32), HALF (e, 0));\nvoid values (void) {\n");
        for (int key = 0; key < keys.size(); key++) {
            if (!unknown.contains(key)) {
                source.append("#line ").append(MARKER + key).append("\nVALUE (");
                source.append(key)
                        .append(", ")
                        .append(expressions.get(keys.get(key)))
                        .append(")\n");
            }
        }
        return source.append("}\n").toString();
    }

    private static Set<Integer> wrongLines(String output) {
        Set<Integer> lines = new HashSet<>();
        Matcher error = ERROR.matcher(output);
        while (error.find()) {
            lines.add(Integer.parseInt(error.group(1)) - MARKER);
        }
        return lines;
    }

    private static Map<String, Long> read(Path source, List<String> keys) {
        Map<String, Long> values = new LinkedHashMap<>();
        Matcher value = VALUE.matcher(text(assembly(source)));
        while (value.find()) {
            long high = Long.parseLong(value.group(2));
            long low = Long.parseLong(value.group(3)) & 0xffff_ffffL;
            values.put(keys.get(Integer.parseInt(value.group(1))), high << 32 | low);
        }
        return values;
    }

    private String compile(Path source) {
        List<String> command = new ArrayList<>(
                List.of("cc", "-S", "-O0", "-w", "-fmax-errors=0", "-ftrack-macro-expansion=0", "-x", "c"));
        String headers = System.getenv(HEADERS);
        if (headers != null) {
            command.addAll(List.of("-I" + headers, "-I" + headers + "/x86_64-linux-gnu"));
        }
        if (abi == Abi.I386) {
            command.addAll(List.of("-m32", "-I" + stubs(), "-I/usr/include/x86_64-linux-gnu"));
        }
        command.addAll(List.of("-o", assembly(source).toString(), source.toString()));
        return run(command);
    }

    /** glibc's headers ask for a list of 32-bit functions that only its 32-bit package has; none is as good here. */
    private Path stubs() {
        try {
            Path stubs = directory.resolve("stubs");
            Files.createDirectories(stubs.resolve("gnu"));
            Files.writeString(stubs.resolve("gnu/stubs-32.h"), "");
            return stubs;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String run(List<String> command) {
        try {
            Path log = Files.createTempFile(directory, "cc", ".log");
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C");
            Process process = builder.redirectOutput(log.toFile()).start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no answer within " + SECONDS + " s from " + command);
            }
            return text(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private Path write(String source) {
        try {
            return Files.writeString(Files.createTempFile(directory, "values", ".c"), source);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path assembly(Path source) {
        return source.resolveSibling(source.getFileName() + ".s");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
