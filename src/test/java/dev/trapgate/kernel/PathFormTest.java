package dev.trapgate.kernel;

import static dev.trapgate.fs.OpenFlags.O_CREAT;
import static dev.trapgate.fs.OpenFlags.O_WRONLY;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.kernel.TestKernel.TestLinux;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PathFormTest {

    @ParameterizedTest
    @EnumSource
    void oneFileIsFoundByStringPathAndMemory(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                Arena arena = Arena.ofConfined()) {
            String name = test.path("file");
            test.linux().fs().open(name, O_WRONLY.or(O_CREAT), Mode.RW_______).close();
            long inode = test.linux().inode().stat(name).ino();

            assertThat(test.linux()
                            .inode()
                            .with(PathForm.PATH)
                            .stat(Path.of(name))
                            .ino())
                    .isEqualTo(inode);
            assertThat(test.linux()
                            .inode()
                            .with(PathForm.MEMORY)
                            .stat(arena.allocateFrom(name))
                            .ino())
                    .isEqualTo(inode);
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesThatAreNotUtf8AreGivenByMemory(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            byte[] name = (test.directory() + "/?\0").getBytes(US_ASCII);
            name[name.length - 2] = (byte) 0xff;

            test.linux()
                    .fs()
                    .with(PathForm.MEMORY)
                    .open(MemorySegment.ofArray(name), O_WRONLY.or(O_CREAT), Mode.RW_______)
                    .close();

            assertThat(test.linux().fs().list(test.directory()))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.name()).isEqualTo("\ufffd"));
            test.linux().fs().with(PathForm.MEMORY).unlink(MemorySegment.ofArray(name));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPathOfAnotherFileSystemIsRefused(TestKernel kernel, @TempDir Path directory) throws IOException {
        Path zip = directory.resolve("some.zip");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry("inside"));
        }
        Files.write(zip, bytes.toByteArray());
        try (TestLinux test = kernel.open();
                FileSystem other = FileSystems.newFileSystem(zip)) {
            assertThatThrownBy(() -> test.linux().inode().with(PathForm.PATH).stat(other.getPath("inside")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a path of the default file system is wanted");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereThePathEndsMustBeClear(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            assertThatThrownBy(() -> test.linux().inode().stat("/tmp\0/file"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("NUL at index 4");
            assertThatThrownBy(() ->
                            test.linux().inode().with(PathForm.MEMORY).stat(MemorySegment.ofArray(new byte[] {'/'})))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has no NUL");
        }
    }
}
