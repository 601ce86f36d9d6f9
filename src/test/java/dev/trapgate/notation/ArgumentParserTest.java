package dev.trapgate.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.trapgate.notation.CallArgument.Fields;
import dev.trapgate.notation.CallArgument.Flags;
import dev.trapgate.notation.CallArgument.Initializer;
import dev.trapgate.notation.CallArgument.Input;
import dev.trapgate.notation.CallArgument.Output;
import dev.trapgate.notation.CallArgument.Scalar;
import dev.trapgate.notation.CallArgument.Structured;
import dev.trapgate.notation.CallArgument.Term;
import dev.trapgate.notation.CallArgument.Values;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentParserTest {

    private static final Fields ZEROED = new Fields(List.of());

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "-1, -1",
        "+5, 5",
        "0x10, 16",
        "0XfF, 255",
        "0o644, 420",
        "0644, 420",
        "0b101, 5",
        "0, 0",
        "-0x80, -128",
        "-9223372036854775808, -9223372036854775808",
        "18446744073709551615, -1",
        "0xffffffffffffffff, -1"
    })
    void readsNumbersOf64Bits(String text, long value) {
        assertThat(ArgumentParser.parse(text)).isEqualTo(new Scalar(value));
    }

    @Test
    void readsConstantsJoinedByBars() {
        assertThat(ArgumentParser.parse("O_RDONLY|O_CLOEXEC|0x10"))
                .isEqualTo(new Flags(
                        List.of(new Term.Constant("O_RDONLY"), new Term.Constant("O_CLOEXEC"), new Term.Bits(16))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
                    "";                  00
                    "ab";                616200
                    "a b";               61206200
                    "\\n\\t\\r\\0\\x1f"; 0a090d001f00
                    "\\\\ \\"";          5c202200
                    "\u00e4";            c3a400
                    @text:;              ''
                    @text:ab"c,]};       61622263 2c5d7d
                    @text:\\x00\\n;      000a
                    """)
    void readsStringsAndBuffers(String text, String hexadecimal) {
        CallArgument argument = ArgumentParser.parse(text);

        assertThat(argument).isInstanceOf(Input.class);
        byte[] content = ((Input) argument).content().toArray(ValueLayout.JAVA_BYTE);
        assertThat(HexFormat.of().formatHex(content)).isEqualTo(hexadecimal.replace(" ", ""));
    }

    @Test
    void readsOutputBuffers() {
        assertThat(ArgumentParser.parse("@64")).isEqualTo(new Output(64));
        assertThat(ArgumentParser.parse("@0")).isEqualTo(new Output(0));
        assertThat(ArgumentParser.parse("@0x10")).isEqualTo(new Output(16));
    }

    @Test
    void readsStructures() {
        assertThat(ArgumentParser.parse("&struct")).isEqualTo(new Structured("struct", List.of(ZEROED)));
        assertThat(ArgumentParser.parse("&int[2]")).isEqualTo(new Structured("int", List.of(ZEROED, ZEROED)));
        assertThat(ArgumentParser.parse("&timespec{tv_sec=1,tv_nsec=0}"))
                .isEqualTo(new Structured(
                        "timespec",
                        List.of(new Fields(List.of(
                                new Initializer("tv_sec", new Scalar(1)),
                                new Initializer("tv_nsec", new Scalar(0)))))));
        assertThat(ArgumentParser.parse("&iovec[{iov_base=@8},{}]"))
                .isEqualTo(new Structured(
                        "iovec", List.of(new Fields(List.of(new Initializer("iov_base", new Output(8)))), ZEROED)));
        assertThat(ArgumentParser.parse("&itimerspec{it_value={tv_sec=2}}"))
                .isEqualTo(new Structured(
                        "itimerspec",
                        List.of(new Fields(List.of(new Initializer(
                                "it_value", new Fields(List.of(new Initializer("tv_sec", new Scalar(2))))))))));
    }

    @Test
    void readsArraysOfPointers() {
        assertThat(ArgumentParser.parse("[@1,@2]")).isEqualTo(new Values(List.of(new Output(1), new Output(2))));
        assertThat(ArgumentParser.parse("[]")).isEqualTo(new Values(List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '%', textBlock = """
                    %%;                       nothing is there
                    "abc;                     no closing quotation mark
                    "abc\\;                   nothing follows the backslash
                    "abc\\";                  no closing quotation mark
                    "\\q";                    \\q is not an escape
                    "\\x1";                   two hexadecimal digits
                    "a"b;                     follows a complete argument
                    @;                        @SIZE
                    @-1;                      the limit is 268435456
                    @1000000000000;           the limit is 268435456
                    @99999999999999999999;    does not fit into 64 bits
                    18446744073709551616;     does not fit into 64 bits
                    -9223372036854775809;     does not fit into 64 bits
                    0x;                       is not a number
                    0o8;                      is not a number
                    09;                       is not a number
                    1a;                       is not a number
                    -;                        is not a number
                    O_RDONLY|;                a number or the name of a constant
                    |O_RDONLY;                a number or the name of a constant
                    /etc/hostname;            a string is written
                    &;                        &NAME
                    &timespec{;               '=' was expected
                    &timespec{tv_sec};        '=' was expected
                    &timespec{tv_sec=1;       ',' was expected
                    &timespec{tv_sec=1]};     ',' was expected
                    &int[2;                   ']' was expected
                    &int[x];                  is not a number
                    [1;                       ',' was expected
                    {tv_sec=1};               a number or the name of a constant
                    """)
    void explainsMistakes(String text, String explanation) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ArgumentParser.parse(text))
                .withMessageContaining(explanation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "&a{b="})
    void endsDeepNestingByAMessage(String opening) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ArgumentParser.parse(opening.repeat(100_000)))
                .withMessageContaining("deep");
    }
}
