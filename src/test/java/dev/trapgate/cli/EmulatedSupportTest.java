package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.kernel.SyscallDefinitions.Support;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EmulatedSupportTest {

    /** When this fails, README.md is to say what is expected here. */
    @Test
    void readmeHasTheCounts() throws IOException {
        EmulatedSupport native64 = EmulatedSupport.of(Abi.X86_64);
        EmulatedSupport compat = EmulatedSupport.of(Abi.I386);
        assertThat(Files.readString(Path.of("README.md")))
                .contains(native64.count(Support.SUPPORTED) + " calls by x86-64 numbers, "
                        + compat.count(Support.SUPPORTED) + " by i386 ones, and parts of "
                        + native64.count(Support.PARTIAL) + " and " + compat.count(Support.PARTIAL) + " more");
    }

    @Test
    void theTableBeginsWithTheCounts() {
        EmulatedSupport support = EmulatedSupport.of(Abi.I386);
        CommandRun run = CommandRun.of("table", "--emulated", "--abi", "i386");
        assertThat(run.exitStatus()).isZero();
        assertThat(run.lines()).hasSize(support.rows().size() + 2);
        assertThat(run.lines().getFirst())
                .isEqualTo("i386: " + support.count(Support.SUPPORTED) + " calls supported, "
                        + support.count(Support.PARTIAL) + " in part, " + support.count(Support.ABSENT) + " not");
        assertThat(run.lines()).anyMatch(line -> line.matches("\\s*20\\s+getpid\\s+supported"));
    }

    @Test
    void callsThatAreThereInPartSayWhatIsMissing() {
        for (Abi abi : EmulatedSupport.ABIS) {
            assertThat(EmulatedSupport.of(abi).rows())
                    .allMatch(row ->
                            (row.support() == Support.PARTIAL) != row.note().isEmpty());
        }
    }

    @Test
    void jsonHasBothTables() {
        CommandRun run = CommandRun.of("table", "--emulated", "--json");
        var document = JsonParser.parseString(run.out()).getAsJsonArray();
        assertThat(document).hasSize(2);
        assertThat(document.get(0).getAsJsonObject().get("supported").getAsLong())
                .isEqualTo(EmulatedSupport.of(Abi.X86_64).count(Support.SUPPORTED));
    }

    @Test
    void otherTablesAreRefused() {
        assertThat(CommandRun.of("table", "--emulated", "--abi", "aarch64").exitStatus())
                .isEqualTo(2);
        assertThat(CommandRun.of("table", "--emulated", "getpid").exitStatus()).isEqualTo(2);
    }
}
