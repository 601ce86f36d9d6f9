package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AuxvCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    @Test
    void decodesTheVectorAndSaysThatTheSourcesAgree() {
        assertThat(run("auxv")).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString())
                .contains("AT_SYSINFO_EHDR", "AT_PAGESZ", "4096 bytes", "\"x86_64\"")
                .contains("getauxval(3)", "prctl(PR_GET_AUXV)", "/proc/self/auxv")
                .contains("AT_SYSINFO is absent, as in every 64-bit process")
                .endsWith(" agree." + System.lineSeparator());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void printsTheSameAsJson() {
        assertThat(run("auxv", "--json")).isEqualTo(ExitStatus.DONE);
        JsonObject document = JsonParser.parseString(out.toString()).getAsJsonObject();

        assertThat(document.get("agree").getAsBoolean()).isTrue();
        assertThat(document.getAsJsonArray("sources")).hasSize(3);
        assertThat(document.getAsJsonObject("sysinfo").has("absent")).isTrue();
        JsonObject pageSize = entry(document, "AT_PAGESZ");
        assertThat(pageSize.get("type").getAsInt()).isEqualTo(6);
        assertThat(pageSize.getAsJsonObject("values").get("getauxval(3)").getAsString())
                .isEqualTo("0x1000");
        assertThat(pageSize.get("text").getAsString()).isEqualTo("4096 bytes");
    }

    private static JsonObject entry(JsonObject document, String name) {
        List<JsonObject> found = StreamSupport.stream(
                        document.getAsJsonArray("entries").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(entry -> entry.get("name").getAsString().equals(name))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void neverShowsTheSixteenRandomBytes() {
        run("auxv", "--json");
        JsonObject random = entry(JsonParser.parseString(out.toString()).getAsJsonObject(), "AT_RANDOM");

        assertThat(random.get("text").getAsString()).matches("0x7[0-9a-f]+");
    }

    @Test
    void explainsAnUnknownOption() {
        assertThat(run("auxv", "--jsn")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains("--jsn", "--help").doesNotContain("\tat ");
    }

    @Test
    void helps() {
        assertThat(run("auxv", "--help")).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).contains("auxiliary vector", "--json", "Exit status");
    }
}
