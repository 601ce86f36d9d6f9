package dev.trapgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HexDumpTest {

    @Test
    void setsTextBesideBytes() {
        byte[] bytes = "0123456789abcdef\nz".getBytes(StandardCharsets.US_ASCII);

        assertThat(HexDump.of(bytes))
                .containsExactly(
                        "00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|",
                        "00000010  0a 7a                                             |.z|");
    }

    @Test
    void foldsEqualLinesButShowsTheLast() {
        byte[] bytes = new byte[80];
        Arrays.fill(bytes, (byte) 'x');

        assertThat(HexDump.of(bytes)).hasSize(3).element(1).isEqualTo("*");
        assertThat(HexDump.of(bytes).getLast()).startsWith("00000040 ");
        assertThat(HexDump.of(new byte[0])).isEmpty();
    }
}
