package dev.trapgate.kernel;

import static dev.trapgate.fs.OpenFlags.O_CREAT;
import static dev.trapgate.fs.OpenFlags.O_DIRECT;
import static dev.trapgate.fs.OpenFlags.O_RDONLY;
import static dev.trapgate.fs.OpenFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trapgate.Linux;
import dev.trapgate.abi.Errno;
import dev.trapgate.entry.Gate;
import dev.trapgate.kernel.TestKernel.TestLinux;
import dev.trapgate.security.Capability;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What exceptions say where people stumble. SeccompCallsTest has EPERM under a filter, SyscallExceptionTest EMFILE. */
class HintsTest {

    @ParameterizedTest
    @EnumSource
    void aDirectoryThatMayNotBeSearchedIsNamed(TestKernel kernel) throws Exception {
        try (TestLinux test = kernel.open()) {
            Linux linux = test.linux();
            linux.fs().mkdir(test.path("shut"), Mode.RWX______);
            linux.fs().mkdir(test.path("shut/in"), Mode.RWX______);
            linux.inode().chmod(test.path("shut"), Mode.NONE);

            String message = withoutPassingPermissions(linux, () -> catchThrowableOfType(
                            SyscallException.class, () -> linux.fs().open(test.path("shut/in/file"), O_RDONLY))
                    .getMessage());

            linux.inode().chmod(test.path("shut"), Mode.RWX______);
            assertThat(message)
                    .contains("EACCES (13)")
                    .endsWith("it is \"" + test.path("shut") + "\" on the way that answers Permission denied");
        }
    }

    /** Root passes permissions; a thread without its capabilities does not. An emulated program is an ordinary user's. */
    private static String withoutPassingPermissions(Linux linux, Supplier<String> call) throws Exception {
        if (linux.kernel().gate().kind() == Gate.Kind.EMULATED) {
            return call.get();
        }
        CompletableFuture<String> message = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            linux.capability()
                    .capset(linux.capability()
                            .capget(Pid.SELF)
                            .without(Capability.CAP_DAC_OVERRIDE, Capability.CAP_DAC_READ_SEARCH));
            message.complete(call.get());
        });
        return message.get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void aTransferThatODirectForbidsIsExplained(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                Arena arena = Arena.ofConfined();
                FileDescriptor file = direct(test)) {
            MemorySegment crooked = arena.allocate(512 + 1, 4096).asSlice(1);

            SyscallException failure = catchThrowableOfType(
                    SyscallException.class, () -> test.linux().io().pwrite(file, crooked, 3));

            assumeTrue(failure != null, "this file system takes O_DIRECT at any address");
            assertThat(failure.errno()).contains(Errno.EINVAL);
            assertThat(failure.hint().orElseThrow()).contains("O_DIRECT", "STATX_DIOALIGN");
        }
    }

    private static FileDescriptor direct(TestLinux test) {
        try {
            return test.linux()
                    .fs()
                    .open(test.path("direct"), O_RDWR.or(O_CREAT).or(O_DIRECT), Mode.RW_______);
        } catch (SyscallException refused) {
            abort("this file system has no O_DIRECT: " + refused.getMessage());
            throw refused;
        }
    }
}
