package dev.trapgate.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.ChildJvm;
import dev.trapgate.Gates;
import dev.trapgate.Linux;
import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallBatch;
import dev.trapgate.entry.SyscallBatch.OnError;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.OpenGate;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls as the JDK Flight Recorder keeps them, by real recordings. */
class RecordingTest {

    @TempDir
    private Path directory;

    private List<RecordedEvent> recorded(Recording recording, Runnable work) throws IOException {
        try (recording) {
            recording.start();
            work.run();
            recording.stop();
            Path file = directory.resolve("recording.jfr");
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(Tracing.EVENT))
                    .toList();
        }
    }

    private static Recording enabled() {
        Recording recording = new Recording();
        recording.enable(Tracing.EVENT);
        return recording;
    }

    @Test
    void aCallOnTheHostIsAnEvent() throws IOException {
        OpenGate.orSkip(Gate.SYSCALL);
        Linux linux = Linux.host();
        List<RecordedEvent> events = recorded(enabled(), () -> linux.raw(Syscall.CLOSE, -1));

        assertThat(events).hasSize(1);
        RecordedEvent event = events.getFirst();
        assertThat(event.getString("name")).isEqualTo("close");
        assertThat(event.getInt("number")).isEqualTo(3);
        assertThat(event.getString("gate"))
                .isEqualTo(linux.through(Syscall.CLOSE).name());
        assertThat(event.getString("abi")).isEqualTo("x86_64");
        assertThat(event.getString("call")).isEqualTo("close(-1)");
        assertThat(event.getLong("result")).isEqualTo(-9);
        assertThat(event.getString("errno")).isEqualTo("EBADF");
        assertThat(event.getInt("batch")).isEqualTo(1);
        assertThat(event.getDuration()).isPositive();
        assertThat(event.getThread().getJavaName())
                .isEqualTo(Thread.currentThread().getName());
        assertThat(event.getStackTrace()).isNull();
    }

    @Test
    void aCallOnTheEmulatedKernelIsAnEventWithItsArgumentsDecoded() throws IOException {
        try (Linux linux = Linux.emulated()) {
            List<RecordedEvent> events =
                    recorded(enabled(), () -> linux.system().uname());

            assertThat(events).hasSize(1);
            assertThat(events.getFirst().getString("gate")).isEqualTo("EMULATED_SYSCALL");
            assertThat(events.getFirst().getString("call")).startsWith("uname({sysname=\"Linux\", ");
            assertThat(events.getFirst().getString("errno")).isEmpty();
        }
    }

    @Test
    void aStreamSeesCallsAsTheyAreMade() throws Exception {
        BlockingQueue<String> seen = new ArrayBlockingQueue<>(100);
        try (Linux linux = Linux.emulated();
                RecordingStream stream = new RecordingStream()) {
            stream.enable(Tracing.EVENT);
            stream.onEvent(Tracing.EVENT, event -> seen.offer(event.getString("call")));
            stream.startAsync();
            linux.process().getppid();

            assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("getppid()");
        }
    }

    @Test
    void aStackTraceIsRecordedWhereTheSettingsAskForIt() throws IOException {
        Recording recording = new Recording();
        recording.enable(Tracing.EVENT).withStackTrace();
        try (Linux linux = Linux.emulated()) {
            List<RecordedEvent> events =
                    recorded(recording, () -> linux.process().getppid());

            assertThat(events.getFirst().getStackTrace().getFrames())
                    .anyMatch(frame -> frame.getMethod().getType().getName().contains("ProcessCalls"));
        }
    }

    @Test
    void aThresholdKeepsShortCallsOut() throws IOException {
        Recording recording = new Recording();
        recording.enable(Tracing.EVENT).withThreshold(Duration.ofMinutes(1));
        try (Linux linux = Linux.emulated()) {
            assertThat(recorded(recording, () -> linux.process().getppid())).isEmpty();
        }
    }

    @Test
    void aRecordingThatDoesNotAskForItHasNone() throws IOException {
        try (Linux linux = Linux.emulated()) {
            assertThat(recorded(new Recording(), () -> linux.process().getppid()))
                    .isEmpty();
        }
    }

    @Test
    void eachCallOfABatchIsAnEvent() throws IOException {
        SyscallEntry entry = Tracing.recorded(Gates.open(Gate.EMULATED_SYSCALL));
        try (Arena arena = Arena.ofConfined()) {
            SyscallBatch batch = new SyscallBatch(arena, 2);
            batch.add(Syscall.GETPID.number(Abi.X86_64), 0, 0, 0, 0, 0, 0);
            batch.add(Syscall.CLOSE.number(Abi.X86_64), -1, 0, 0, 0, 0, 0);
            List<RecordedEvent> events = recorded(enabled(), () -> batch.enter(entry, OnError.GO_ON));

            assertThat(events)
                    .extracting(event -> event.getString("name"))
                    .containsExactlyInAnyOrder("getpid", "close");
            assertThat(events).extracting(event -> event.getInt("batch")).containsOnly(2);
        }
    }

    @Test
    void whatIsRecordedAlreadyIsNotRecordedTwice() {
        SyscallEntry recorded = Tracing.recorded(Gates.open(Gate.EMULATED_SYSCALL));

        assertThat(Tracing.recorded(recorded)).isSameAs(recorded);
    }

    /** One call, and whether it had a recorder to see it. */
    static final class OneCall {

        public static void main(String[] arguments) {
            try (Linux linux = Linux.emulated()) {
                linux.raw(Syscall.CLOSE, -1);
            }
        }
    }

    @Test
    void theOptionThatReadmeNamesRecordsCalls() throws Exception {
        Path file = directory.resolve("calls.jfr");
        String option = Pattern.compile("-XX:StartFlightRecording:(\\S+?),filename=")
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1)
                .replace("threshold=1ms", "threshold=0ms");
        ChildJvm.Outcome outcome = ChildJvm.running(OneCall.class)
                .with("-XX:StartFlightRecording:" + option + ",filename=" + file)
                .run();

        assertThat(outcome.exitStatus()).as(outcome.output()).isZero();
        assertThat(RecordingFile.readAllEvents(file))
                .filteredOn(event -> event.getEventType().getName().equals(Tracing.EVENT))
                .extracting(event -> event.getString("call"))
                .contains("close(-1)");
    }

    @Test
    void withoutARecorderNoClassOfEventsIsLoaded() throws Exception {
        ChildJvm.Outcome outcome =
                ChildJvm.running(OneCall.class).with("-Xlog:class+load").run();

        assertThat(outcome.output()).contains("RecordedEntry").doesNotContain("SyscallEvent");
    }
}
