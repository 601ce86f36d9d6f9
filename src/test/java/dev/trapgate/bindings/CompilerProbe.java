package dev.trapgate.bindings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the C compiler for the values of expressions: a program of one expression a line, compiled and run. */
final class CompilerProbe {
    private static final Pattern ERROR = Pattern.compile("(?m)^probe\\.c:(\\d+):.*error:");

    private final Path directory;
    private final Path header;
    private final Map<String, String> expressions = new TreeMap<>();
    private final List<String> directives = new ArrayList<>();
    private final Set<String> unknown = new TreeSet<>();

    CompilerProbe(Path directory, Path header) {
        this.directory = directory;
        this.header = header;
    }

    void ask(String key, String expression) {
        expressions.put(key, expression);
    }

    /** Undefines a macro that would replace this name: {@code si_pid} and {@code st_atime} are macros and fields. */
    void undefine(String name) {
        directives.add("#undef " + name);
    }

    /** The keys whose expressions this host's headers do not know; complete after {@link #answers()}. */
    Set<String> unknown() {
        return unknown;
    }

    /** What is wrong with the compiler or the headers; empty if they can be used. */
    static String whyUnusable(Path directory, Path header) throws IOException {
        CompilerProbe nothing = new CompilerProbe(directory, header);
        try {
            return nothing.compile(nothing.program(List.of())).strip();
        } catch (IOException noCompiler) {
            return "no C compiler: " + noCompiler.getMessage();
        }
    }

    /** The value of each expression that the compiler accepts, by key. */
    Map<String, Long> answers() throws IOException {
        List<String> keys = new ArrayList<>(expressions.keySet());
        String complaints = compile(program(keys));
        while (!complaints.isEmpty()) {
            Set<String> blamed = blamed(complaints, keys);
            if (blamed.isEmpty()) {
                throw new IOException(header + ": " + complaints);
            }
            unknown.addAll(blamed);
            keys.removeAll(blamed);
            complaints = compile(program(keys));
        }
        return values(run(List.of(directory.resolve("probe").toString())));
    }

    private String program(List<String> keys) {
        StringBuilder program = new StringBuilder(prologue());
        for (String key : keys) {
            program.append("VALUE(\"%s\", %s);\n".formatted(key, expressions.get(key)));
        }
        return program.append("return 0;\n}\n").toString();
    }

    private String prologue() {
        return """
                #include <stddef.h>
                #include <stdint.h>
                #include <stdio.h>
                #include <linux/version.h>
                #include "%s"
                #define VALUE(key, expression) printf("%%s=%%lld\\n", key, (long long) (expression))
                %s
                int main(void) {
                """.formatted(header, String.join("\n", directives));
    }

    /** The compiler's complaints; empty if the program is in {@code directory/probe}. */
    private String compile(String program) throws IOException {
        Files.writeString(directory.resolve("probe.c"), program);
        Result result =
                execute(List.of("cc", "-std=gnu11", "-D_GNU_SOURCE", "-w", "-fmax-errors=0", "-o", "probe", "probe.c"));
        return result.status() == 0 ? "" : result.output() + "exit status " + result.status();
    }

    private Set<String> blamed(String complaints, List<String> keys) {
        int firstLine = Math.toIntExact(prologue().lines().count()) + 1;
        Set<String> blamed = new TreeSet<>();
        Matcher matcher = ERROR.matcher(complaints);
        while (matcher.find()) {
            int index = Integer.parseInt(matcher.group(1)) - firstLine;
            if (index >= 0 && index < keys.size()) {
                blamed.add(keys.get(index));
            }
        }
        return blamed;
    }

    private static Map<String, Long> values(String output) {
        Map<String, Long> values = new TreeMap<>();
        output.lines().forEach(line -> {
            int equals = line.lastIndexOf('=');
            values.put(line.substring(0, equals), Long.valueOf(line.substring(equals + 1)));
        });
        return values;
    }

    private String run(List<String> command) throws IOException {
        Result result = execute(command);
        if (result.status() != 0) {
            throw new IOException(command + " ended with " + result.status() + ": " + result.output());
        }
        return result.output();
    }

    private Result execute(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command, e);
        }
    }

    private record Result(int status, String output) {}
}
