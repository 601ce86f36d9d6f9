package dev.trapgate.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code syscalls.tsv} and the Java made of it agree. */
class SyscallSourceTest {

    private static final Path GENERATOR = Path.of("native-headers/GenerateSyscallTable.java");
    private static final Path DATA = Path.of("native-headers/syscalls.tsv");
    private static final String SYSCALL = "dev/trapgate/abi/Syscall.java";

    @Test
    void theCommittedSourceIsWhatTheGeneratorMakesOfTheData(@TempDir Path scratch) throws Exception {
        assertThat(generate(DATA, scratch)).isEmpty();
        assertThat(Path.of("src/generated/java", SYSCALL))
                .as("run: java %s", GENERATOR)
                .hasSameBinaryContentAs(scratch.resolve(SYSCALL));
    }

    @Test
    void everyLineOfTheDataIsInTheTable() throws IOException {
        List<String> names = Files.readAllLines(DATA).stream()
                .filter(line -> !line.startsWith("#"))
                .skip(1)
                .map(line -> line.substring(0, line.indexOf('\t')))
                .toList();
        assertThat(names).hasSize(Syscall.values().length).allMatch(name -> Syscall.named(name)
                .isPresent());
    }

    @Test
    void theGeneratorRefusesANumberGivenTwice(@TempDir Path scratch) throws Exception {
        assertThat(generate(changed(scratch, "\nread\t0\t", "\nread\t1\t"), scratch))
                .contains("x86_64 number 1 is taken");
    }

    @Test
    void theGeneratorRefusesAnUnfinishedParameterList(@TempDir Path scratch) throws Exception {
        assertThat(generate(changed(scratch, "unsigned int fd, char *buf, size_t count", "?"), scratch))
                .contains("C declarations expected for x86_64, not ?");
    }

    private static Path changed(Path scratch, String old, String replacement) throws IOException {
        String data = Files.readString(DATA);
        assertThat(data).contains(old);
        return Files.writeString(scratch.resolve("changed.tsv"), data.replaceFirst(Pattern.quote(old), replacement));
    }

    /** {@return what the generator complained about} */
    private static String generate(Path data, Path scratch) throws IOException, InterruptedException {
        Path complaints = scratch.resolve("complaints");
        Process generator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        GENERATOR.toString(),
                        data.toString(),
                        scratch.toString())
                .redirectErrorStream(true)
                .redirectOutput(complaints.toFile())
                .start();
        try {
            assertThat(generator.waitFor(2, TimeUnit.MINUTES))
                    .as("the generator ends")
                    .isTrue();
        } finally {
            generator.destroyForcibly();
        }
        return Files.readString(complaints);
    }
}
