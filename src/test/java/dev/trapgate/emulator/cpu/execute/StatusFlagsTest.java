package dev.trapgate.emulator.cpu.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.cpu.Flags;
import org.junit.jupiter.api.Test;

class StatusFlagsTest {

    @Test
    void everyCombinationOfFlagsIsKeptAndGivenBack() {
        StatusFlags flags = new StatusFlags();
        for (long bits = 0; bits < 0x1000; bits++) {
            long wanted = bits & StatusFlags.ALL;
            flags.set(wanted);

            assertThat(flags.get()).isEqualTo(wanted);
        }
    }

    @Test
    void everySumAndDifferenceOfBytesHasItsFlags() {
        StatusFlags flags = new StatusFlags();
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                flags.add(a, b, 56);
                assertThat(flags.get()).isEqualTo(expected(a + b, (byte) a + (byte) b, (a & 15) + (b & 15) > 15));
                flags.sub(a, b, 56);
                assertThat(flags.get()).isEqualTo(expected(a - b, (byte) a - (byte) b, (a & 15) < (b & 15)));
            }
        }
    }

    private static long expected(int unsigned, int signed, boolean adjust) {
        int low = unsigned & 0xff;
        return (unsigned < 0 || unsigned > 255 ? Flags.CF : 0)
                | (signed < -128 || signed > 127 ? Flags.OF : 0)
                | (low == 0 ? Flags.ZF : 0)
                | (low > 127 ? Flags.SF : 0)
                | (Integer.bitCount(low) % 2 == 0 ? Flags.PF : 0)
                | (adjust ? Flags.AF : 0);
    }

    @Test
    void changingOneFlagLeavesTheOthers() {
        StatusFlags flags = new StatusFlags();
        for (long bits = 0; bits < 0x1000; bits++) {
            long before = bits & StatusFlags.ALL;
            flags.set(before);
            flags.setCarry(true);
            assertThat(flags.get()).isEqualTo(before | Flags.CF);
            flags.setZero(false);
            assertThat(flags.get()).isEqualTo((before | Flags.CF) & ~Flags.ZF);
        }
    }

    @Test
    void aConditionIsWhatItsFlagsSay() {
        StatusFlags flags = new StatusFlags();
        flags.sub(1, 2, 32);

        assertThat(flags.test(0x2)).as("below").isTrue();
        assertThat(flags.test(0xc)).as("less").isTrue();
        assertThat(flags.test(0x4)).as("equal").isFalse();
        assertThat(flags.test(0xf)).as("greater").isFalse();
    }
}
