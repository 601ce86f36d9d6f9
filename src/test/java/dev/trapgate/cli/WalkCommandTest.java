package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalkCommandTest {

    private static List<String> words(CommandRun run, String kind) {
        return run.lines().stream()
                .map(line -> line.split(" {2,}", -1))
                .filter(columns -> columns.length > 2 && columns[1].equals(kind))
                .map(columns -> columns[2].split(" ", -1)[0])
                .toList();
    }

    @Test
    void int80OnTheClassicKernelPushesFiveWordsAndThenSaveAll() {
        CommandRun run = CommandRun.of("walk", "getpid", "--gate", "int80", "--kernel", "classic", "--vendor", "intel");

        assertThat(run.exitStatus()).isZero();
        assertThat(words(run, "push")).containsExactly("ss", "esp", "eflags", "cs", "eip");
        assertThat(words(run, "save"))
                .containsExactly("orig_eax", "es", "ds", "eax", "ebp", "edi", "esi", "edx", "ecx", "ebx");
        assertThat(run.out())
                .contains("IDT[0x80]", "trap gate, DPL 3", "TSS.esp0", "[20] getpid", "The answer is 1000");
    }

    @ParameterizedTest
    @CsvSource({"sysenter,classic,intel", "sysenter,modern,intel", "syscall,modern,amd", "syscall,modern,intel"})
    void theFastGatesPushNothing(String gate, String kernel, String vendor) {
        CommandRun run = CommandRun.of("walk", "getpid", "--gate", gate, "--kernel", kernel, "--vendor", vendor);

        assertThat(run.exitStatus()).isZero();
        assertThat(words(run, "push")).isEmpty();
        assertThat(run.out()).contains("Pushed by the processor: nothing", "The answer is 1000");
    }

    @ParameterizedTest
    @CsvSource({"sysenter,modern,amd,SIGILL", "syscall,classic,intel,SIGILL", "syscall,classic,amd,SIGILL"})
    void aGateThatIsNotThereShowsItsFault(String gate, String kernel, String vendor, String signal) {
        CommandRun run = CommandRun.of("walk", "getpid", "--gate", gate, "--kernel", kernel, "--vendor", vendor);

        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DIFFERED);
        assertThat(run.out()).contains("#UD", "killed by " + signal + " (trap 6");
    }

    @Test
    void theVdsoEntersNoKernel() {
        CommandRun run = CommandRun.of("walk", "time", "0", "--gate", "vdso");

        assertThat(run.exitStatus()).isZero();
        assertThat(words(run, "privilege")).isEmpty();
        assertThat(run.out()).contains("privilege changes");
    }

    @Test
    void vsyscallGoesThroughTheVdsosCode() {
        CommandRun run = CommandRun.of("walk", "getpid", "--gate", "vsyscall", "--vendor", "amd");

        assertThat(run.exitStatus()).isZero();
        assertThat(run.out()).contains("syscall  at", "sysretl", "return address");
    }

    @Test
    void jsonHoldsStepsPushesFrameAndBill() {
        CommandRun run = CommandRun.of("walk", "close", "-1", "--gate", "int80", "--kernel", "classic", "--json");

        JsonObject document = JsonParser.parseString(run.out()).getAsJsonObject();
        assertThat(run.exitStatus()).isEqualTo(ExitStatus.DIFFERED);
        assertThat(document.get("result").getAsLong()).isEqualTo(-9);
        assertThat(document.getAsJsonArray("pushes").asList().stream().map(JsonElement::getAsString))
                .containsExactly("ss", "esp", "eflags", "cs", "eip");
        assertThat(document.getAsJsonArray("steps")).hasSizeGreaterThan(50);
        assertThat(document.getAsJsonArray("frame")).hasSize(15);
        assertThat(document.getAsJsonArray("bill")
                        .get(0)
                        .getAsJsonObject()
                        .get("entry")
                        .getAsInt())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"nosuchcall,int80,nosuchcall", "getpid,nosuchgate,nosuchgate", "getpid,vdso,no function"})
    void mistakesAreSaid(String call, String gate, String message) {
        CommandRun run = CommandRun.of("walk", call, "--gate", gate);

        assertThat(run.exitStatus()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err()).containsIgnoringCase(message);
    }

    @Test
    void tooManyArgumentsAreSaid() {
        assertThat(CommandRun.of("walk", "getpid", "1", "2", "3", "4", "5", "6", "7")
                        .exitStatus())
                .isEqualTo(ExitStatus.USAGE);
    }
}
