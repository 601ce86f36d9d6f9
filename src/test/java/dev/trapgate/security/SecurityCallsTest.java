package dev.trapgate.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.trapgate.Linux;
import dev.trapgate.abi.Errno;
import dev.trapgate.fs.OpenFlags;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.RefusedCallException;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SecurityCallsTest {

    private static void requireLandlock(Linux linux) {
        try {
            assertThat(linux.security().landlockAbi()).isPositive();
        } catch (SyscallException absent) {
            abort("this kernel has no Landlock: " + absent.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void aRestrictedThreadReadsOnlyWhereARuleAllowsIt(TestKernel kernel) throws Exception {
        try (TestLinux test = kernel.open()) {
            Linux linux = test.linux();
            requireLandlock(linux);
            linux.fs().mkdir(test.path("open"), Mode.RWX______);
            linux.fs().mkdir(test.path("shut"), Mode.RWX______);
            CompletableFuture<Boolean> listed = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> {
                try {
                    restrictToReadingDirectory(linux, test.path("open"));
                    linux.fs().list(test.path("open"));
                    linux.fs().list(test.path("shut"));
                    listed.complete(true);
                } catch (SyscallException refusal) {
                    listed.complete(!refusal.is(Errno.EACCES));
                }
            });

            assertThat(listed.get(30, TimeUnit.SECONDS))
                    .as("listed what no rule allows")
                    .isFalse();
            assertThat(linux.fs().list(test.path("shut")))
                    .as("other threads keep their rights")
                    .isEmpty();
        }
    }

    private static void restrictToReadingDirectory(Linux linux, String directory) {
        LandlockAccess reading = LandlockAccess.LANDLOCK_ACCESS_FS_READ_DIR;
        try (FileDescriptor ruleset = linux.security().landlockCreateRuleset(reading);
                FileDescriptor allowed = linux.fs().open(directory, OpenFlags.O_PATH.or(OpenFlags.O_CLOEXEC))) {
            linux.security().landlockAddRule(ruleset, reading, allowed);
            linux.process().setNoNewPrivs();
            linux.security().landlockRestrictSelf(ruleset);
        }
    }

    @Test
    void aVirtualThreadIsNotRestricted() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                Linux.host().security().landlockRestrictSelf(Linux.host().io().stdin());
                thrown.complete(new AssertionError("it was restricted"));
            } catch (RuntimeException refusal) {
                thrown.complete(refusal);
            }
        });

        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(RefusedCallException.class);
    }
}
