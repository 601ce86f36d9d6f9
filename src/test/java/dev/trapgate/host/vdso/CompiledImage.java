package dev.trapgate.host.vdso;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Shared objects that this host's C compiler builds, for tests that need images other than the vDSO. */
final class CompiledImage {

    /** How many functions {@code function0}, {@code function1}, … an image has; {@code functionN} returns N. */
    static final int FUNCTIONS = 150;

    private CompiledImage() {}

    /** {@return an image without versions; the running test is skipped where it cannot be built} */
    static byte[] with(String... options) throws IOException, InterruptedException {
        return build(List.of(options));
    }

    /** {@return an image whose even functions have version EVEN, the odd ones ODD, which comes after it} */
    static byte[] versionedWith(String... options) throws IOException, InterruptedException {
        StringBuilder even = new StringBuilder();
        StringBuilder odd = new StringBuilder();
        for (int i = 0; i < FUNCTIONS; i++) {
            (i % 2 == 0 ? even : odd).append("function").append(i).append("; ");
        }
        Path script = Files.createTempFile("trapgate", ".map");
        Files.writeString(script, "EVEN { global: " + even + "};\nODD { global: " + odd + "} EVEN;\n");
        List<String> all = new ArrayList<>(List.of(options));
        all.add("-Wl,--version-script=" + script);
        try {
            return build(all);
        } finally {
            Files.delete(script);
        }
    }

    private static byte[] build(List<String> options) throws IOException, InterruptedException {
        Path source = Files.createTempFile("trapgate", ".c");
        Path image = Files.createTempFile("trapgate", ".so");
        Path messages = Files.createTempFile("trapgate", ".txt");
        try {
            StringBuilder text = new StringBuilder("extern int elsewhere(void);\nint data = 42;\n");
            for (int i = 0; i < FUNCTIONS; i++) {
                text.append("int function%d(void) { return %d; }\n".formatted(i, i));
            }
            text.append("int calls(void) { return elsewhere(); }\n");
            Files.writeString(source, text);
            List<String> command = new ArrayList<>(List.of("cc", "-shared", "-fPIC", "-nostdlib"));
            command.addAll(options);
            command.addAll(List.of("-o", image.toString(), source.toString()));
            int status = run(command, messages);
            assumeTrue(status == 0, "cc " + options + " builds nothing here: " + Files.readString(messages));
            return Files.readAllBytes(image);
        } finally {
            Files.delete(source);
            Files.delete(image);
            Files.delete(messages);
        }
    }

    private static int run(List<String> command, Path messages) throws InterruptedException {
        try {
            Process compiler = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(messages.toFile())
                    .start();
            boolean ended = compiler.waitFor(60, TimeUnit.SECONDS);
            if (!ended) {
                compiler.destroyForcibly();
            }
            assumeTrue(ended, "the C compiler does not end");
            return compiler.exitValue();
        } catch (IOException absent) {
            assumeTrue(false, "no C compiler: " + absent.getMessage());
            throw new AssertionError(absent);
        }
    }
}
