package dev.trapgate.emulator.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.fs.EmulatedCalls.Running;
import dev.trapgate.emulator.linux.kernel.SigInfo;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SignalfdTest {

    private static final int SIZE = 128;
    private static final int SIG_BLOCK = 0;
    private static final int SIGUSR1 = 10;
    private static final int RT = 40;
    private static final int O_NONBLOCK = 0x800;
    private static final long MASK = (1L << (SIGUSR1 - 1)) | (1L << (RT - 1));

    private final EmulatedCalls calls = new EmulatedCalls();

    @AfterEach
    void close() {
        calls.close();
    }

    private UserBuffer mask(long mask) {
        UserBuffer set = calls.buffer(8);
        set.segment().set(ValueLayout.JAVA_LONG, 0, mask);
        return set;
    }

    private int signalfd(int flags) {
        return (int) calls.call(Syscall.SIGNALFD4, -1, mask(MASK).address(), 8, flags);
    }

    private void block() {
        calls.call(Syscall.RT_SIGPROCMASK, SIG_BLOCK, mask(MASK).address(), 0, 8);
    }

    private MemorySegment read(int descriptor, int most) {
        UserBuffer buffer = calls.buffer((long) most * SIZE);
        long result = calls.call(Syscall.READ, descriptor, buffer.address(), (long) most * SIZE);
        return buffer.segment().asSlice(0, Math.max(0, result));
    }

    @Test
    void aSignalIsReadWithItsSender() {
        block();
        int descriptor = signalfd(0);
        long pid = calls.call(Syscall.GETPID);
        calls.call(Syscall.KILL, pid, SIGUSR1);

        MemorySegment told = read(descriptor, 2);

        assertThat(told.byteSize()).isEqualTo(SIZE);
        assertThat(told.get(ValueLayout.JAVA_INT, 0)).isEqualTo(SIGUSR1);
        assertThat(told.get(ValueLayout.JAVA_INT, 8)).isEqualTo(Signal.SI_USER);
        assertThat(told.get(ValueLayout.JAVA_INT, 12)).isEqualTo((int) pid);
        assertThat(told.asSlice(20).mismatch(MemorySegment.ofArray(new byte[SIZE - 20])))
                .isEqualTo(-1);
    }

    @Test
    void queuedSignalsAreReadInTheirOrderWithTheirValues() {
        block();
        int descriptor = signalfd(O_NONBLOCK);
        var task = calls.machine().currentThread().task();
        task.send(Signal.of(SigInfo.queued(RT, 1, 2, 0x1111_2222_3333L)));
        task.send(Signal.of(SigInfo.queued(RT, 1, 2, 5)));
        task.send(Signal.of(SigInfo.timer(SIGUSR1, 7, 3, 9)));

        MemorySegment told = read(descriptor, 4);

        assertThat(told.byteSize()).isEqualTo(3 * SIZE);
        assertThat(told.get(ValueLayout.JAVA_INT, 0)).isEqualTo(SIGUSR1);
        assertThat(told.get(ValueLayout.JAVA_INT, 24)).isEqualTo(7);
        assertThat(told.get(ValueLayout.JAVA_INT, 32)).isEqualTo(3);
        assertThat(told.get(ValueLayout.JAVA_INT, SIZE)).isEqualTo(RT);
        assertThat(told.get(ValueLayout.JAVA_LONG, SIZE + 48)).isEqualTo(0x1111_2222_3333L);
        assertThat(told.get(ValueLayout.JAVA_INT, SIZE + 44)).isEqualTo(0x2222_3333);
        assertThat(told.get(ValueLayout.JAVA_LONG, 2 * SIZE + 48)).isEqualTo(5);
        assertThat(calls.call(Syscall.READ, descriptor, calls.buffer(SIZE).address(), SIZE))
                .isEqualTo(-Errno.EAGAIN.number());
    }

    @Test
    void aReaderWaitsForASignalOfItsOwn() throws Exception {
        int descriptor = signalfd(0);
        Running<Long> reader = calls.start(() -> {
            block();
            return read(descriptor, 1).byteSize();
        });
        reader.awaitSleep();

        reader.task().send(Signal.of(SigInfo.sentBy(SIGUSR1, Signal.SI_TKILL, 1, 0)));

        assertThat(reader.await()).isEqualTo(SIZE);
    }

    @Test
    void pollHearsOfASignalForTheProcess() throws Exception {
        block();
        int descriptor = signalfd(0);
        UserBuffer list = calls.buffer(8);
        list.segment().set(ValueLayout.JAVA_INT, 0, descriptor);
        list.segment().set(ValueLayout.JAVA_SHORT, 4, (short) 1);
        Running<Long> poller = calls.start(() -> {
            block();
            return calls.call(Syscall.POLL, list.address(), 1, -1);
        });
        poller.awaitSleep();

        calls.call(Syscall.KILL, calls.call(Syscall.GETPID), SIGUSR1);

        assertThat(poller.await()).isEqualTo(1);
    }

    @Test
    void sigkillIsNeverRead() {
        int descriptor = (int) calls.call(Syscall.SIGNALFD4, -1, mask(-1).address(), 8, O_NONBLOCK);

        assertThat(calls.call(Syscall.READ, descriptor, calls.buffer(SIZE).address(), SIZE))
                .isEqualTo(-Errno.EAGAIN.number());
    }
}
