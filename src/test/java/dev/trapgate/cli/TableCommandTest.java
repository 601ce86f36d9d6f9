package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.notation.CallLookup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class TableCommandTest {

    /** What a command did. */
    private record Outcome(int status, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }

        /** {@return the fields of the only line that starts with a word} */
        List<String> fields(String first) {
            List<String> found = lines().stream()
                    .filter(line -> line.startsWith(first + ' '))
                    .toList();
            assertThat(found).as("lines of %s", first).isNotEmpty();
            return Arrays.asList(found.getFirst().split(" {2,}", -1));
        }
    }

    private static Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int status = command.execute(arguments);
        return new Outcome(status, out.toString(), err.toString());
    }

    private static Outcome done(String... arguments) {
        Outcome outcome = run(arguments);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.status()).isEqualTo(ExitStatus.DONE);
        return outcome;
    }

    private static String complaint(String... arguments) {
        Outcome outcome = run(arguments);
        assertThat(outcome.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("trapgate: ").doesNotContain("\tat ");
        return outcome.err();
    }

    @ParameterizedTest
    @EnumSource
    void listsEveryCallOfAnAbiByNumber(Abi abi) {
        List<String> lines = done("table", "--abi", abi.displayName()).lines();
        List<Integer> numbers = lines.stream()
                .skip(1)
                .map(line -> Integer.valueOf(line.strip().split(" ", 2)[0]))
                .toList();
        assertThat(lines.getFirst()).matches("NUMBER +NAME +NOTE +PARAMETERS");
        assertThat(numbers).isSorted().hasSize((int) Arrays.stream(Syscall.values())
                .filter(call -> call.existsOn(abi))
                .count());
    }

    @Test
    void listsX8664UnlessToldOtherwise() {
        assertThat(done("table").out())
                .isEqualTo(done("table", "--abi", "X86_64").out());
        assertThat(done("table").lines())
                .anyMatch(line -> line.matches(" +39 +getpid +prompt +void"))
                .anyMatch(line -> line.matches(" +0 +read +unsigned int fd, char \\*buf, size_t count"))
                .anyMatch(line -> line.matches(" +174 +create_module +removed +const char \\*name_user, size_t size"))
                .anyMatch(line -> line.matches(" +185 +security +never implemented +-"));
    }

    @Test
    void looksACallUpByName() {
        Outcome outcome = done("table", "uname");
        assertThat(outcome.lines().getFirst()).startsWith("uname: not prompt");
        assertThat(outcome.fields("x86_64")).startsWith("x86_64", "63", "__x64_sys_newuname");
        assertThat(outcome.fields("i386")).startsWith("i386", "122", "__ia32_sys_newuname");
        assertThat(outcome.fields("aarch64")).startsWith("aarch64", "160", "__arm64_sys_newuname");
        assertThat(outcome.lines()).contains("x86_64, i386, x32, aarch64  struct new_utsname *name");
    }

    @Test
    void showsTheParametersOfEachAbi() {
        assertThat(done("table", "clone").lines())
                .anyMatch(line -> line.matches("x86_64, x32 .*int \\*child_tidptr, unsigned long tls"))
                .anyMatch(line -> line.matches("i386 .*unsigned long tls_val, int \\*child_tidptr"));
    }

    @Test
    void showsTheKernelsAddressOrWhyNot() {
        Outcome outcome = done("table", "getppid");
        String address = outcome.fields("x86_64").get(3);
        if (address.equals("-")) {
            assertThat(outcome.out()).contains("No addresses: ");
        } else {
            assertThat(address).matches("[0-9a-f]{16}|not in this kernel");
        }
    }

    @Test
    void saysThatACallWasNeverImplemented() {
        Outcome outcome = done("table", "break");
        assertThat(outcome.lines().getFirst()).isEqualTo("break: never implemented");
        assertThat(outcome.out()).contains("Not in x86_64, x32, aarch64.");
    }

    @Test
    void looksANumberUpInEachAbi() {
        Outcome outcome = done("table", "20");
        assertThat(outcome.fields("x86_64")).startsWith("x86_64", "writev");
        assertThat(outcome.fields("i386")).startsWith("i386", "getpid", "prompt", "void");
        assertThat(outcome.fields("x32")).startsWith("x32", "-");
        assertThat(outcome.fields("aarch64")).startsWith("aarch64", "epoll_create1");
        assertThat(done("table", "0x14").out()).isEqualTo(outcome.out());
        assertThat(done("table", "0o24").out()).isEqualTo(outcome.out());
    }

    @Test
    void looksANumberUpInOneAbi() {
        assertThat(done("table", "20", "--abi", "i386").out())
                .isEqualTo(done("table", "getpid", "--abi", "i386").out())
                .startsWith("getpid: prompt")
                .doesNotContain("x86_64 ");
    }

    @Test
    void takesAnX32NumberWithItsBit() {
        assertThat(done("table", "0x40000208", "--abi", "x32").out()).startsWith("execve: ");
        assertThat(done("table", "0x40000208").fields("x32")).startsWith("x32", "execve");
    }

    @Test
    void writesTheTableAsJson() {
        JsonArray table = JsonParser.parseString(
                        done("table", "--json", "--abi", "i386").out())
                .getAsJsonArray();
        for (JsonElement element : table) {
            JsonObject entry = element.getAsJsonObject();
            Syscall call = Syscall.named(entry.get("name").getAsString()).orElseThrow();
            assertThat(entry.keySet()).containsExactly("name", "number", "parameters", "prompt");
            assertThat(entry.get("number").getAsInt()).isEqualTo(call.number(Abi.I386));
            assertThat(entry.get("prompt").getAsBoolean()).isEqualTo(call.prompt());
            assertThat(entry.get("parameters").getAsJsonArray())
                    .hasSize(call.parameters(Abi.I386).size());
        }
        assertThat(table).hasSize(CallLookup.all(Abi.I386).size());
    }

    @Test
    void writesOneCallAsJsonOfTheSameShape() {
        JsonArray table =
                JsonParser.parseString(done("table", "openat", "--json").out()).getAsJsonArray();
        JsonObject entry = table.get(0).getAsJsonObject();
        assertThat(table).hasSize(1);
        assertThat(entry.get("number").getAsInt()).isEqualTo(257);
        assertThat(entry.get("parameters").getAsJsonArray().get(1))
                .isEqualTo(JsonParser.parseString("{\"type\": \"const char *\", \"name\": \"filename\"}"));
        assertThat(done("table", "257", "--json").out())
                .isEqualTo(done("table", "openat", "--json").out());
    }

    @Test
    void comparesTwoAbis() {
        List<String> lines = done("table", "--compare", "i386").lines();
        assertThat(lines)
                .anyMatch(line -> line.startsWith("Only in x86_64: "))
                .anyMatch(line -> line.startsWith("Only in i386: "))
                .anyMatch(line -> line.matches(" *43 +accept .*"))
                .anyMatch(line -> line.matches(" *102 +socketcall .*"))
                .anyMatch(line -> line.matches("clone +x86_64 +56 .*"));
        assertThat(lines.getLast()).matches("In both: \\d+ calls, \\d+ of them under the same number\\.");
        assertThat(done("table", "--abi", "x32", "--compare", "x86_64").out()).contains("Only in x86_64: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "table opnat | there is no system call 'opnat'; did you mean open",
                "table 4000 | no ABI has a system call 4000",
                "table 4000 --abi i386 | i386 has no system call 4000",
                "table break --abi x86_64 | x86_64 has no system call 'break'; i386 has it as 17",
                "table break --json | x86_64 has no system call 'break'; i386 has it as 17",
                "table 99999999999999999999 | does not fit into 64 bits",
                "table 0x100000000 | is outside 0 to 2147483647",
                "table -- -3 | is outside 0 to 2147483647",
                "table 12abc | is not a number",
                "table --abi mips | expected one of",
                "table --compare x86_64 | with itself",
                "table read --compare i386 | leave out",
                "table --json --compare i386 | leave out",
                "table read write | Unmatched argument"
            })
    void explainsWrongUsage(String line, String explanation) {
        assertThat(complaint(line.split(" ", -1))).contains(explanation);
    }

    @Test
    void survivesAReaderThatLeaves() {
        Writer closedPipe = new Writer() {
            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void close() {}
        };
        StringWriter err = new StringWriter();
        CommandLine command =
                Main.commandLine().setOut(new PrintWriter(closedPipe)).setErr(new PrintWriter(err));
        assertThat(command.execute("table")).isEqualTo(ExitStatus.DONE);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void explainsItself() {
        assertThat(done("table", "--help").out())
                .startsWith("Usage: trapgate table")
                .contains("--compare=ABI");
    }
}
