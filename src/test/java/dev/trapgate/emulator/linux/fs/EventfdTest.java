package dev.trapgate.emulator.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.emulator.linux.fs.EmulatedCalls.Running;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventfdTest {

    private static final int EFD_SEMAPHORE = 1;
    private static final int POLLOUT = 4;

    private final EmulatedCalls calls = new EmulatedCalls();

    @AfterEach
    void close() {
        calls.close();
    }

    private int eventfd(long count, int flags) {
        return (int) calls.call(Syscall.EVENTFD2, count, flags);
    }

    private long add(int descriptor, long value) {
        UserBuffer buffer = calls.buffer(8);
        buffer.segment().set(ValueLayout.JAVA_LONG, 0, value);
        return calls.call(Syscall.WRITE, descriptor, buffer.address(), 8);
    }

    private long take(int descriptor) {
        UserBuffer buffer = calls.buffer(8);
        long result = calls.call(Syscall.READ, descriptor, buffer.address(), 8);
        return result == 8 ? buffer.segment().get(ValueLayout.JAVA_LONG, 0) : result;
    }

    @Test
    void aReaderWaitsForTheCount() throws Exception {
        int descriptor = eventfd(0, 0);
        Running<Long> reader = calls.start(() -> take(descriptor));
        reader.awaitSleep();

        assertThat(add(descriptor, 7)).isEqualTo(8);

        assertThat(reader.await()).isEqualTo(7);
    }

    @Test
    void aWriterWaitsForRoomBelowTheLargestCount() throws Exception {
        int descriptor = eventfd(0, 0);
        add(descriptor, -2);
        Running<Long> writer = calls.start(() -> add(descriptor, 3));
        writer.awaitSleep();

        assertThat(take(descriptor)).isEqualTo(-2);

        assertThat(writer.await()).isEqualTo(8);
        assertThat(take(descriptor)).isEqualTo(3);
    }

    @Test
    void eachReaderOfASemaphoreGetsOne() throws Exception {
        int descriptor = eventfd(0, EFD_SEMAPHORE);
        List<Running<Long>> readers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            readers.add(calls.start(() -> take(descriptor)));
        }
        for (Running<Long> reader : readers) {
            reader.awaitSleep();
        }

        add(descriptor, 20);

        for (Running<Long> reader : readers) {
            assertThat(reader.await()).isEqualTo(1);
        }
    }

    @Test
    void pollHearsThatThereIsRoomAgain() throws Exception {
        int descriptor = eventfd(0, 0);
        add(descriptor, -2);
        UserBuffer list = calls.buffer(8);
        list.segment().set(ValueLayout.JAVA_INT, 0, descriptor);
        list.segment().set(ValueLayout.JAVA_SHORT, 4, (short) POLLOUT);
        Running<Long> poller = calls.start(() -> calls.call(Syscall.POLL, list.address(), 1, -1));
        poller.awaitSleep();

        take(descriptor);

        assertThat(poller.await()).isEqualTo(1);
    }

    @Test
    void aDeadlySignalEndsAReader() throws Exception {
        int descriptor = eventfd(0, 0);
        Running<Long> reader = calls.start(() -> take(descriptor));
        reader.awaitSleep();

        reader.task().send(Signal.of(Signal.SIGTERM));

        assertThatThrownBy(reader::await).hasCauseInstanceOf(EmulatedEndException.class);
    }
}
