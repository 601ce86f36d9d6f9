package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.trapgate.host.vdso.Vdso;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class VdsoCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Vdso vdso = Vdso.ofThisProcess();

    private int run(String... arguments) {
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    @Test
    void showsWhereTheVdsoIsAndWhatItExports() {
        assertThat(run("vdso")).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString())
                .contains("0x" + Long.toHexString(vdso.loadAddress()))
                .contains("x86-64, ELF64", "LINUX_2.6", "DT_", "clocksource", "getrandom states")
                .containsPattern("__vdso_clock_gettime +LINUX_2.6 .* for clock_gettime")
                .containsPattern("\nclock_gettime +LINUX_2.6 .* as __vdso_clock_gettime");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void printsTheSameAsJson() {
        assertThat(run("vdso", "--json")).isEqualTo(ExitStatus.DONE);
        JsonObject document = JsonParser.parseString(out.toString()).getAsJsonObject();

        assertThat(document.get("loadAddress").getAsString()).isEqualTo("0x" + Long.toHexString(vdso.loadAddress()));
        assertThat(document.get("size").getAsLong()).isEqualTo(vdso.image().byteSize());
        assertThat(document.getAsJsonArray("symbols")).hasSize(vdso.symbols().size());
        assertThat(document.getAsJsonArray("hashTables")).isNotEmpty();
        assertThat(calledFor(document, "__vdso_clock_gettime")).isEqualTo("clock_gettime");
    }

    private static String calledFor(JsonObject document, String symbol) {
        return StreamSupport.stream(document.getAsJsonArray("symbols").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(entry -> entry.get("name").getAsString().equals(symbol))
                .map(entry -> entry.get("calledFor").getAsString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void explainsAnArgumentTooMany() {
        assertThat(run("vdso", "extra")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains("extra").doesNotContain("\tat ");
    }
}
