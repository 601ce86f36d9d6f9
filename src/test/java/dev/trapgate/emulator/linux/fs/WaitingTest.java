package dev.trapgate.emulator.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.emulator.linux.fs.EmulatedCalls.Running;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that wait in calls on open files: what wakes them, and what ends them. */
@Timeout(60)
class WaitingTest {

    private static final int POLLIN = 1;
    private static final int O_RDWR_CREAT = 0102;
    private static final int F_OFD_SETLKW = 38;
    private static final int F_SETLKW = 7;

    private final EmulatedCalls calls = new EmulatedCalls();

    @AfterEach
    void close() {
        calls.close();
    }

    private static long error(Errno errno) {
        return -errno.number();
    }

    @Test
    void aReaderWaitsUntilSomethingIsWritten() throws Exception {
        int[] pipe = calls.pipe(0);
        UserBuffer buffer = calls.buffer(16);
        Running<Long> reader = calls.start(() -> calls.call(Syscall.READ, pipe[0], buffer.address(), 16));
        reader.awaitSleep();

        assertThat(calls.call(Syscall.WRITE, pipe[1], calls.text("hello").address(), 5))
                .isEqualTo(5);

        assertThat(reader.await()).isEqualTo(5);
        assertThat(buffer.segment().getString(0)).isEqualTo("hello");
    }

    @Test
    void aReaderHearsThatTheLastWriterIsGone() throws Exception {
        int[] pipe = calls.pipe(0);
        UserBuffer buffer = calls.buffer(16);
        Running<Long> reader = calls.start(() -> calls.call(Syscall.READ, pipe[0], buffer.address(), 16));
        reader.awaitSleep();

        calls.call(Syscall.CLOSE, pipe[1]);

        assertThat(reader.await()).isZero();
    }

    @Test
    void aWriterWaitsForRoomAndWritesAll() throws Exception {
        int[] pipe = calls.pipe(0);
        UserBuffer from = calls.buffer(100_000);
        UserBuffer to = calls.buffer(100_000);
        for (int i = 0; i < 100_000; i++) {
            from.segment().set(ValueLayout.JAVA_BYTE, i, (byte) (i * 31));
        }
        Running<Long> writer = calls.start(() -> calls.call(Syscall.WRITE, pipe[1], from.address(), 100_000));
        writer.awaitSleep();

        long done = 0;
        while (done < 100_000) {
            done += calls.call(Syscall.READ, pipe[0], to.address() + done, 100_000 - done);
        }

        assertThat(writer.await()).isEqualTo(100_000);
        assertThat(to.segment().mismatch(from.segment())).isEqualTo(-1);
    }

    @Test
    void writesOfOnePageAreNeverTornApart() throws Exception {
        int[] pipe = calls.pipe(0);
        int size = 3000;
        int writes = 200;
        List<Running<Long>> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            UserBuffer from = calls.buffer(size);
            from.segment().fill((byte) (i + 1));
            writers.add(calls.start(() -> {
                long sum = 0;
                for (int n = 0; n < writes; n++) {
                    sum += calls.call(Syscall.WRITE, pipe[1], from.address(), size);
                }
                return sum;
            }));
        }
        UserBuffer to = calls.buffer(size);
        for (int n = 0; n < 4 * writes; n++) {
            long done = 0;
            while (done < size) {
                done += calls.call(Syscall.READ, pipe[0], to.address() + done, size - done);
            }
            byte first = to.segment().get(ValueLayout.JAVA_BYTE, 0);
            assertThat(to.segment().toArray(ValueLayout.JAVA_BYTE)).containsOnly(first);
        }
        for (Running<Long> writer : writers) {
            assertThat(writer.await()).isEqualTo((long) writes * size);
        }
    }

    @Test
    void aWriteWithoutReadersEndsTheProgramBySigpipe() {
        int[] pipe = calls.pipe(0);
        calls.call(Syscall.CLOSE, pipe[0]);
        UserBuffer buffer = calls.text("x");

        assertThatThrownBy(() -> calls.call(Syscall.WRITE, pipe[1], buffer.address(), 1))
                .isInstanceOf(EmulatedEndException.class)
                .hasMessageContaining("SIGPIPE");
    }

    @Test
    void aDeadlySignalEndsAWaitingReader() throws Exception {
        int[] pipe = calls.pipe(0);
        UserBuffer buffer = calls.buffer(16);
        Running<Long> reader = calls.start(() -> calls.call(Syscall.READ, pipe[0], buffer.address(), 16));
        reader.awaitSleep();

        reader.task().send(Signal.of(Signal.SIGTERM));

        assertThatThrownBy(reader::await)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(EmulatedEndException.class);
    }

    @Test
    void aSignalThatIsIgnoredLetsTheReaderWaitOn() throws Exception {
        int[] pipe = calls.pipe(0);
        UserBuffer buffer = calls.buffer(16);
        Running<Long> reader = calls.start(() -> calls.call(Syscall.READ, pipe[0], buffer.address(), 16));
        reader.awaitSleep();

        reader.task().send(Signal.of(Signal.SIGCHLD));
        reader.task().signalWakeUp();
        reader.awaitSleep();
        calls.call(Syscall.WRITE, pipe[1], calls.text("x").address(), 1);

        assertThat(reader.await()).isEqualTo(1);
    }

    @Test
    void pollWaitsForAnyOfItsFiles() throws Exception {
        int[] one = calls.pipe(0);
        int[] other = calls.pipe(0);
        UserBuffer list = calls.buffer(16);
        list.segment().set(ValueLayout.JAVA_INT, 0, one[0]);
        list.segment().set(ValueLayout.JAVA_SHORT, 4, (short) POLLIN);
        list.segment().set(ValueLayout.JAVA_INT, 8, other[0]);
        list.segment().set(ValueLayout.JAVA_SHORT, 12, (short) POLLIN);
        Running<Long> poller = calls.start(() -> calls.call(Syscall.POLL, list.address(), 2, -1));
        poller.awaitSleep();

        calls.call(Syscall.WRITE, other[1], calls.text("x").address(), 1);

        assertThat(poller.await()).isEqualTo(1);
        assertThat(list.segment().get(ValueLayout.JAVA_SHORT, 6)).isZero();
        assertThat(list.segment().get(ValueLayout.JAVA_SHORT, 14)).isEqualTo((short) POLLIN);
    }

    @Test
    void selectWaitsUntilTheWriterIsGone() throws Exception {
        int[] pipe = calls.pipe(0);
        UserBuffer set = calls.buffer(8);
        set.segment().set(ValueLayout.JAVA_LONG, 0, 1L << pipe[0]);
        Running<Long> selecting = calls.start(() -> calls.call(Syscall.SELECT, pipe[0] + 1, set.address(), 0, 0, 0));
        selecting.awaitSleep();

        calls.call(Syscall.CLOSE, pipe[1]);

        assertThat(selecting.await()).isEqualTo(1);
        assertThat(set.segment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(1L << pipe[0]);
    }

    @Test
    void bothEndsOfAFifoWaitForEachOther() throws Exception {
        int type = 0010000;
        assertThat(calls.call(
                        Syscall.MKNODAT,
                        EmulatedCalls.AT_FDCWD,
                        calls.text("/tmp/f").address(),
                        type | 0600,
                        0))
                .isZero();
        Running<Integer> reader = calls.start(() -> calls.open("/tmp/f", 0, 0));
        reader.awaitSleep();

        int writer = calls.open("/tmp/f", 1, 0);

        assertThat(writer).isPositive();
        assertThat(reader.await()).isPositive();
        assertThat(calls.call(Syscall.WRITE, writer, calls.text("x").address(), 1))
                .isEqualTo(1);
    }

    private UserBuffer lock(int type, long start, long length) {
        UserBuffer lock = calls.buffer(32);
        lock.segment().set(ValueLayout.JAVA_SHORT, 0, (short) type);
        lock.segment().set(ValueLayout.JAVA_LONG, 8, start);
        lock.segment().set(ValueLayout.JAVA_LONG, 16, length);
        return lock;
    }

    @Test
    void aLockWaitsForItsBytes() throws Exception {
        int one = calls.open("/tmp/a", O_RDWR_CREAT, 0600);
        int other = calls.open("/tmp/a", O_RDWR_CREAT, 0600);
        assertThat(calls.call(Syscall.FCNTL, one, F_OFD_SETLKW, lock(1, 0, 10).address()))
                .isZero();
        UserBuffer wanted = lock(1, 5, 1);
        Running<Long> waiting = calls.start(() -> calls.call(Syscall.FCNTL, other, F_OFD_SETLKW, wanted.address()));
        waiting.awaitSleep();

        calls.call(Syscall.FCNTL, one, F_OFD_SETLKW, lock(2, 0, 5).address());
        waiting.awaitSleep();
        calls.call(Syscall.CLOSE, one);

        assertThat(waiting.await()).isZero();
    }

    @Test
    void flockWaitsForTheOther() throws Exception {
        int one = calls.open("/tmp/a", O_RDWR_CREAT, 0600);
        int other = calls.open("/tmp/a", O_RDWR_CREAT, 0600);
        assertThat(calls.call(Syscall.FLOCK, one, 2)).isZero();
        Running<Long> waiting = calls.start(() -> calls.call(Syscall.FLOCK, other, 1));
        waiting.awaitSleep();

        calls.call(Syscall.FLOCK, one, 8);

        assertThat(waiting.await()).isZero();
    }

    @Test
    void twoOwnersThatWaitForEachOtherAreTold() throws Exception {
        int file = calls.open("/tmp/a", O_RDWR_CREAT, 0600);
        assertThat(calls.call(Syscall.FCNTL, file, F_SETLKW, lock(1, 0, 1).address()))
                .isZero();
        UserBuffer second = lock(1, 1, 1);
        UserBuffer first = lock(1, 0, 1);
        Running<Long> other = calls.start(() -> {
            // A table of its own makes the thread another owner.
            calls.call(Syscall.CLOSE_RANGE, 500, 600, 2);
            calls.call(Syscall.FCNTL, file, F_SETLKW, second.address());
            return calls.call(Syscall.FCNTL, file, F_SETLKW, first.address());
        });
        other.awaitSleep();

        assertThat(calls.call(Syscall.FCNTL, file, F_SETLKW, lock(1, 1, 1).address()))
                .isEqualTo(error(Errno.EDEADLK));

        calls.call(Syscall.FCNTL, file, F_SETLKW, lock(2, 0, 1).address());
        assertThat(other.await()).isZero();
    }

    @Test
    void closingTheMachineEndsAllThatWaitInIt() throws Exception {
        int[] pipe = calls.pipe(0);
        UserBuffer buffer = calls.buffer(16);
        UserBuffer list = calls.buffer(8);
        list.segment().set(ValueLayout.JAVA_INT, 0, pipe[0]);
        list.segment().set(ValueLayout.JAVA_SHORT, 4, (short) POLLIN);
        List<Running<Long>> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(calls.start(() -> calls.call(Syscall.READ, pipe[0], buffer.address(), 16)));
            waiting.add(calls.start(() -> calls.call(Syscall.POLL, list.address(), 1, -1)));
        }
        for (Running<Long> one : waiting) {
            one.awaitSleep();
        }

        calls.machine().close();

        for (Running<Long> one : waiting) {
            assertThatThrownBy(one::await).hasCauseInstanceOf(EmulatedEndException.class);
        }
    }
}
