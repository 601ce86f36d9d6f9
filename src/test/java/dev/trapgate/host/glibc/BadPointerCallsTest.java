package dev.trapgate.host.glibc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.ChildJvm;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.LastCall;
import dev.trapgate.host.OpenGate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadPointerCallsTest {

    @TempDir
    private Path directory;

    /** Starts again after each wrapper that ended its JVM, so that one run names them all. */
    @Test
    void noWrapperUsesABadPointerItself() throws Exception {
        OpenGate.orSkip(Gate.GLIBC);
        List<String> fatal = new ArrayList<>();
        int first = 0;
        ChildJvm.Outcome outcome = run(first);
        while (outcome.hasCrashed() && fatal.size() < 20) {
            String last = LastCall.read(directory.resolve("last-call"));
            fatal.add(last);
            first = Integer.parseInt(last.substring(0, last.indexOf(' '))) + 1;
            outcome = run(first);
        }

        assertThat(fatal).isEmpty();
        assertThat(outcome.exitStatus()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("wrappers survived");
    }

    private ChildJvm.Outcome run(int first) throws Exception {
        return ChildJvm.running(
                        BadPointerCalls.class,
                        String.valueOf(first),
                        directory.resolve("last-call").toString())
                .run();
    }
}
