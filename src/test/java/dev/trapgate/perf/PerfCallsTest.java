package dev.trapgate.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.trapgate.Linux;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import dev.trapgate.mm.MapFlags;
import dev.trapgate.mm.MemoryAdvice;
import dev.trapgate.mm.Protection;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Software counters, which need no hardware; the emulated kernel has none. */
class PerfCallsTest {

    private static final PerfFormat TIMES =
            PerfFormat.PERF_FORMAT_TOTAL_TIME_ENABLED.or(PerfFormat.PERF_FORMAT_TOTAL_TIME_RUNNING);

    private static FileDescriptor counter(Linux linux, PerfAttributes attributes) {
        try {
            return linux.perf().open(attributes, Pid.SELF, PerfCalls.ANY_CPU, PerfFlags.PERF_FLAG_FD_CLOEXEC);
        } catch (SyscallException refused) {
            abort("this host lets nobody count: " + refused.getMessage());
            throw refused;
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void pageFaultsAreCountedWhileItIsEnabled(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                FileDescriptor counter = counter(
                        test.linux(),
                        PerfAttributes.counting(PerfEvent.PERF_COUNT_SW_PAGE_FAULTS)
                                .format(TIMES))) {
            PerfCalls perf = test.linux().perf();
            assertThat(perf.read(counter, TIMES).value()).isZero();
            perf.enable(counter);
            touchPages(64);
            perf.disable(counter);
            PerfReading reading = perf.read(counter, TIMES);
            touchPages(64);

            assertThat(reading.value()).isGreaterThanOrEqualTo(64);
            assertThat(reading.enabled().orElseThrow()).isPositive();
            assertThat(reading.running().orElseThrow())
                    .isPositive()
                    .isLessThanOrEqualTo(reading.enabled().orElseThrow());
            assertThat(reading.id()).isEmpty();
            assertThat(perf.read(counter, TIMES).value()).as("disabled").isEqualTo(reading.value());
            perf.reset(counter);
            assertThat(perf.read(counter, TIMES).value()).isZero();
        }
    }

    private static void touchPages(int count) {
        Linux linux = Linux.host();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = linux.mm()
                    .mmap(arena, count * 4096L, Protection.PROT_READ.or(Protection.PROT_WRITE), MapFlags.MAP_PRIVATE);
            linux.mm().madvise(memory, MemoryAdvice.MADV_NOHUGEPAGE);
            for (int page = 0; page < count; page++) {
                memory.set(ValueLayout.JAVA_BYTE, page * 4096L, (byte) 1);
            }
        }
    }

    @Test
    void aGroupCountsTogether() {
        PerfAttributes clock = PerfAttributes.counting(PerfEvent.PERF_COUNT_SW_TASK_CLOCK);
        try (FileDescriptor leader = counter(Linux.host(), clock);
                FileDescriptor member = Linux.host()
                        .perf()
                        .openInGroup(
                                PerfAttributes.counting(PerfEvent.PERF_COUNT_SW_TASK_CLOCK)
                                        .enabled(),
                                leader,
                                Pid.SELF,
                                PerfCalls.ANY_CPU,
                                PerfFlags.NONE)) {
            assertThat(Linux.host().perf().read(member, PerfFormat.NONE).value())
                    .as("its leader is off")
                    .isZero();
            Linux.host().perf().enable(leader);

            assertThat(Linux.host().perf().read(member, PerfFormat.NONE).value())
                    .isPositive();
        }
    }

    @Test
    void attributesTellWhatTheyAre() {
        PerfAttributes attributes =
                PerfAttributes.counting(PerfEvent.PERF_COUNT_SW_CPU_MIGRATIONS).format(PerfFormat.PERF_FORMAT_ID);

        assertThat(attributes.event()).isEqualTo(PerfEvent.PERF_COUNT_SW_CPU_MIGRATIONS);
        assertThat(attributes).hasToString("PerfAttributes[event=PERF_TYPE_SOFTWARE 0x4, format=PERF_FORMAT_ID]");
        assertThatThrownBy(() -> attributes.period(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
