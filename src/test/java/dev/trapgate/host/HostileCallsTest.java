package dev.trapgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.ChildJvm;
import dev.trapgate.entry.Gate;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No argument may end the JVM, and every answer is a value or an error that has a name. */
class HostileCallsTest {

    private static final int CALLS = 10_000;

    @TempDir
    private Path directory;

    /** By int 0x80 a heap that lies low could be hit by an address whose high half is cut off: it is kept high. */
    @ParameterizedTest
    @MethodSource("dev.trapgate.host.OpenGate#nativeGates")
    void theJvmSurvivesTenThousandHarmlessCallsWithHostileArguments(Gate gate) throws Exception {
        OpenGate.orSkip(gate);
        long seed = 20_261_121L;
        Path lastCall = directory.resolve("last-call");

        ChildJvm.Outcome outcome = ChildJvm.running(
                        HostileCalls.class,
                        gate.name(),
                        String.valueOf(seed),
                        String.valueOf(CALLS),
                        lastCall.toString())
                .with("-XX:-UseCompressedOops")
                .run();

        assertThat(outcome.exitStatus())
                .as("seed %d, last call %s%n%s", seed, LastCall.read(lastCall), outcome.output())
                .isZero();
        assertThat(outcome.output()).contains(CALLS + " calls of ");
    }
}
