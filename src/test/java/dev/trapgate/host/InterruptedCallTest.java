package dev.trapgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.host.glibc.LibcSyscall;
import java.lang.foreign.ValueLayout;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A call that a signal interrupts. The JDK's own channels have a signal for waking threads, with a handler that does
 * nothing and does not restart the call; so no handler need be installed.
 */
@Timeout(60)
class InterruptedCallTest {

    /** SIGRTMAX - 2, INTERRUPT_SIGNAL of the JDK's libnio/ch/NativeThread.c. */
    private static final int WAKING_SIGNAL = 62;

    @ParameterizedTest
    @EnumSource(names = {"GLIBC", "LIBC_SYSCALL", "SYSCALL", "INT80", "JNR"})
    void anInterruptedReadAnswersEintrAndIsNotMadeAgain(Gate gate) throws Exception {
        SyscallEntry entry = OpenGate.orSkip(gate);
        SocketChannel.open().close();
        assumeTrue(isCaught(WAKING_SIGNAL), "this JDK's channels catch no signal");
        try (UserMemory.Scope scope = entry.memory().open()) {
            UserBuffer ends = scope.allocate(8, 4);
            assertThat(RawCall.enter(entry, Syscall.PIPE2, ends.address(), 0)).isZero();
            int reading = ends.segment().get(ValueLayout.JAVA_INT, 0);
            int writing = ends.segment().get(ValueLayout.JAVA_INT, 4);

            assertThat(interruptedRead(entry, reading, writing, scope.allocate(1, 1)))
                    .isEqualTo(-Errno.EINTR.number());
            assertThat(RawCall.enter(entry, Syscall.CLOSE, reading)).isZero();
            assertThat(RawCall.enter(entry, Syscall.CLOSE, writing)).isZero();
        }
    }

    /** A read that were made again would end by the byte that is written at last, and answer 1. */
    private static long interruptedRead(SyscallEntry entry, int reading, int writing, UserBuffer buffer)
            throws Exception {
        CompletableFuture<Long> thread = new CompletableFuture<>();
        FutureTask<Long> read = new FutureTask<>(() -> {
            thread.complete(RawCall.enter(entry, Syscall.GETTID));
            return RawCall.enter(entry, Syscall.READ, reading, buffer.address(), 1);
        });
        Thread.ofPlatform().daemon().start(read);
        long threadId = thread.get(10, TimeUnit.SECONDS);
        awaitSleepInPipe(threadId);
        RawCall.enter(LibcSyscall.ENTRY, Syscall.TGKILL, ProcessHandle.current().pid(), threadId, WAKING_SIGNAL);
        try {
            return read.get(5, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException madeAgain) {
            RawCall.enter(LibcSyscall.ENTRY, Syscall.WRITE, writing, buffer.address(), 1);
            return read.get(5, TimeUnit.SECONDS);
        }
    }

    /** The thread is in the read once the kernel says that it sleeps in a pipe. */
    private static void awaitSleepInPipe(long thread) throws Exception {
        Path where = Path.of("/proc/self/task/" + thread + "/wchan");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!Files.readString(where).contains("pipe")) {
            assumeTrue(System.nanoTime() < deadline, "this kernel does not tell where a thread sleeps");
            Thread.sleep(1);
        }
    }

    private static boolean isCaught(int signal) throws Exception {
        String caught = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigCgt:"))
                .map(line -> line.substring("SigCgt:".length()).strip())
                .findFirst()
                .orElse("0");
        return (Long.parseUnsignedLong(caught, 16) >>> (signal - 1) & 1) != 0;
    }
}
