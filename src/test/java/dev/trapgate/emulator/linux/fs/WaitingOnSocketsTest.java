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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that wait in calls on sockets: what wakes them, and what ends them; and what nobody can receive any more. */
@Timeout(60)
class WaitingOnSocketsTest {

    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MESSAGE_HEADER = 56;

    private final EmulatedCalls calls = new EmulatedCalls();

    @AfterEach
    void close() {
        calls.close();
    }

    private int[] pair(int type) {
        UserBuffer two = calls.buffer(8);
        assertThat(calls.call(Syscall.SOCKETPAIR, AF_UNIX, type, 0, two.address()))
                .isZero();
        return new int[] {
            two.segment().getAtIndex(ValueLayout.JAVA_INT, 0), two.segment().getAtIndex(ValueLayout.JAVA_INT, 1)
        };
    }

    private int listener(int family, UserBuffer address, int length, int backlog) {
        int listener = (int) calls.call(Syscall.SOCKET, family, SOCK_STREAM, 0);
        assertThat(calls.call(Syscall.BIND, listener, address.address(), length))
                .isZero();
        assertThat(calls.call(Syscall.LISTEN, listener, backlog)).isZero();
        return listener;
    }

    private UserBuffer abstractName() {
        UserBuffer name = calls.buffer(4);
        name.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) AF_UNIX);
        name.segment().set(ValueLayout.JAVA_BYTE, 3, (byte) 'l');
        return name;
    }

    private UserBuffer loopback(int port) {
        UserBuffer name = calls.buffer(16);
        name.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) AF_INET);
        name.segment().set(ValueLayout.JAVA_BYTE, 2, (byte) (port >> 8));
        name.segment().set(ValueLayout.JAVA_BYTE, 3, (byte) port);
        name.segment().set(ValueLayout.JAVA_BYTE, 4, (byte) 127);
        name.segment().set(ValueLayout.JAVA_BYTE, 7, (byte) 1);
        return name;
    }

    /** Sends descriptors along with one byte. */
    private long send(int socket, int... descriptors) {
        int length = 16 + 4 * descriptors.length;
        UserBuffer control = calls.buffer(length);
        control.segment().set(ValueLayout.JAVA_LONG, 0, length);
        control.segment().set(ValueLayout.JAVA_INT, 8, SOL_SOCKET);
        control.segment().set(ValueLayout.JAVA_INT, 12, SCM_RIGHTS);
        for (int i = 0; i < descriptors.length; i++) {
            control.segment().set(ValueLayout.JAVA_INT, 16 + 4L * i, descriptors[i]);
        }
        UserBuffer vector = calls.buffer(16);
        vector.segment().set(ValueLayout.JAVA_LONG, 0, calls.text("x").address());
        vector.segment().set(ValueLayout.JAVA_LONG, 8, 1L);
        UserBuffer header = calls.buffer(MESSAGE_HEADER);
        header.segment().set(ValueLayout.JAVA_LONG, 16, vector.address());
        header.segment().set(ValueLayout.JAVA_LONG, 24, 1L);
        header.segment().set(ValueLayout.JAVA_LONG, 32, control.address());
        header.segment().set(ValueLayout.JAVA_LONG, 40, length);
        return calls.call(Syscall.SENDMSG, socket, header.address(), 0);
    }

    @Test
    void aDeadlySignalEndsAWaitingReceiver() throws Exception {
        int[] pair = pair(SOCK_DGRAM);
        UserBuffer buffer = calls.buffer(16);
        Running<Long> reader = calls.start(() -> calls.call(Syscall.RECVFROM, pair[0], buffer.address(), 16, 0, 0, 0));
        reader.awaitSleep();

        reader.task().send(Signal.of(Signal.SIGTERM));

        assertThatThrownBy(reader::await).hasCauseInstanceOf(EmulatedEndException.class);
    }

    @Test
    void aWriterWaitsUntilItsBytesAreRead() throws Exception {
        int[] pair = pair(SOCK_STREAM);
        int size = 1 << 20;
        UserBuffer from = calls.buffer(size);
        UserBuffer to = calls.buffer(size);
        for (int i = 0; i < size; i++) {
            from.segment().set(ValueLayout.JAVA_BYTE, i, (byte) (i * 31));
        }
        Running<Long> writer = calls.start(() -> calls.call(Syscall.WRITE, pair[0], from.address(), size));
        writer.awaitSleep();

        long done = 0;
        while (done < size) {
            done += calls.call(Syscall.READ, pair[1], to.address() + done, size - done);
        }

        assertThat(writer.await()).isEqualTo(size);
        assertThat(to.segment().mismatch(from.segment())).isEqualTo(-1);
    }

    @Test
    void bytesGoRoundARingOfThreads() throws Exception {
        int threads = 100;
        int rounds = 50;
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            pairs.add(pair(i % 2 == 0 ? SOCK_STREAM : SOCK_DGRAM));
        }
        List<Running<Long>> ring = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int in = pairs.get(i)[0];
            int out = pairs.get((i + 1) % threads)[1];
            UserBuffer buffer = calls.buffer(8);
            ring.add(calls.start(() -> {
                long sum = 0;
                for (int n = 0; n < rounds; n++) {
                    sum += calls.call(Syscall.READ, in, buffer.address(), 8);
                    sum += calls.call(Syscall.WRITE, out, buffer.address(), 1);
                }
                return sum;
            }));
        }

        calls.call(Syscall.WRITE, pairs.get(0)[1], calls.text("x").address(), 1);

        for (Running<Long> one : ring) {
            assertThat(one.await()).isEqualTo(2L * rounds);
        }
    }

    @Test
    void socketsThatOnlyMessagesOfEachOtherHoldAreReleased() {
        int[] pair = pair(SOCK_STREAM);
        int[] pipe = calls.pipe(0);
        UserBuffer buffer = calls.buffer(1);

        assertThat(send(pair[0], pair[0], pair[1], pipe[1])).isEqualTo(1);
        assertThat(send(pair[1], pair[0], pair[1])).isEqualTo(1);
        calls.call(Syscall.CLOSE, pipe[1]);
        calls.call(Syscall.CLOSE, pair[0]);
        calls.call(Syscall.CLOSE, pair[1]);
        // As in the kernel, they are looked for when a socket ends.
        calls.call(Syscall.CLOSE, pair(SOCK_STREAM)[0]);

        // The pipe's last writer was in a message that nobody can receive.
        assertThat(calls.call(Syscall.READ, pipe[0], buffer.address(), 1)).isZero();
    }

    @Test
    void aSocketInAMessageThatCanBeReceivedStays() {
        int[] carrier = pair(SOCK_STREAM);
        int[] pair = pair(SOCK_STREAM);
        int[] other = pair(SOCK_STREAM);

        assertThat(send(carrier[0], pair[0])).isEqualTo(1);
        calls.call(Syscall.CLOSE, pair[0]);
        calls.call(Syscall.CLOSE, other[0]);

        assertThat(calls.call(Syscall.WRITE, pair[1], calls.text("x").address(), 1))
                .isEqualTo(1);
        calls.call(Syscall.CLOSE, carrier[0]);
        calls.call(Syscall.CLOSE, carrier[1]);
        assertThat(calls.call(Syscall.SENDTO, pair[1], calls.text("x").address(), 1, 0x4000, 0, 0))
                .isEqualTo(-Errno.EPIPE.number());
    }

    @Test
    void closingTheMachineEndsAllThatWaitOnSockets() throws Exception {
        int[] stream = pair(SOCK_STREAM);
        int[] datagrams = pair(SOCK_DGRAM);
        UserBuffer name = abstractName();
        int local = listener(AF_UNIX, name, 4, 0);
        UserBuffer port = loopback(5000);
        int tcp = listener(AF_INET, port, 16, 5);
        UserBuffer buffer = calls.buffer(16);
        List<Running<Long>> waiting = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            waiting.add(calls.start(() -> calls.call(Syscall.READ, stream[0], buffer.address(), 16)));
            waiting.add(calls.start(() -> calls.call(Syscall.READ, datagrams[0], buffer.address(), 16)));
            waiting.add(calls.start(() -> calls.call(Syscall.ACCEPT, local, 0, 0)));
            waiting.add(calls.start(() -> calls.call(Syscall.ACCEPT4, tcp, 0, 0, 0)));
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
