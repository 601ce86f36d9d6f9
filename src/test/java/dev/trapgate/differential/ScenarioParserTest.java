package dev.trapgate.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.trapgate.abi.Abi;
import dev.trapgate.notation.UsageException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioParserTest {

    @Test
    void readsHeadersStepsAndComments() {
        Scenario scenario = Scenario.of(
                "test",
                "# What it shows.",
                "# not this",
                "abi x86-64   # only there",
                "user nobody",
                "fd = openat(AT_FDCWD, \"a # b\", O_RDWR|O_CREAT, 0644) # made",
                "",
                "buf = @16",
                "read($fd, $buf+8, 8)");

        assertThat(scenario.description()).isEqualTo("What it shows.");
        assertThat(scenario.abis()).containsExactly(Abi.X86_64);
        assertThat(scenario.users()).containsExactly(User.NOBODY);
        assertThat(scenario.steps()).extracting(Step::line).containsExactly(5, 7, 8);
        assertThat(scenario.isFor(Abi.I386)).isFalse();
        assertThat(scenario.isFor(User.ROOT)).isFalse();
    }

    @Test
    void readsWhatTheWriterWrites() {
        Scenario scenario = Scenario.of(
                "test",
                "# Everything that can be written.",
                "abi i386",
                "b = @\"x\\x00\\ny\"",
                "p = @pattern:5000",
                "e = edge(\"name\")",
                "z = edge(32)",
                "r = @8 : random",
                "t = &timespec{tv_sec=1,tv_nsec=-1}",
                "v = &int[2]",
                "h = handler",
                "rt_sigaction(SIGALRM, &sigaction{sa_handler=$h,sa_flags=0x4000000,sa_restorer=$h+16}, 0, 8)",
                "fd = open(\"a\", O_RDWR|0x40|O_EXCL, 511)",
                "writev($fd, &iovec[{iov_base=$b+1,iov_len=3},{iov_base=@\"xy\",iov_len=2}], 2)",
                "dup2($v[1], $t.tv_sec-1)",
                "execve(\"a\", [\"a\",\"b\"], 0)",
                "thread one {",
                "    tid = gettid()",
                "}",
                "thread two {",
                "    n = read(0, $b, 1) blocks",
                "}",
                "thread one {",
                "    pause() blocks",
                "}",
                "await two",
                "c = @4",
                "thread two {",
                "    close($n)",
                "}",
                "await one",
                "join one",
                "9999(-1, 0x8000000000000000)");
        String text = ScenarioText.of(scenario);

        assertThat(ScenarioText.of(ScenarioParser.parse("again", text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "opne(1)                  | there is no system call 'opne'; did you mean open",
                "x32_only = getpid        | is no memory",
                "read($fd, 0, 0)          | $fd has no meaning yet",
                "read(1, 2                | expected where the end is",
                "read(1, 2, 3) 4          | '4' follows a complete step",
                "hello                    | is no step; write call(ARGUMENTS)",
                "a = 7                    | '7' is no memory",
                "thread one               | write thread NAME {, its steps in the lines below",
                "thread one { getpid() }  | 'thread one { getpid() }' opens nothing",
                "}                        | '}' closes no 'thread NAME {'",
                "await one                | there is no thread 'one' yet",
                "join one                 | there is no thread 'one' yet",
                "read(0, 0, 1) blocks     | only a call inside 'thread NAME {' may block",
                "read(0, 0, 1) block      | 'block' follows a complete step",
                "abi sparc                | there is no ABI 'sparc' here",
                "user bob                 | there is no user 'bob' here",
                "read(1,2,3,4,5,6,7)      | no call takes more than 6 arguments",
                "read(1, @999999999999, 1)| the limit is",
                "read(1, @text            | is not a number",
                "read(1, \"abc, 1)        | no closing quotation mark",
                "read(1, edge(x), 1)      | is not a number",
                "read(1, $, 1)            | a name was expected behind $",
                "a = @8 : secret          | follows a complete step",
            })
    void saysInWhichLineWhatWasExpected(String line, String expected) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Scenario.of("file.scenario", "# one", "", line.strip()))
                .withMessageStartingWith("file.scenario, line 3: ")
                .withMessageContaining(expected.strip());
    }

    @Test
    void knowsWhoMakesACallAndWhetherItSleeps() {
        Scenario scenario = Scenario.of(
                "test", "thread t { # a second one", "getpid()", "r = pause() blocks", "}", "await t", "close($r)");

        assertThat(scenario.calls()).extracting(Step.Call::thread).containsExactly("t", "t", Step.FIRST);
        assertThat(scenario.calls()).extracting(Step.Call::blocks).containsExactly(false, true, false);
        assertThat(scenario.threads()).containsExactly("t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "getpid(); await t                 | line 4: thread 't' is in no blocking call here",
                "pause() blocks; getpid()          | line 3: thread 't' sleeps in the call of line 2",
                "r = pause() blocks; }; close($r)  | line 4: $r has no meaning until its call has come back: 'await t'",
                "pause() blocks; }; join t         | line 4: thread 't' sleeps in the call of line 2",
                "pause() blocks; }                 | still sleeps in the call of line 2; add 'await t'",
                "getpid()                          | 'thread t {' of line 1 is not closed; add '}'",
                "getpid(); }; join t; thread t {   | line 5: thread 't' has been joined; take another name",
                "getpid(); join t                  | line 3: 'join' stands outside of threads; close 'thread t {' of",
                "getpid(); thread u {              | line 3: 'thread' stands outside of threads",
                "getpid(); abi i386                | line 3: 'abi' stands before the first step",
            })
    void saysWhatAThreadCannotDoThere(String lines, String expected) {
        String[] all = ("thread t {; " + lines.strip().replace("; await", "; }; await")).split(";\\s*", -1);

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Scenario.of("f", all))
                .withMessageContaining(expected.strip());
    }

    @Test
    void refusesMoreThreadsThanItsLimit() {
        String text = IntStream.rangeClosed(0, ThreadLines.LIMIT)
                .mapToObj(number -> "thread t" + number + " {\ngetpid()\n}\n")
                .collect(Collectors.joining());

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ScenarioParser.parse("f", text))
                .withMessageContaining("at most 16 threads");
    }

    @Test
    void handlersAreForProgramsThatCanRunThem() {
        Scenario scenario = Scenario.of("f", "h = handler # returns", "getpid()");

        assertThat(ScenarioSize.of(scenario, Abi.X86_64)).isZero();
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ScenarioSize.of(scenario, Abi.I386))
                .withMessage("f, line 1: a handler runs in 64-bit programs only; write 'abi x86-64'");
    }

    @Test
    void refusesTheSameNameTwice() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Scenario.of("f", "a = @1", "a = getpid()"))
                .withMessage("f, line 2: 'a' has been given a meaning before; take another name");
    }

    @Test
    void refusesHeadersBehindSteps() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Scenario.of("f", "getpid()", "abi i386"))
                .withMessageContaining("stands before the first step");
    }

    @Test
    void refusesWhatIsNoText() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ScenarioParser.parse("f", new byte[] {(byte) 0xff, 0, 1}))
                .withMessageContaining("not text in UTF-8");
    }

    @Test
    void refusesMoreThanOneMebibyte() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ScenarioParser.parse("f", new byte[ScenarioParser.TEXT_LIMIT + 1]))
                .withMessageContaining("at most");
    }

    @Test
    void refusesMoreStepsThanItsLimit() {
        byte[] text = "getpid()\n".repeat(ScenarioParser.STEP_LIMIT + 1).getBytes(StandardCharsets.UTF_8);

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ScenarioParser.parse("f", text))
                .withMessageContaining("line 10001")
                .withMessageContaining("at most 10000 steps");
    }

    @Test
    void refusesArgumentsThatLieTooDeep() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Scenario.of("f", "execve(0, " + "[".repeat(10_000)))
                .withMessageContaining("deep");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "read(1, @67108864, 1)             | at most 8388608 bytes",
                "read(1, edge(67108864), 1)        | at most 8388608 bytes",
                "poll(&pollfd[33554432], 1, 0)     | 8388608 bytes",
                "read(1, 2)                        | too few arguments",
                "getpid(1)                         | too many arguments",
                "read(O_NOSUCH, 0, 0)              | there is no constant 'O_NOSUCH'",
                "read(1, &nosuch, 0)               | no structure 'nosuch'",
                "nanosleep(&timespec{tv_x=1}, 0)   | has no field 'tv_x'",
            })
    void measuringFindsWhatAConventionLacksBeforeAnythingIsPlayed(String line, String expected) {
        Scenario scenario = Scenario.of("f", line.strip());

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ScenarioSize.of(scenario, Abi.X86_64))
                .withMessageStartingWith("f, line 1: ")
                .withMessageContaining(expected.strip());
    }
}
