package dev.trapgate.fs;

import static dev.trapgate.fs.OpenFlags.O_CREAT;
import static dev.trapgate.fs.OpenFlags.O_RDWR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.fs.FileCalls.LockType;
import dev.trapgate.io.Whence;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileCallsTest {

    private static FileDescriptor file(TestLinux test, String name) {
        return test.linux().fs().open(test.path(name), O_RDWR.or(O_CREAT), Mode.RW_______);
    }

    private static void assertFails(Errno errno, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.errno())
                .contains(errno));
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsCopiedInTheKernel(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.COPY_FILE_RANGE);
                FileDescriptor from = file(test, "from");
                FileDescriptor to = file(test, "to")) {
            FileCalls files = test.linux().file();
            test.linux().io().write(from, "0123456789".getBytes(UTF_8));

            assertThat(files.copyFileRange(from, 2, to, 1, 5)).isEqualTo(5);
            assertThat(test.linux().io().lseek(from, 0, Whence.SEEK_CUR))
                    .as("its own offset")
                    .isEqualTo(10);
            test.linux().io().lseek(from, 8, Whence.SEEK_SET);
            assertThat(files.copyFileRange(from, to, 100))
                    .as("at the files' own offsets")
                    .isEqualTo(2);
            assertThat(files.copyFileRange(from, to, 100)).as("at the end").isZero();

            byte[] read = new byte[7];
            assertThat(test.linux().io().pread(to, read, 0)).isEqualTo(6);
            assertThat(read).asString(UTF_8).isEqualTo("893456\0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsSentInTheKernel(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.SENDFILE);
                FileDescriptor from = file(test, "from");
                FileDescriptor to = file(test, "to")) {
            test.linux().io().pwrite(from, "sent".getBytes(UTF_8), 0);

            assertThat(test.linux().file().sendfile(from, to, 100)).isEqualTo(4);

            assertThat(test.linux().fs().statx(to).size()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void lengthsAndHolesBeyond4GiBReachTheKernelWhole(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.FALLOCATE);
                FileDescriptor file = file(test, "file")) {
            FileCalls files = test.linux().file();
            long far = 6L << 30;
            files.ftruncate(file, far);
            assertThat(test.linux().fs().statx(file).size()).isEqualTo(far);

            files.fallocate(file, FallocateMode.FALLOC_FL_KEEP_SIZE, far, 8192);
            assertThat(test.linux().fs().statx(file).size()).as("kept").isEqualTo(far);
            files.fallocate(
                    file, FallocateMode.FALLOC_FL_PUNCH_HOLE.or(FallocateMode.FALLOC_FL_KEEP_SIZE), far - 4096, 8192);
            files.fadvise(file, 0, far, FileAdvice.POSIX_FADV_RANDOM);
            assertFails(Errno.EINVAL, () -> files.ftruncate(file, -1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSealedFileStaysAsItIs(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.MEMFD_CREATE);
                FileDescriptor file = test.linux()
                        .file()
                        .memfdCreate("sealed", MemfdFlags.MFD_ALLOW_SEALING.or(MemfdFlags.MFD_CLOEXEC))) {
            FileCalls files = test.linux().file();
            test.linux().io().write(file, "final".getBytes(UTF_8));

            files.addSeals(file, Seals.F_SEAL_WRITE.or(Seals.F_SEAL_GROW).or(Seals.F_SEAL_SHRINK));

            assertThat(files.getSeals(file)).hasToString("F_SEAL_SHRINK|F_SEAL_GROW|F_SEAL_WRITE");
            assertFails(Errno.EPERM, () -> test.linux().io().pwrite(file, new byte[1], 0));
            assertFails(Errno.EPERM, () -> files.ftruncate(file, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void openFilesKeepEachOtherOut(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                FileDescriptor one = file(test, "file");
                FileDescriptor other = file(test, "file")) {
            FileCalls files = test.linux().file();

            assertThat(files.tryLock(one, LockType.EXCLUSIVE, 5L << 32, 10)).isTrue();
            assertThat(files.tryLock(other, LockType.SHARED, (5L << 32) + 9, 1)).isFalse();
            assertThat(files.tryLock(other, LockType.SHARED, (5L << 32) + 10, 1))
                    .isTrue();
            files.unlock(one, 0, 0);
            files.lock(other, LockType.EXCLUSIVE, 0, 0);
            files.unlock(other, 0, 0);

            files.flock(one, FlockOperation.LOCK_EX);
            assertFails(Errno.EAGAIN, () -> files.flock(other, FlockOperation.LOCK_SH.or(FlockOperation.LOCK_NB)));
            files.flock(one, FlockOperation.LOCK_UN);
            files.flock(other, FlockOperation.LOCK_SH);
        }
    }
}
