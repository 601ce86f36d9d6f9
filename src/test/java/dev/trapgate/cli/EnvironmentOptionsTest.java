package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class EnvironmentOptionsTest {

    private static final Map<String, String> OWN = new TreeMap<>(Map.of("A", "1", "B", "2=3"));

    @Command
    private static final class Holder {
        @Mixin
        private EnvironmentOptions options = new EnvironmentOptions();
    }

    private static List<String> environment(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(arguments);
        return holder.options.of(OWN);
    }

    @Test
    void allIsPassedOnUnlessItIsCleared() {
        assertThat(environment()).containsExactly("A=1", "B=2=3");
        assertThat(environment("--clear-env")).isEmpty();
    }

    @Test
    void variablesAreSetAndTheLastCounts() {
        assertThat(environment("--env", "C=x=y z", "--env", "A=", "--env", "C=last"))
                .containsExactly("A=", "B=2=3", "C=last");
    }

    @Test
    void aNameAlonePassesOnWhatIsThere() {
        assertThat(environment("--clear-env", "--env", "B", "--env", "NOTHING", "--env", "D=4"))
                .containsExactly("B=2=3", "D=4");
    }
}
