package dev.trapgate.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.Linux;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.TestKernel.TestLinux;
import dev.trapgate.pipe.Pipe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class FileDescriptorTest {

    /** Some seconds' worth; {@code -Ddev.trapgate.opens=N} for another number. */
    private static final int OPENS = Integer.getInteger("dev.trapgate.opens", 1_000_000);

    @ParameterizedTest
    @EnumSource
    void closingTwiceClosesOnce(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                Pipe pipe = test.linux().pipe().pipe()) {
            FileDescriptor copy = test.linux().descriptor().dup(pipe.reader());
            int number = copy.number();
            copy.close();
            try (FileDescriptor next = test.linux().descriptor().dup(pipe.reader())) {
                assertThat(next.number()).as("the number goes to the next").isEqualTo(number);

                copy.close();

                assertThat(test.linux().descriptor().isCloseOnExec(next))
                        .as("the next is still open")
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void usingAClosedDescriptorNeverReachesWhoeverHasItsNumberNow(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                Pipe pipe = test.linux().pipe().pipe()) {
            FileDescriptor writer = test.linux().descriptor().dup(pipe.writer());
            writer.close();
            try (FileDescriptor other = test.linux().descriptor().dup(pipe.writer())) {
                assertThatThrownBy(() -> test.linux().io().write(writer, new byte[1]))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("file descriptor " + other.number() + " is closed; open the file again");
                assertThatThrownBy(writer::number).isInstanceOf(IllegalStateException.class);
                assertThat(writer.isOpen()).isFalse();
                assertThat(writer).hasToString("fd " + other.number() + " (closed)");
            }
        }
    }

    @Test
    void aCallInProgressKeepsTheNumberUntilItIsDone() throws Exception {
        Linux linux = Linux.host();
        try (Pipe pipe = linux.pipe().pipe()) {
            FileDescriptor reader = linux.descriptor().dup(pipe.reader());
            int number = reader.number();
            CompletableFuture<Integer> read = new CompletableFuture<>();
            Thread thread = Thread.ofPlatform()
                    .daemon()
                    .start(() -> read.complete(linux.io().read(reader, new byte[1])));
            while (!isInTheKernel(thread)) {
                Thread.onSpinWait();
            }

            reader.close();
            try (FileDescriptor other = linux.descriptor().dup(pipe.reader())) {
                assertThat(other.number()).as("the number is still taken").isNotEqualTo(number);
                linux.io().write(pipe.writer(), new byte[1]);
                assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(1);
                thread.join();
            }
            try (FileDescriptor next = linux.descriptor().dup(pipe.reader())) {
                assertThat(next.number()).as("the last call closed it").isLessThanOrEqualTo(number);
            }
        }
    }

    private static boolean isInTheKernel(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .map(StackTraceElement::getClassName)
                .anyMatch(name -> name.endsWith("SyscallInstruction") || name.endsWith("LibcSyscall"));
    }

    @ParameterizedTest
    @EnumSource
    void aBorrowedDescriptorCannotBeClosed(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            assertThatThrownBy(() -> test.linux().io().stdout().close())
                    .isInstanceOf(RefusedCallException.class)
                    .hasMessageContaining("belongs to other code")
                    .hasMessageContaining("Instead: ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDetachedDescriptorIsTheCallersToClose(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                Pipe pipe = test.linux().pipe().pipe()) {
            FileDescriptor copy = test.linux().descriptor().dup(pipe.reader());
            int number = copy.detach();
            copy.close();

            try (FileDescriptor mine = FileDescriptor.own(test.linux().kernel(), number)) {
                assertThat(test.linux().descriptor().isCloseOnExec(mine)).isTrue();
            }
        }
    }

    @Test
    void aDescriptorOfAnotherKernelIsNotPassedOn() {
        try (Linux emulated = Linux.emulated();
                Pipe pipe = emulated.pipe().pipe()) {
            assertThatThrownBy(() -> Linux.host().io().write(pipe.writer(), new byte[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("kernel or process of its own");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HOST", "EMULATED"})
    void manyOpensAndClosesLeaveNothingOpen(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                Pipe pipe = test.linux().pipe().pipe()) {
            int before = nextNumber(test, pipe);
            for (int count = 0; count < OPENS; count++) {
                test.linux().descriptor().dup(pipe.reader()).close();
            }
            // Lower, if what other tests have lost is closed meanwhile.
            assertThat(nextNumber(test, pipe)).isLessThanOrEqualTo(before);
        }
    }

    private static int nextNumber(TestLinux test, Pipe pipe) {
        try (FileDescriptor next = test.linux().descriptor().dup(pipe.reader())) {
            return next.number();
        }
    }

    @Test
    void aLostDescriptorIsClosedWithAWarning() throws InterruptedException {
        List<String> warnings = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public synchronized void publish(LogRecord entry) {
                warnings.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.trapgate");
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try (Pipe pipe = Linux.host().pipe().pipe()) {
            int number = lose(pipe);
            String warning = "file descriptor " + number + " was never closed";
            while (warnings.stream().noneMatch(text -> text.startsWith(warning))) {
                System.gc();
                Thread.sleep(10);
            }
            while (Linux.host().raw(Syscall.FCNTL, number, 1) != -Errno.EBADF.number()) {
                Thread.sleep(10);
            }
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }

    private static int lose(Pipe pipe) {
        return Linux.host().descriptor().dup(pipe.reader()).number();
    }

    @ParameterizedTest
    @EnumSource
    void memoryThatCannotBeUsedIsRefusedBeforeTheCall(TestKernel kernel) throws Exception {
        try (TestLinux test = kernel.open();
                Pipe pipe = test.linux().pipe().pipe();
                Arena confined = Arena.ofConfined()) {
            MemorySegment elsewhere = confined.allocate(8);
            MemorySegment gone;
            try (Arena closed = Arena.ofConfined()) {
                gone = closed.allocate(8);
            }
            assertThatThrownBy(() -> test.linux().io().read(pipe.reader(), gone))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("arena of this memory is closed");
            assertThatThrownBy(() -> test.linux().io().read(pipe.reader(), elsewhere.asReadOnly()))
                    .isInstanceOf(ReadOnlyBufferException.class);
            assertThatThrownBy(() -> test.linux().io().read(pipe.reader(), (MemorySegment) null))
                    .isInstanceOf(NullPointerException.class);
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> {
                try {
                    test.linux().io().read(pipe.reader(), elsewhere);
                    thrown.complete(new AssertionError("it was read"));
                } catch (RuntimeException expected) {
                    thrown.complete(expected);
                }
            });
            assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(WrongThreadException.class);
        }
    }

    @Test
    void negativeNumbersAreNoDescriptors() {
        assertThatThrownBy(() -> FileDescriptor.own(Linux.host().kernel(), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("descriptor -1 is negative");
    }
}
