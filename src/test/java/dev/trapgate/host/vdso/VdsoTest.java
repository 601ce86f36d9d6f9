package dev.trapgate.host.vdso;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class VdsoTest {

    private final Vdso vdso = Vdso.ofThisProcess();

    @Test
    void liesWhereTheKernelSaysItMappedIt() throws Exception {
        String line = Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(mapping -> mapping.endsWith("[vdso]"))
                .findFirst()
                .orElseThrow();
        String[] range = line.substring(0, line.indexOf(' ')).split("-", -1);
        long start = HexFormat.fromHexDigitsToLong(range[0]);
        long end = HexFormat.fromHexDigitsToLong(range[1]);

        assertThat(vdso.loadAddress()).isEqualTo(start);
        assertThat(vdso.image().byteSize()).isBetween(1L, end - start);
    }

    @Test
    void hasTheClockFunctionsOfEveryKernelSinceLinux2_6() {
        assertThat(vdso.address(VdsoFunction.CLOCK_GETTIME)).isPresent();
        assertThat(vdso.address(VdsoFunction.GETTIMEOFDAY)).isPresent();
        assertThat(vdso.address(VdsoFunction.TIME)).isPresent();
        assertThat(vdso.address(VdsoFunction.GETCPU)).isPresent();
    }

    @Test
    void givesEveryFunctionTheAddressOfItsSymbolInsideTheImage() {
        Arrays.stream(VdsoFunction.values())
                .forEach(function -> vdso.address(function).ifPresent(address -> assertThat(address)
                        .isBetween(
                                vdso.loadAddress(),
                                vdso.loadAddress() + vdso.image().byteSize())
                        .isEqualTo(vdso.symbols().stream()
                                .filter(symbol -> symbol.name().equals(function.symbol()))
                                .mapToLong(vdso::address)
                                .findFirst()
                                .orElseThrow())));
    }

    @Test
    void knowsTheFunctionOfACallByItsNumber() {
        for (VdsoFunction function : VdsoFunction.values()) {
            assertThat(VdsoFunction.of(function.number())).hasValue(function);
        }
        assertThat(VdsoFunction.of(0)).isEmpty();
    }
}
