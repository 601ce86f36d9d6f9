package dev.trapgate.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SocketAddressTextTest {

    private static String text(String hex) {
        return new SocketAddressText(HexFormat.ofDelimiter(" ").parseHex(hex), 32, Abi.X86_64).text();
    }

    @Test
    void writesPathsAndNamesOfUnixSockets() {
        assertThat(text("01 00 2f 61 00 78")).isEqualTo("{sa_family=AF_UNIX, sun_path=\"/a\"}");
        assertThat(text("01 00 00 61 62")).isEqualTo("{sa_family=AF_UNIX, sun_path=@\"ab\"}");
        assertThat(text("01 00")).isEqualTo("{sa_family=AF_UNIX}");
    }

    @Test
    void writesInternetAddresses() {
        assertThat(text("02 00 00 50 7f 00 00 01 00 00 00 00 00 00 00 00"))
                .isEqualTo("{sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr(\"127.0.0.1\")}");
        assertThat(text("0a 00 00 50 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01 02 00 00 00"))
                .isEqualTo("{sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0),"
                        + " inet_pton(AF_INET6, \"0:0:0:0:0:0:0:1\", &sin6_addr), sin6_scope_id=2}");
    }

    @Test
    void writesOthers() {
        assertThat(text("10 00 00 00 07 00 00 00 01 00 00 00"))
                .isEqualTo("{sa_family=AF_NETLINK, nl_pid=7, nl_groups=00000001}");
        assertThat(text("28 00 00 00 50 00 00 00 02 00 00 00 00 00 00 00"))
                .isEqualTo("{sa_family=AF_VSOCK, svm_cid=0x2, svm_port=0x50}");
        assertThat(text("63 00 61 62")).isEqualTo("{sa_family=99, sa_data=\"ab\"}");
    }

    @Test
    void writesWhatIsTooShortAsBytes() {
        assertThat(text("61")).isEqualTo("\"a\"");
        assertThat(text("02 00 00 50")).isEqualTo("{sa_family=AF_INET, sa_data=\"\\0P\"}");
    }
}
