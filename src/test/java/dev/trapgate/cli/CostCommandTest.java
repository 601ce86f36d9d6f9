package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The library's own class path has no benchmarks; what they measure is tested beside them. */
class CostCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void explainsItselfWithoutTheBenchmarks() {
        assertThat(run("cost", "--help")).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString())
                .contains("--quick", "--full", "--calls", "--json", "--csv", "--html", "--from", "--compare");
    }

    @Test
    void saysHowToGetTheBenchmarks() {
        assertThat(run("cost")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains("./trapgate cost", "bench/pom.xml");
    }

    @Test
    void takesOneLengthOnly() {
        assertThat(run("cost", "--quick", "--full")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains("--quick", "--full");
    }

    private int run(String... arguments) {
        CommandLine command = Main.commandLine();
        return command.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
