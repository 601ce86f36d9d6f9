package dev.trapgate.host.i386;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.host.vdso.AuxiliaryType;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompanionTest {

    private Companion companion;

    @BeforeEach
    void start() {
        try {
            companion = Companion.start();
        } catch (IOException refused) {
            assumeTrue(false, refused.getMessage());
        }
    }

    @AfterEach
    void end() {
        companion.close();
    }

    private long call(CompanionWay way, Syscall call, long... arguments) {
        long[] six = java.util.Arrays.copyOf(arguments, 6);
        return companion.call(way, call.number(Abi.I386), six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    @ParameterizedTest
    @EnumSource(
            value = CompanionWay.class,
            names = {"INT80", "KERNEL_VSYSCALL", "THREAD_AREA"})
    void eachWayIntoTheKernelTakesSixArguments(CompanionWay way) {
        assumeTrue(way == CompanionWay.INT80 || companion.kernelVsyscall() != 0, "no AT_SYSINFO");
        try (UserMemory.Scope scope = companion.memory().open()) {
            UserBuffer name = scope.allocate(390, 1);
            assertThat(call(way, Syscall.UNAME, name.address())).isZero();
            assertThat(name.segment().getString(0)).isEqualTo("Linux");
        }
        int unknownFlag = 0x100;
        assertThat(call(way, Syscall.SPLICE, -1, 0, -1, 0, 1, unknownFlag)).isEqualTo(-Errno.EINVAL.number());
        assertThat(call(way, Syscall.SPLICE, -1, 0, -1, 0, 1, 0)).isEqualTo(-Errno.EBADF.number());
        assertThat(call(way, Syscall.CLOSE, -1)).isEqualTo(-Errno.EBADF.number());
    }

    @Test
    void walksItsStackToTheVectorThatProcShows() throws IOException {
        var walked = companion.auxiliaryVector();

        assertThat(walked.values()).isEqualTo(companion.auxiliaryVectorOfProc().values());
        assertThat(walked.value(AuxiliaryType.AT_SYSINFO).orElse(0)).isEqualTo(companion.kernelVsyscall());
    }

    @Test
    void callsAFunctionOfThe32BitVdso() {
        CompanionVdso vdso = CompanionVdso.of(companion).orElse(null);
        assumeTrue(vdso != null, "no 32-bit vDSO");
        try (UserMemory.Scope scope = companion.memory().open()) {
            UserBuffer time = scope.allocate(16, 8);
            long before = System.currentTimeMillis() / 1000;

            assertThat(companion.function(vdso.address("__vdso_clock_gettime64").orElseThrow(), 0, time.address()))
                    .isZero();
            assertThat(time.segment().get(ValueLayout.JAVA_LONG, 0)).isBetween(before - 1, before + 10);
            assertThat(companion.function(vdso.address("__vdso_clock_gettime").orElseThrow(), 0, time.address()))
                    .isZero();
            assertThat((long) time.segment().get(ValueLayout.JAVA_INT, 0)).isBetween(before - 1, before + 10);
            assertThat(companion.function(vdso.address("__vdso_clock_gettime64").orElseThrow(), 99, time.address()))
                    .isEqualTo(-Errno.EINVAL.number());
        }
    }

    @Test
    void repeatsACallAsOftenAsToldAndCountsItsCycles() {
        Companion.Timing once = companion.time(CompanionWay.INT80, 1, 20, 0, 0);
        Companion.Timing often = companion.time(CompanionWay.INT80, 200, 20, 0, 0);

        assertThat(often.result()).isEqualTo(once.result()).isPositive();
        assertThat(often.count()).isEqualTo(200);
        assertThat(often.cycles()).isGreaterThan(100 * 200);
    }

    @Test
    void aCallThatEndsItSaysHowAndTheNextOneFindsANewProcessAndTheSameMemory() {
        try (UserMemory.Scope scope = companion.memory().open()) {
            UserBuffer kept = scope.allocate(16, 8);
            kept.segment().set(ValueLayout.JAVA_INT, 0, 42);
            long first = call(CompanionWay.INT80, Syscall.GETPID);

            assertThatThrownBy(() -> call(CompanionWay.INT80, Syscall.EXIT_GROUP, 7))
                    .isInstanceOf(CompanionEndException.class)
                    .hasMessageContaining("exited with 7");
            assertThat(call(CompanionWay.INT80, Syscall.GETPID)).isPositive().isNotEqualTo(first);
            assertThat(companion.read(kept.address(), 4)).containsExactly(42, 0, 0, 0);
        }
    }

    @Test
    void aSignalThatEndsItIsNamed() {
        assertThatThrownBy(() -> companion.read(16, 4))
                .isInstanceOfSatisfying(CompanionEndException.class, end -> assertThat(end.exitStatus())
                        .isEqualTo(128 + 11));
    }

    @Test
    void itsStandardStreamsAreItsOwn() {
        assertThat(call(CompanionWay.INT80, Syscall.CLOSE, 0)).isZero();
        assertThat(call(CompanionWay.INT80, Syscall.CLOSE, 1)).isZero();
        assertThat(call(CompanionWay.INT80, Syscall.CLOSE, 2)).isZero();
        assertThat(call(CompanionWay.INT80, Syscall.CLOSE, 2)).isEqualTo(-Errno.EBADF.number());
    }

    @Test
    void isGoneWhenItIsClosed() throws Exception {
        Path proc = companion.proc("exe").getParent();
        companion.close();

        for (int i = 0; i < 100 && Files.exists(proc); i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(proc).doesNotExist();
    }
}
