package dev.trapgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class CostJsonTest {

    private final JsonObject document =
            JsonParser.parseString(CostJson.of(SampleReport.make())).getAsJsonObject();

    @Test
    void holdsTheHostAndEveryRow() {
        assertThat(document.getAsJsonObject("host").get("cpu").getAsString()).isEqualTo("A CPU");
        assertThat(document.getAsJsonArray("rows")).hasSameSizeAs(SampleReport.ROWS);
    }

    @Test
    void saysOfARowWhatItIsAndWhatWasMeasured() {
        JsonObject row = row("java", "SYSCALL", "ordinary");

        assertThat(row.get("call").getAsString()).isEqualTo("getppid");
        assertThat(row.get("depth").getAsInt()).isZero();
        assertThat(row.get("nsPerOp").getAsDouble()).isEqualTo(165);
        assertThat(row.get("error").getAsDouble()).isPositive();
        assertThat(row.get("bytesPerOp").getAsDouble()).isZero();
        assertThat(row.get("baseline").getAsString()).isEqualTo("c SYSCALL");
        assertThat(row.get("ratio").getAsDouble()).isEqualTo(1.1);
        assertThat(row.get("vsGlibc").getAsDouble()).isEqualTo(0.6875);
        assertThat(row.get("rounds").getAsInt()).isEqualTo(2);
        assertThat(row.get("note").isJsonNull()).isTrue();
    }

    @Test
    void isOfAVersionAndBeginsWithWarnings() {
        assertThat(document.get("version").getAsInt()).isEqualTo(1);
        assertThat(document.getAsJsonArray("warnings").get(0).getAsString()).isEqualTo("The load was high.");
    }

    @Test
    void givesEveryRound() {
        JsonObject row = row("java", "SYSCALL", "ordinary");

        assertThat(row.getAsJsonArray("nsByRound"))
                .map(JsonElement::getAsDouble)
                .containsExactly(110.0, 220.0);
        assertThat(row.getAsJsonArray("ratioByRound"))
                .map(JsonElement::getAsDouble)
                .containsExactly(1.1, 1.1);
    }

    @Test
    void givesCNoLinkage() {
        JsonObject row = row("c", "GLIBC", "none");

        assertThat(row.get("nsPerOp").getAsDouble()).isEqualTo(240);
        assertThat(row.get("ratio").getAsDouble()).isEqualTo(1);
    }

    @Test
    void saysWhyARowIsMissing() {
        JsonObject row = row("jni", "GLIBC", "ordinary");

        assertThat(row.get("nsPerOp").isJsonNull()).isTrue();
        assertThat(row.get("ratio").isJsonNull()).isTrue();
        assertThat(row.get("note").getAsString()).isEqualTo("there is no C compiler");
    }

    private JsonObject row(String caller, String gate, String linkage) {
        return StreamSupport.stream(document.getAsJsonArray("rows").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(row -> is(row, "caller", caller) && is(row, "gate", gate) && is(row, "linkage", linkage))
                .findFirst()
                .orElseThrow();
    }

    private static boolean is(JsonObject row, String name, String value) {
        JsonElement element = row.get(name);
        return element.isJsonNull()
                ? value.equals("none")
                : element.getAsString().equals(value);
    }
}
