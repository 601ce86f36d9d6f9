package dev.trapgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.SyscallEntry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NativeGateTest {

    @BeforeEach
    void needsAPlatformWithGates() {
        assumeTrue(Platform.refusal().isEmpty(), () -> Platform.refusal().orElse(""));
    }

    private static NativeGate failing(Throwable failure) {
        return new NativeGate(Gate.SYSCALL, findings -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        });
    }

    @Test
    void isOpenedOnceHoweverManyAsk() throws Exception {
        AtomicInteger openings = new AtomicInteger();
        SyscallEntry entry = OpenGate.orSkip(Gate.LIBC_SYSCALL);
        NativeGate gate = new NativeGate(Gate.LIBC_SYSCALL, findings -> {
            findings.put("opening", String.valueOf(openings.incrementAndGet()));
            return entry;
        });
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            IntStream.range(0, 64).forEach(i -> threads.execute(gate::entry));
        }

        assertThat(openings).hasValue(1);
        assertThat(gate.entry()).isSameAs(entry);
        assertThat(gate.status().isOpen()).isTrue();
        assertThat(gate.status().findings()).containsEntry("opening", "1");
    }

    @Test
    void staysShutForTheSameReason() {
        NativeGate gate = failing(new IllegalStateException("no luck"));

        assertThat(gate.status().unavailable()).hasValue("no luck");
        assertThatThrownBy(gate::entry)
                .isInstanceOf(GateUnavailableException.class)
                .hasMessage("gate SYSCALL is not available: no luck")
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    private static Stream<Throwable> failuresThatMean() {
        return Stream.of(
                new IllegalStateException("no luck"),
                new GateUnavailableException(Gate.SYSCALL, "no luck"),
                new ExceptionInInitializerError(new IllegalStateException("no luck")),
                new UnsatisfiedLinkError("no luck"),
                caused(new NoClassDefFoundError("Could not initialize class X"), new IllegalStateException("no luck")));
    }

    private static Throwable caused(Throwable failure, Throwable cause) {
        return failure.initCause(cause);
    }

    @ParameterizedTest
    @MethodSource("failuresThatMean")
    void saysWhatWentWrongWhicheverWayItSurfaced(Throwable failure) {
        assertThat(failing(failure).status().unavailable()).hasValue("no luck");
    }

    @Test
    void alwaysSaysSomething() {
        assertThat(failing(new IllegalStateException()).status().unavailable())
                .hasValue("java.lang.IllegalStateException");
    }

    @Test
    void changesToWhatItToldChangeNothing() {
        NativeGate gate = failing(new IllegalStateException("no luck"));
        gate.status().findings().put("forged", "yes");

        assertThat(gate.status().findings()).isEmpty();
    }
}
