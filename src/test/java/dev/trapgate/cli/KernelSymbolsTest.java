package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSymbolsTest {

    private static final List<String> WANTED = List.of("__x64_sys_read", "__x64_sys_write");

    @Test
    void findsAddressesAndTellsWhichSymbolsAreNotThere(@TempDir Path scratch) throws IOException {
        KernelSymbols symbols = read(scratch, """
                ffffffff81000000 T _text
                ffffffff81379d40 T __x64_sys_read
                ffffffffc0001000 t __x64_sys_writev	[module]
                """);
        assertThat(symbols.address("__x64_sys_read")).isEqualTo("ffffffff81379d40");
        assertThat(symbols.address("__x64_sys_write")).isEqualTo("not in this kernel");
        assertThat(symbols.remark()).isEmpty();
    }

    @Test
    void saysThatAddressesAreHidden(@TempDir Path scratch) throws IOException {
        KernelSymbols symbols = read(scratch, """
                0000000000000000 T __x64_sys_read
                0000000000000000 T __x64_sys_write
                """);
        assertThat(symbols.address("__x64_sys_read")).isEqualTo("-");
        assertThat(symbols.remark())
                .hasValueSatisfying(remark -> assertThat(remark).contains("kptr_restrict"));
    }

    @Test
    void saysWhyTheFileCannotBeRead(@TempDir Path scratch) {
        KernelSymbols symbols = KernelSymbols.read(scratch.resolve("missing"), WANTED);
        assertThat(symbols.address("__x64_sys_read")).isEqualTo("-");
        assertThat(symbols.remark())
                .hasValueSatisfying(
                        remark -> assertThat(remark).contains("missing").contains("NoSuchFileException"));
    }

    private static KernelSymbols read(Path directory, String kallsyms) throws IOException {
        return KernelSymbols.read(Files.writeString(directory.resolve("kallsyms"), kallsyms), WANTED);
    }
}
