package dev.trapgate.emulator.linux.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JVM's standard streams as a program has them. */
@Timeout(60)
class HostStreamTest {

    private static final int O_NONBLOCK = 0x800;
    private static final int F_SETFL = 4;

    private final EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.AMD);

    @AfterEach
    void switchOff() {
        machine.close();
    }

    private void connect(int descriptor, InputStream in) {
        connect(descriptor, new StreamDescriptor(in, OutputStream.nullOutputStream()));
    }

    private void connect(int descriptor, StreamDescriptor stream) {
        try {
            machine.connect(descriptor, HostInode.open(stream));
        } catch (HostFileException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static long call(SyscallEntry entry, Syscall call, long a1, long a2, long a3) {
        return entry.enter(call.number(Abi.X86_64), a1, a2, a3, 0, 0, 0);
    }

    private String read(int size) {
        SyscallEntry entry = EmulatedGates.open(Gate.EMULATED_SYSCALL, machine);
        try (var scope = entry.memory().open()) {
            UserBuffer buffer = scope.allocate(size, 1);
            long result = call(entry, Syscall.READ, 0, buffer.address(), size);
            return result < 0
                    ? String.valueOf(Errno.of(result).orElseThrow())
                    : new String(
                            buffer.segment().asSlice(0, result).toArray(ValueLayout.JAVA_BYTE),
                            StandardCharsets.US_ASCII);
        }
    }

    @Test
    void noMoreIsReadThanIsAskedFor() {
        InputStream in = new ByteArrayInputStream("one two".getBytes(StandardCharsets.US_ASCII));
        connect(0, in);

        assertThat(read(3)).isEqualTo("one");
        assertThat(in).hasContent(" two");
    }

    @Test
    void theEndIsTheEnd() {
        connect(0, InputStream.nullInputStream());

        assertThat(read(3)).isEmpty();
        assertThat(read(3)).isEmpty();
    }

    @Test
    void aStreamThatBreaksIsAnError() throws IOException {
        PipedInputStream broken = new PipedInputStream();
        connect(0, broken);

        assertThat(read(3)).isEqualTo("EIO");
        assertThat(read(3)).isEqualTo("EIO");
        broken.close();
    }

    @Test
    void whoMayNotWaitDoesNot() throws IOException {
        PipedOutputStream typed = new PipedOutputStream();
        try (PipedInputStream in = new PipedInputStream(typed)) {
            connect(0, in);
            SyscallEntry entry = EmulatedGates.open(Gate.EMULATED_SYSCALL, machine);
            assertThat(call(entry, Syscall.FCNTL, 0, F_SETFL, O_NONBLOCK)).isZero();

            assertThat(read(3)).isEqualTo("EAGAIN");
            typed.write("now".getBytes(StandardCharsets.US_ASCII));
            typed.flush();
            String now = "EAGAIN";
            while (now.equals("EAGAIN")) {
                now = read(3);
            }
            assertThat(now).isEqualTo("now");
        }
    }

    /** The JVM's own thread stays in the read, and the program ends all the same. */
    @Test
    void aSignalEndsTheWaitForInput() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        connect(0, new InputStream() {
            @Override
            public int read() throws IOException {
                asked.countDown();
                try {
                    over.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                return -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        });
        CompletableFuture<String> reading = CompletableFuture.supplyAsync(() -> read(3));
        asked.await();

        machine.process().groupExit(Task.killedBy(Signal.of(Signal.SIGKILL)));

        assertThat(reading)
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(EmulatedEndException.class);
        over.countDown();
    }

    @Test
    void whoeverWritesToAPipeThatNobodyReadsGetsTheSignal() {
        connect(1, new StreamDescriptor(InputStream.nullInputStream(), new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        }));
        SyscallEntry entry = EmulatedGates.open(Gate.EMULATED_SYSCALL, machine);
        try (var scope = entry.memory().open()) {
            UserBuffer buffer = scope.allocate(8, 1);

            assertThatThrownBy(() -> call(entry, Syscall.WRITE, 1, buffer.address(), 5))
                    .isInstanceOf(EmulatedEndException.class)
                    .hasMessageContaining("SIGPIPE");
        }
    }

    @Test
    void whatIsWrittenArrives() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        connect(1, new StreamDescriptor(InputStream.nullInputStream(), out));
        SyscallEntry entry = EmulatedGates.open(Gate.EMULATED_SYSCALL, machine);
        try (var scope = entry.memory().open()) {
            UserBuffer buffer = scope.allocate(8, 1);
            buffer.segment().setString(0, "hello");

            assertThat(call(entry, Syscall.WRITE, 1, buffer.address(), 5)).isEqualTo(5);
        }
        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("hello");
    }
}
