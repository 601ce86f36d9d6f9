package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.notation.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {

    @Test
    void replacesWhatAFileHeld(@TempDir Path directory) throws IOException {
        Path path = Files.writeString(directory.resolve("old"), "something much longer than the new text");

        try (ReportFile file = ReportFile.open(path)) {
            file.write("new");
        }

        assertThat(path).hasContent("new\n");
    }

    @Test
    void keepsWhatAFileHeldIfNothingIsWritten(@TempDir Path directory) throws IOException {
        Path path = Files.writeString(directory.resolve("old"), "kept");

        ReportFile.open(path).close();

        assertThat(path).hasContent("kept");
    }

    @Test
    void leavesNoFileBehindIfNothingIsWritten(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("new");

        ReportFile.open(path).close();

        assertThat(path).doesNotExist();
    }

    @Test
    void writesToADeviceAndLeavesItThere() throws IOException {
        Path device = Path.of("/dev/null");

        try (ReportFile file = ReportFile.open(device)) {
            file.write("gone");
        }

        assertThat(device).exists();
    }

    @Test
    void saysWhichFileCannotBeWrittenAndWhy(@TempDir Path directory) {
        assertThatThrownBy(() -> ReportFile.open(directory.resolve("missing").resolve("file")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("missing/file")
                .hasMessageContaining("its directory does not exist");
        assertThatThrownBy(() -> ReportFile.open(directory))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("directory");
    }
}
