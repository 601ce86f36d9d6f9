package dev.trapgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DynamicClockTest {

    private static boolean isRead(Abi abi, Syscall call, long clock) {
        return DynamicClock.isReadBy(abi, call.number(abi), clock);
    }

    @ParameterizedTest
    @EnumSource(names = {"X86_64", "I386"})
    void isANegativeIdGivenToACallThatReadsAClock(Abi abi) {
        assertThat(isRead(abi, Syscall.CLOCK_GETTIME, -6)).isTrue();
        assertThat(isRead(abi, Syscall.CLOCK_GETRES, -6)).isTrue();
        assertThat(isRead(abi, Syscall.CLOCK_GETTIME, 0)).isFalse();
        assertThat(isRead(abi, Syscall.CLOCK_GETRES, 1)).isFalse();
        assertThat(isRead(abi, Syscall.CLOSE, -1)).isFalse();
    }

    @Test
    void isKnownToTheCallsOf64BitTimesToo() {
        assertThat(isRead(Abi.I386, Syscall.CLOCK_GETTIME64, -6)).isTrue();
        assertThat(isRead(Abi.I386, Syscall.CLOCK_GETRES_TIME64, -6)).isTrue();
    }

    /** The kernel's clockid_t is 32 bits wide. */
    @Test
    void isTheLow32Bits() {
        assertThat(isRead(Abi.X86_64, Syscall.CLOCK_GETTIME, 0xffff_fffaL)).isTrue();
        assertThat(isRead(Abi.X86_64, Syscall.CLOCK_GETTIME, 0xffff_fffa_0000_0000L))
                .isFalse();
    }
}
