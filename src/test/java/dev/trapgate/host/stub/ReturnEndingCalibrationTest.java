package dev.trapgate.host.stub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.entry.Gate;
import dev.trapgate.host.OpenGate;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReturnEndingCalibrationTest {

    private static final MachineCode CALL = MachineCode.of(
            "48 8b 44 24 08", // mov rax, [rsp + 8]
            "49 89 ca", //       mov r10, rcx
            "0f 05"); //         syscall

    /** A hundred system calls fit into the dearest imaginable one. */
    private static final double DEAREST_NANOS = 100_000;

    @Test
    void measuresBothEndingsAndTakesTheLongerOneOnlyIfItSaves() {
        OpenGate.orSkip(Gate.SYSCALL);
        Map<ReturnEnding, MemorySegment> stubs = new EnumMap<>(ReturnEnding.class);
        for (ReturnEnding ending : ReturnEnding.values()) {
            stubs.put(ending, ExecutableMemory.map(CALL.then(ending.code())));
        }
        ReturnEndingCalibration calibration = ReturnEndingCalibration.of(stubs);
        double plain = calibration.nanos(ReturnEnding.RET);
        double aware = calibration.nanos(ReturnEnding.RETURN_AWARE);

        assertThat(plain).isBetween(1.0, DEAREST_NANOS);
        assertThat(aware).isBetween(1.0, DEAREST_NANOS);
        assertThat(calibration.faster()).isEqualTo(aware < 0.97 * plain ? ReturnEnding.RETURN_AWARE : ReturnEnding.RET);
        assertThat(calibration).asString().startsWith("calibrated: getppid through 6 frames took ");
    }
}
