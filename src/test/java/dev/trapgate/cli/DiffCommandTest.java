package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {

    @TempDir
    private Path directory;

    private CommandRun diff(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "diff";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandRun.of(all);
    }

    private String file(String text) throws Exception {
        return Files.writeString(directory.resolve("a.scenario"), text).toString();
    }

    @Test
    void playsAFileOnTwoEmulatedSidesThatAgree() throws Exception {
        CommandRun run = diff(
                "--left",
                "EMULATED_SYSCALL",
                "--right",
                "EMULATED_SYSCALL",
                "--user",
                "nobody",
                "--play",
                file("getuid()"));

        assertThat(run.exitStatus()).isZero();
        assertThat(run.out()).contains("a.scenario (x86_64, nobody): agreed");
    }

    @Test
    void aBrokenFileIsAMistakeWithItsLine() throws Exception {
        CommandRun run = diff("--play", file("getpid()\nopne(1)\n"));

        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains("a.scenario, line 2: there is no system call 'opne'; did you mean open");
    }

    @Test
    void aFileThatIsNotThereIsAMistake() {
        assertThat(diff("--play", directory.resolve("none").toString()).err()).contains("there is no file");
    }

    @Test
    void aHugeCountIsAMistake() {
        CommandRun run = diff("--cases", "9000000000000");

        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains("--cases takes 0 to 1000000000, not 9000000000000");
    }

    @Test
    void anUnknownCallIsAMistakeThatListsTheKnown() {
        CommandRun run =
                diff("--left", "EMULATED_SYSCALL", "--right", "EMULATED_SYSCALL", "--calls", "opne", "--cases", "1");

        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains("no scenarios are generated with 'opne'").contains("openat");
    }

    @Test
    void gatesOfTwoConventionsAreAMistake() {
        CommandRun run = diff("--left", "EMULATED_SYSCALL", "--right", "EMULATED_INT80", "--cases", "1");

        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err()).contains("EMULATED_INT80 speaks i386, not x86_64");
    }

    @Test
    void writesItsFiguresAsJson() throws Exception {
        Path json = directory.resolve("figures.json");
        CommandRun run = diff(
                "--left",
                "EMULATED_SYSCALL",
                "--right",
                "EMULATED_SYSCALL",
                "--calls",
                "getpid,read",
                "--cases",
                "20",
                "--json",
                json.toString());
        JsonObject document = JsonParser.parseString(Files.readString(json)).getAsJsonObject();

        assertThat(run.err() + run.out()).contains("20 generated");
        assertThat(run.exitStatus()).isZero();
        assertThat(document.get("cases").getAsLong())
                .isEqualTo(document.get("agreed").getAsLong()
                        + document.get("unplayed").getAsLong());
        assertThat(document.get("differed").getAsLong()).isZero();
        assertThat(document.getAsJsonArray("rows")).isNotEmpty();
    }
}
