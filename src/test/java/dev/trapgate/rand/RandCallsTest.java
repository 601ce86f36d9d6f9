package dev.trapgate.rand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandCallsTest {

    @ParameterizedTest
    @EnumSource
    void bytesAreRandom(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                Arena arena = Arena.ofConfined()) {
            Set<Byte> seen = new HashSet<>();
            for (byte one : test.linux().rand().bytes(5000)) {
                seen.add(one);
            }
            assertThat(seen).hasSizeGreaterThan(200);
            MemorySegment segment = arena.allocate(64);
            assertThat(test.linux().rand().getrandom(segment, RandomFlags.GRND_NONBLOCK))
                    .isEqualTo(64);
            assertThat(segment.mismatch(arena.allocate(64))).isNotEqualTo(-1);
        }
    }
}
