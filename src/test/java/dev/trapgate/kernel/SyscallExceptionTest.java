package dev.trapgate.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trapgate.Linux;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.fs.OpenFlags;
import dev.trapgate.kernel.TestKernel.TestLinux;
import dev.trapgate.process.Limit;
import dev.trapgate.process.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyscallExceptionTest {

    private static SyscallException failureOf(Linux linux, String path) {
        return catchThrowableOfType(SyscallException.class, () -> linux.fs().open(path, OpenFlags.O_RDONLY));
    }

    @ParameterizedTest
    @EnumSource
    void itTellsCallErrorAndArguments(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            SyscallException failure = failureOf(test.linux(), "/nonexistent");

            assertThat(failure.call()).isEqualTo(Syscall.OPENAT);
            assertThat(failure.number()).isEqualTo(2);
            assertThat(failure.errno()).contains(Errno.ENOENT);
            assertThat(failure.is(Errno.ENOENT)).isTrue();
            assertThat(failure.is(Errno.EIO)).isFalse();
            assertThat(failure.arguments()).hasSize(6).startsWith(-100L);
            assertThat(failure.getStackTrace()).isNotEmpty();
        }
    }

    @Test
    void stackTracesAreLeftOutOnDemand() {
        assertThat(failureOf(Linux.host().withoutStackTraces(), "/nonexistent").getStackTrace())
                .isEmpty();
    }

    @Test
    void aVirtualThreadsFailureShowsItsPathToo() throws Exception {
        CompletableFuture<String> message = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() ->
                        message.complete(failureOf(Linux.host(), "/virtual").getMessage()));

        assertThat(message.get(30, TimeUnit.SECONDS)).startsWith("openat(AT_FDCWD, \"/virtual\", O_RDONLY, 0)");
    }

    @Test
    void tooManyDescriptorsAreExplainedByTheLimit() {
        try (Linux linux = Linux.emulated()) {
            linux.process().prlimit(Pid.SELF, Resource.RLIMIT_NOFILE, new Limit(20, 4096));
            List<FileDescriptor> open = new ArrayList<>();

            SyscallException failure = catchThrowableOfType(SyscallException.class, () -> {
                while (true) {
                    open.add(linux.fs().open("/dev/null", OpenFlags.O_RDONLY));
                }
            });

            assertThat(failure.errno()).contains(Errno.EMFILE);
            assertThat(failure.hint().orElseThrow()).contains("20 descriptors open (RLIMIT_NOFILE)");
            open.forEach(FileDescriptor::close);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HOST", "EMULATED"})
    void anInterruptedCallIsMadeAgainOnlyOnDemand(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            SyscallException interrupted =
                    test.linux().kernel().failure(Syscall.READ, -Errno.EINTR.number(), 0, 0, 0, 0, 0, 0);
            int[] times = {0};

            long answer = Linux.retryOnEintr(() -> {
                if (times[0]++ < 3) {
                    throw interrupted;
                }
                return 7L;
            });

            assertThat(answer).isEqualTo(7);
            assertThat(times[0]).isEqualTo(4);
        }
    }
}
