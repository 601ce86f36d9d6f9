package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.trapgate.Gates;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import org.junit.jupiter.api.Test;

class GatesCommandTest {

    @Test
    void showsEveryGateAndTheHost() {
        CommandRun run = CommandRun.of("gates");

        for (GateStatus status : Gates.all()) {
            String state = status.isOpen() ? "open" : "shut";
            assertThat(run.out())
                    .containsPattern(
                            "(?m)^" + status.gate() + " +" + status.gate().abi() + " +" + state);
            status.unavailable().ifPresent(reason -> assertThat(run.out()).contains(reason));
        }
        assertThat(run.out()).containsPattern("(?m)^clocksource +\\S").contains("seccomp", "ia32 emulation");
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void printsTheSameAsJson() {
        CommandRun run = CommandRun.of("gates", "--json");
        JsonObject document = JsonParser.parseString(run.out()).getAsJsonObject();

        assertThat(document.getAsJsonArray("gates")).hasSameSizeAs(Gate.values());
        for (JsonElement element : document.getAsJsonArray("gates")) {
            JsonObject gate = element.getAsJsonObject();
            GateStatus status = Gates.status(Gate.valueOf(gate.get("gate").getAsString()));
            assertThat(gate.get("abi").getAsString())
                    .isEqualTo(status.gate().abi().displayName());
            assertThat(gate.get("open").getAsBoolean()).isEqualTo(status.isOpen());
            assertThat(gate.has("reason")).isNotEqualTo(status.isOpen());
        }
        assertThat(document.getAsJsonObject("host").keySet()).contains("kernel", "clocksource", "cpu");
    }
}
