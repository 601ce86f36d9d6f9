package dev.trapgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.entry.Gate;
import dev.trapgate.host.OpenGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void theFirstSnippetRunsAsPastedAndPrintsWhatTheTextBelowItSays() throws IOException, InterruptedException {
        OpenGate.orSkip(Gate.SYSCALL);
        List<String> snippets = programs();
        assertThat(snippets.getFirst()).as("the first program").contains("Linux.host()");

        assertThat(outputOf(snippets.getFirst()))
                .containsExactly(
                        "parent: " + ProcessHandle.current().pid(),
                        "openat(AT_FDCWD, \"/nonexistent/file\", O_RDONLY|O_CLOEXEC, 0): ENOENT (2), No such file or"
                                + " directory; it is \"/nonexistent\" on the way that answers No such file or directory");
    }

    @Test
    void theSnippetOfRawCallsRunsAsPastedToo() throws IOException, InterruptedException {
        OpenGate.orSkip(Gate.SYSCALL);

        assertThat(outputOf(programs().get(1)))
                .containsExactly("parent: " + ProcessHandle.current().pid(), "ENOENT: No such file or directory");
    }

    /** {@return the java blocks that are whole programs, as they stand} */
    private static List<String> programs() throws IOException {
        return JAVA_BLOCK
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("public static void main"))
                .toList();
    }

    /** The jar that a newcomer has just built, where it is no older than the classes; else, before it is built, those. */
    private static String library() throws IOException {
        Path classes = Path.of("target/classes");
        Path marker = classes.resolve("dev/trapgate/Linux.class");
        if (!Files.exists(marker)) {
            return System.getProperty("java.class.path");
        }
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            return built.filter(path -> path.getFileName().toString().matches("trapgate-.*\\.jar"))
                    .filter(jar ->
                            jar.toFile().lastModified() >= marker.toFile().lastModified())
                    .findFirst()
                    .orElse(classes)
                    .toString();
        }
    }

    private List<String> outputOf(String program) throws IOException, InterruptedException {
        Path source = Files.writeString(directory.resolve("Snippet.java"), program);
        Path output = directory.resolve("output");
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        library(),
                        source.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(java.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return Files.readAllLines(output);
        } finally {
            java.destroyForcibly();
        }
    }
}
