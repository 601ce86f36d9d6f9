package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.notation.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {

    @Test
    void writesEachFormIntoItsFile(@TempDir Path directory) throws IOException {
        try (ReportFiles<String> files = new ReportFiles<>()) {
            files.open(directory.resolve("lower"), report -> report);
            files.open(directory.resolve("upper"), report -> report.toUpperCase(java.util.Locale.ROOT));
            files.open(null, report -> "nobody asked");
            files.write("text");
        }

        assertThat(directory.resolve("lower")).hasContent("text\n");
        assertThat(directory.resolve("upper")).hasContent("TEXT\n");
    }

    @Test
    void refusesOneFileForTwoFormsHoweverItIsNamed(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("report");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        try (ReportFiles<String> files = new ReportFiles<>()) {
            files.open(file, report -> report);

            assertThatThrownBy(() -> files.open(link, report -> report))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("link is asked for twice");
        }

        assertThat(file).doesNotExist();
    }

    @Test
    void givesADeviceAnyNumberOfForms() throws IOException {
        try (ReportFiles<String> files = new ReportFiles<>()) {
            files.open(Path.of("/dev/null"), report -> report);
            files.open(Path.of("/dev/null"), report -> report);
            files.write("text");
        }

        assertThat(Path.of("/dev/null")).exists();
    }
}
