package dev.trapgate.emulator.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.OpenGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What this machine's processor and kernel make of a passage, the emulated ones make of it too. */
class HardwareTest {

    /** Needs Linux on x86-64 with IA32 emulation, for {@code int $0x80} and the programs of i386, and memfds that run. */
    @BeforeAll
    static void needsThisProcessor() {
        OpenGate.orSkip(Gate.INT80);
    }

    static List<Passage> passages() throws IOException {
        return Stream.of(CallPassages.all(), InterruptPassages.all(vendor()), FaultPassages.all())
                .flatMap(all -> all)
                .toList();
    }

    private static Vendor vendor() throws IOException {
        String processor = Files.readString(Path.of("/proc/cpuinfo"));
        boolean amd = processor.contains("AuthenticAMD");
        assumeTrue(amd || processor.contains("GenuineIntel"), "this processor is neither AMD's nor Intel's");
        return amd ? Vendor.AMD : Vendor.INTEL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passages")
    void bothLeaveTheSameBehind(Passage passage) throws IOException {
        assertThat(EmulatedHardware.run(passage, vendor()).of(passage))
                .isEqualTo(RealHardware.run(passage).of(passage));
    }

    @Test
    void everyPassageHasANameOfItsOwn() throws IOException {
        assertThat(passages().stream().map(Passage::toString)).doesNotHaveDuplicates();
    }
}
