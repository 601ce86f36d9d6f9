package dev.trapgate.kernel;

import static dev.trapgate.fs.OpenFlags.O_CREAT;
import static dev.trapgate.fs.OpenFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.Linux;
import dev.trapgate.abi.Errno;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.fs.FlockOperation;
import dev.trapgate.fs.OpenFlags;
import dev.trapgate.kernel.TestKernel.TestLinux;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wrong arguments are exceptions that say so, over every gate; FileDescriptorTest has wrong uses of descriptors and memory. */
class MisuseTest {

    @ParameterizedTest
    @EnumSource
    void nullIsRefusedBeforeTheCall(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            Linux linux = test.linux();
            List<Runnable> calls = List.of(
                    () -> linux.fs().open((String) null, OpenFlags.O_RDONLY),
                    () -> linux.fs().open("/", null),
                    () -> linux.io().read(null, new byte[1]),
                    () -> linux.io().write(linux.io().stdout(), (byte[]) null),
                    () -> linux.inode().with(PathForm.PATH).stat(null),
                    () -> linux.signal().block(null),
                    () -> linux.event().poll(null, 0),
                    () -> linux.mm().madvise(null, null));
            for (Runnable call : calls) {
                assertThatThrownBy(call::run).isInstanceOf(NullPointerException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void negativeSizesAreRefused(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                UserMemory.Scope scope = test.linux().memory().open();
                FileDescriptor file = test.linux().fs().open(test.path("file"), O_RDWR.or(O_CREAT), Mode.RW_______)) {
            Linux linux = test.linux();
            List<Runnable> here = List.of(
                    () -> scope.allocate(-1, 1),
                    () -> linux.time().nanosleep(Duration.ofNanos(-1)),
                    () -> FileDescriptor.borrow(linux.kernel(), -1));
            for (Runnable call : here) {
                assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class);
            }
            List<Runnable> there = List.of(
                    () -> linux.inode().truncate(test.path("file"), -1),
                    () -> linux.file().ftruncate(file, -1),
                    () -> linux.io().pread(file, new byte[1], -1),
                    () -> linux.io().pwrite(file, new byte[1], -1));
            for (Runnable call : there) {
                assertThatThrownBy(call::run).isInstanceOfSatisfying(SyscallException.class, failure -> {
                    if (!failure.is(Errno.EINVAL)) {
                        throw failure;
                    }
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void memoryOfAClosedScopeIsRefused(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                FileDescriptor file = test.linux().fs().open(test.path("file"), O_RDWR.or(O_CREAT), Mode.RW_______)) {
            UserMemory.Scope scope = test.linux().memory().open();
            UserBuffer buffer = scope.allocate(8, 8);
            scope.close();
            scope.close();

            assertThatThrownBy(() -> test.linux().io().write(file, buffer)).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyUseOfAClosedDescriptorSaysSo(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            Linux linux = test.linux();
            FileDescriptor file = linux.fs().open(test.path("file"), O_RDWR.or(O_CREAT), Mode.RW_______);
            file.close();
            List<Runnable> calls = List.of(
                    () -> linux.io().read(file, new byte[1]),
                    () -> linux.inode().fstat(file),
                    () -> linux.fs().statx(file),
                    () -> linux.fs().openat(file, "x", OpenFlags.O_RDONLY, Mode.NONE),
                    () -> linux.descriptor().dup(file),
                    () -> linux.file().flock(file, FlockOperation.LOCK_SH),
                    file::number,
                    file::detach);
            for (Runnable call : calls) {
                assertThatThrownBy(call::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("is closed; open the file again");
            }
        }
    }
}
