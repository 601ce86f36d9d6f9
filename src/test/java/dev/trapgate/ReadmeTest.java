package dev.trapgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.entry.Gate;
import dev.trapgate.host.OpenGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void theFirstSnippetRunsAsPastedAndPrintsWhatTheTextBelowItSays() throws IOException, InterruptedException {
        OpenGate.orSkip(Gate.SYSCALL);
        Path source = Files.writeString(directory.resolve("Snippet.java"), firstSnippet());

        assertThat(outputOf(source))
                .containsExactly(
                        "parent: " + ProcessHandle.current().pid(),
                        "openat(AT_FDCWD, \"/nonexistent/file\", O_RDONLY|O_CLOEXEC, 0): ENOENT (2), No such file or"
                                + " directory; it is \"/nonexistent\" on the way that answers No such file or directory");
    }

    private static String firstSnippet() throws IOException {
        Matcher block = JAVA_BLOCK.matcher(Files.readString(Path.of("README.md")));
        assertThat(block.find()).as("a java block in README.md").isTrue();
        return block.group(1);
    }

    private List<String> outputOf(Path source) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        "target/classes",
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
