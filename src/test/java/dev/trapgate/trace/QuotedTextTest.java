package dev.trapgate.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotedTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    68656c6c6f;   "hello"
                    090a0b0c0d;   "\\t\\n\\v\\f\\r"
                    225c;         "\\"\\\\"
                    00;           "\\0"
                    0031;         "\\0001"
                    0041;         "\\0A"
                    7f454c46;     "\\177ELF"
                    c3a4;         "\\303\\244"
                    1b39;         "\\0339"
                    """)
    void escapesAsStraceDoes(String hexadecimal, String quoted) {
        byte[] bytes = HexFormat.of().parseHex(hexadecimal);

        assertThat(QuotedText.of(bytes, 32)).isEqualTo(quoted);
    }

    @Test
    void marksWhatItLeavesOut() {
        byte[] bytes = "abcdef".getBytes(StandardCharsets.US_ASCII);

        assertThat(QuotedText.of(bytes, 6)).isEqualTo("\"abcdef\"");
        assertThat(QuotedText.of(bytes, 5)).isEqualTo("\"abcde\"...");
        assertThat(QuotedText.of(bytes, 0)).isEqualTo("\"\"...");
        assertThat(QuotedText.of(new byte[0], 0)).isEqualTo("\"\"");
    }
}
