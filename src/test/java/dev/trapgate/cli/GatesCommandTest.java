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

    @Test
    void showsWhichCallsTheKernelHas() {
        CommandRun run = CommandRun.of("gates", "--calls");

        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out())
                .startsWith("Linux " + System.getProperty("os.version"))
                .containsPattern("(?m)^x86_64: \\d+ present, ")
                .containsPattern("(?m)^ +0  read +1\\.0 +present +(inferred)? +\\S");
    }

    @Test
    void printsTheCallsOfAnAbiAsJson() {
        CommandRun run = CommandRun.of("gates", "--calls", "--abi", "i386", "--json");
        JsonObject document = JsonParser.parseString(run.out()).getAsJsonObject();

        assertThat(document.get("abi").getAsString()).isEqualTo("i386");
        assertThat(document.getAsJsonArray("facts")).isNotEmpty();
        JsonObject first = document.getAsJsonArray("calls").get(0).getAsJsonObject();
        assertThat(first.get("name").getAsString()).isEqualTo("restart_syscall");
        assertThat(first.get("since").getAsString()).isEqualTo("2.6");
        assertThat(first.keySet()).contains("number", "availability", "basis", "evidence");
    }

    @Test
    void refusesAbisThatNoGateSpeaksAndAnAbiWithoutCalls() {
        assertThat(CommandRun.of("gates", "--calls", "--abi", "aarch64").exitStatus())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(CommandRun.of("gates", "--abi", "i386").exitStatus()).isEqualTo(ExitStatus.USAGE);
    }
}
