package dev.trapgate.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.trapgate.ChildJvm;
import dev.trapgate.Linux;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.fs.OpenFlags;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import dev.trapgate.net.Address;
import dev.trapgate.net.AddressFamily;
import dev.trapgate.net.SocketFlags;
import dev.trapgate.net.SocketType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs each example, on the real kernel and on the emulated one where that has the calls. */
@Timeout(120)
class ExamplesTest {

    private static void write(TestLinux test, String name, String text) {
        try (FileDescriptor file =
                test.linux().fs().open(test.path(name), OpenFlags.O_RDWR.or(OpenFlags.O_CREAT), Mode.RW_______)) {
            test.linux().io().writeFully(file, text.getBytes(UTF_8));
        }
    }

    private static String read(TestLinux test, String name) {
        try (FileDescriptor file = test.linux().fs().open(test.path(name), OpenFlags.O_RDONLY)) {
            byte[] bytes = new byte[100];
            return new String(bytes, 0, test.linux().io().readFully(file, bytes), UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void copyFile(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.COPY_FILE_RANGE)) {
            write(test, "from", "to be copied");

            assertThat(CopyFile.copy(test.linux(), test.path("from"), test.path("to")))
                    .isEqualTo(12);
            assertThat(read(test, "to")).isEqualTo("to be copied");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HOST", "EMULATED"})
    void watchDirectory(TestKernel kernel) throws InterruptedException {
        try (TestLinux test = kernel.open(Syscall.INOTIFY_INIT1)) {
            String directory = test.path("watched");
            test.linux().fs().mkdir(directory, Mode.RWX______);
            CountDownLatch watching = new CountDownLatch(1);
            List<String> said = new ArrayList<>();
            Thread watcher = Thread.ofPlatform()
                    .start(() -> WatchDirectory.watch(test.linux(), directory, watching::countDown, said::add));
            watching.await();
            write(test, "watched/file", "x");
            test.linux().fs().unlink(directory + "/file");
            test.linux().fs().rmdir(directory);
            watcher.join();

            assertThat(said).containsExactly("IN_CREATE file", "IN_CLOSE_WRITE file", "IN_DELETE file");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HOST", "EMULATED"})
    void echoServer(TestKernel kernel) throws Exception {
        try (TestLinux test = kernel.open(Syscall.EPOLL_CREATE1, Syscall.SOCKET, Syscall.ACCEPT4)) {
            CompletableFuture<Void> listening = new CompletableFuture<>();
            Thread server = Thread.ofPlatform().start(() -> {
                try {
                    EchoServer.serve(test.linux(), test.path("echo"), () -> listening.complete(null));
                } catch (RuntimeException failure) {
                    listening.completeExceptionally(failure);
                    throw failure;
                }
            });
            listening.get(30, TimeUnit.SECONDS);
            assertThat(echoed(test, "hello")).isEqualTo("hello");
            assertThat(echoed(test, "bye")).isEqualTo("bye");
            server.join();
        }
    }

    private static String echoed(TestLinux test, String text) {
        Linux linux = test.linux();
        try (FileDescriptor client =
                linux.net().socket(AddressFamily.AF_UNIX, SocketType.SOCK_STREAM, SocketFlags.SOCK_CLOEXEC)) {
            linux.net().connect(client, Address.Unix.path(test.path("echo")));
            linux.io().writeFully(client, text.getBytes(UTF_8));
            byte[] back = new byte[text.length()];
            linux.io().readFully(client, back);
            return new String(back, UTF_8);
        }
    }

    @Test
    void passDescriptorBetweenTwoProcesses() throws IOException, InterruptedException {
        try (TestLinux test = TestKernel.HOST.open();
                FileDescriptor listening = PassDescriptor.listen(test.linux(), test.path("socket"))) {
            write(test, "file", "passed");
            CompletableFuture<String> received =
                    CompletableFuture.supplyAsync(() -> PassDescriptor.receive(test.linux(), listening));
            ChildJvm.Outcome sender = ChildJvm.running(PassDescriptor.class, test.path("socket"), test.path("file"))
                    .run();

            assertThat(sender.exitStatus()).as(sender.output()).isZero();
            assertThat(received.join())
                    .startsWith("passed from process ")
                    .doesNotEndWith(" " + ProcessHandle.current().pid());
        }
    }

    @ParameterizedTest
    @EnumSource
    void pinThread(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SCHED_SETAFFINITY, Syscall.GETCPU)) {
            int[] allowed =
                    test.linux().thread().schedGetaffinity(Pid.SELF).stream().toArray();
            assertThat(PinThread.everywhere(test.linux())).isEqualTo(allowed);
        }
    }

    @Test
    void sealedMemory() throws IOException {
        Linux linux = Linux.host();
        try (FileDescriptor memory = SealedMemory.sealed(linux, "a letter")) {
            assertThat(SealedMemory.readByChild(linux, memory)).isEqualTo("a letter");
            assertThatThrownBy(() -> linux.io().pwrite(memory, new byte[1], 0))
                    .isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.errno())
                            .contains(Errno.EPERM));
        }
    }

    @ParameterizedTest
    @EnumSource
    void metronome(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.TIMERFD_CREATE)) {
            List<Long> beats = new ArrayList<>();

            Metronome.beat(test.linux(), Duration.ofMillis(2), 5, beats::add);

            assertThat(beats).isSorted().last().satisfies(last -> assertThat(last)
                    .isGreaterThanOrEqualTo(5));
        }
    }

    @Test
    void sandbox() throws Exception {
        try (TestLinux test = TestKernel.HOST.open()) {
            requireLandlock(test.linux());
            write(test, "inside", "x");
            CompletableFuture<List<String>> opened = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> {
                try {
                    Sandbox.enter(test.linux(), test.directory());
                    opened.complete(List.of(
                            Sandbox.open(test.linux(), test.path("inside")),
                            Sandbox.open(test.linux(), "/etc/passwd")));
                } catch (RuntimeException | LinkageError failure) {
                    opened.completeExceptionally(failure);
                }
            });

            List<String> answers = opened.get(30, TimeUnit.SECONDS);
            assertThat(answers.get(0)).isEqualTo("opened " + test.path("inside"));
            assertThat(answers.get(1)).contains("EACCES (13), Permission denied");
        }
    }

    private static void requireLandlock(Linux linux) {
        try {
            linux.security().landlockAbi();
        } catch (SyscallException absent) {
            abort("this kernel has no Landlock: " + absent.getMessage());
        }
    }

    @Test
    void ringRead() {
        try (TestLinux test = TestKernel.HOST.open()) {
            String text = "0123456789".repeat(2000);
            write(test, "file", text);

            assertThat(RingRead.read(test.linux(), test.path("file"))).isEqualTo(text);
        } catch (SyscallException failure) {
            if (failure.call() == Syscall.IO_URING_SETUP) {
                abort("this kernel gives no io_uring: " + failure.getMessage());
            }
            throw failure;
        }
    }

    @Test
    void directWrite() {
        try (TestLinux test = TestKernel.HOST.open()) {
            assertThat(write(test)).isPositive();
            assertThat(read(test, "direct")).startsWith("dddd");
        }
    }

    private static long write(TestLinux test) {
        try {
            return DirectWrite.write(test.linux(), test.path("direct"));
        } catch (SyscallException failure) {
            if (failure.is(Errno.EINVAL)) {
                abort("this file system has no O_DIRECT: " + failure.getMessage());
            }
            throw failure;
        }
    }

    @Test
    void everyExampleIsShort() throws IOException {
        try (Stream<Path> sources = Files.list(Path.of("src/test/java/dev/trapgate/examples"))) {
            for (Path source :
                    sources.filter(path -> !path.endsWith("ExamplesTest.java")).toList()) {
                assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThan(80);
            }
        }
    }
}
