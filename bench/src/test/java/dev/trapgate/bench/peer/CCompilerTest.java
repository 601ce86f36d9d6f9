package dev.trapgate.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CCompilerTest {

    @Test
    void saysThatThereIsNone(@TempDir Path directory) {
        assertThatThrownBy(() -> CCompiler.find(Map.of("PATH", directory.toString())))
                .isInstanceOf(CompilerException.class)
                .hasMessageContaining("no C compiler");
    }

    @Test
    void prefersTheOneThatIsAskedFor(@TempDir Path directory) throws Exception {
        program(directory, "mine", "exit 0");
        program(directory, "cc", "exit 0");

        CCompiler found = CCompiler.find(Map.of("PATH", directory.toString(), "CC", "mine"));

        assertThat(found.command()).isEqualTo("mine");
    }

    @Test
    void passesOnWhatACompilerComplainsOf(@TempDir Path directory) throws IOException {
        CCompiler strict = new CCompiler(program(directory, "strict", "echo 'loops.c:1: no such thing' >&2; exit 1"));

        assertThatThrownBy(() -> strict.compile(directory.resolve("a.c"), directory.resolve("a.so"), List.of()))
                .isInstanceOf(CompilerException.class)
                .hasMessageContaining("loops.c:1: no such thing");
    }

    private String program(Path directory, String name, String body) throws IOException {
        Path program = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + body + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program.toString();
    }
}
