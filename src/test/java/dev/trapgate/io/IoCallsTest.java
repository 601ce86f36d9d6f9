package dev.trapgate.io;

import static dev.trapgate.fs.OpenFlags.O_CREAT;
import static dev.trapgate.fs.OpenFlags.O_RDONLY;
import static dev.trapgate.fs.OpenFlags.O_RDWR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.Linux;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import dev.trapgate.pipe.Pipe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IoCallsTest {

    private static FileDescriptor newFile(TestLinux test) {
        return test.linux().fs().open(test.path("file"), O_RDWR.or(O_CREAT), Mode.RW_______);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenFromAnyKindOfMemoryIsReadIntoAnyKind(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                FileDescriptor file = newFile(test);
                Arena arena = Arena.ofConfined();
                UserMemory.Scope scope = test.linux().memory().open()) {
            IoCalls io = test.linux().io();
            UserBuffer own = scope.allocate(4, 1);
            own.segment().copyFrom(MemorySegment.ofArray("own ".getBytes(UTF_8)));

            assertThat(io.write(file, "array ".getBytes(UTF_8))).isEqualTo(6);
            assertThat(io.write(file, arena.allocateFrom("segment"))).isEqualTo(8);
            assertThat(io.write(
                            file, ByteBuffer.wrap("xbuffer ".getBytes(UTF_8)).position(1)))
                    .isEqualTo(7);
            assertThat(io.write(file, own)).isEqualTo(4);

            assertThat(io.lseek(file, 0, Whence.SEEK_SET)).isZero();
            byte[] array = new byte[6];
            assertThat(io.read(file, array)).isEqualTo(6);
            assertThat(array).asString(UTF_8).isEqualTo("array ");
            MemorySegment segment = arena.allocate(8);
            assertThat(io.read(file, segment)).isEqualTo(8);
            assertThat(segment.getString(0)).isEqualTo("segment");
            ByteBuffer buffer = ByteBuffer.allocate(10).position(3);
            assertThat(io.read(file, buffer)).isEqualTo(7);
            assertThat(buffer.position()).isEqualTo(10);
            assertThat(UTF_8.decode(buffer.position(3)).toString()).isEqualTo("buffer ");
            own.segment().fill((byte) 0);
            assertThat(io.read(file, own)).isEqualTo(4);
            assertThat(own.segment().toArray(ValueLayout.JAVA_BYTE))
                    .asString(UTF_8)
                    .isEqualTo("own ");
            assertThat(io.read(file, array)).as("at the end of the file").isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void offsetsBeyond4GiBReachTheKernelWhole(TestKernel kernel) {
        long far = 5L << 32 | 3;
        try (TestLinux test = kernel.open();
                FileDescriptor file = newFile(test)) {
            IoCalls io = test.linux().io();

            assertThat(io.pwrite(file, new byte[] {7}, far)).isEqualTo(1);
            byte[] one = new byte[1];
            assertThat(io.pread(file, one, far)).isEqualTo(1);

            assertThat(one[0]).isEqualTo((byte) 7);
            assertThat(io.lseek(file, 0, Whence.SEEK_END)).isEqualTo(far + 1);
            assertThat(io.lseek(file, -1, Whence.SEEK_CUR)).isEqualTo(far);
            assertThat(test.linux().fs().statx(file).size()).isEqualTo(far + 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void largeTransfersOfHeapMemoryGoInOnePiece(TestKernel kernel) {
        byte[] written = new byte[3 << 20];
        ThreadLocalRandom.current().nextBytes(written);
        try (TestLinux test = kernel.open();
                FileDescriptor file = newFile(test)) {
            IoCalls io = test.linux().io();

            assertThat(io.writeFully(file, written)).isEqualTo(written.length);
            io.lseek(file, 0, Whence.SEEK_SET);
            byte[] read = new byte[written.length + 1];

            assertThat(io.readFully(file, read)).as("all there is").isEqualTo(written.length);
            assertThat(read).startsWith(written);
        }
    }

    @ParameterizedTest
    @EnumSource
    void vectorsAreFilledInTurn(TestKernel kernel) {
        try (TestLinux test = kernel.open(Syscall.PREADV2);
                FileDescriptor file = newFile(test);
                Arena arena = Arena.ofConfined()) {
            IoCalls io = test.linux().io();
            byte[] heap = new byte[3];
            MemorySegment off = arena.allocate(4);

            assertThat(io.writev(
                            file, List.of(MemorySegment.ofArray("one".getBytes(UTF_8)), arena.allocateFrom("two"))))
                    .isEqualTo(7);
            io.lseek(file, 0, Whence.SEEK_SET);
            assertThat(io.readv(file, List.of(MemorySegment.ofArray(heap), off)))
                    .isEqualTo(7);
            assertThat(heap).asString(UTF_8).isEqualTo("one");
            assertThat(off.getString(0)).isEqualTo("two");

            assertThat(io.preadv2(file, List.of(MemorySegment.ofArray(heap)), 3, TransferFlags.NONE))
                    .isEqualTo(3);
            assertThat(heap).asString(UTF_8).isEqualTo("two");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNonblockingPipeThatIsEmptyAnswersEagainWithAHint(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                Pipe pipe = test.linux().pipe().pipe()) {
            IoCalls io = test.linux().io();
            assertThat(test.linux().descriptor().isNonblocking(pipe.reader())).isFalse();
            test.linux().descriptor().nonblocking(pipe.reader());
            assertThat(test.linux().descriptor().isNonblocking(pipe.reader())).isTrue();

            assertThatThrownBy(() -> io.read(pipe.reader(), new byte[1]))
                    .isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.is(Errno.EAGAIN))
                            .isTrue())
                    .hasMessageContaining("wait with poll or epoll");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDuplicateOutlivesTheDescriptorItCameFrom(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            IoCalls io = test.linux().io();
            FileDescriptor file = newFile(test);
            io.write(file, new byte[] {1, 2});
            try (FileDescriptor copy = test.linux().descriptor().dup(file)) {
                file.close();

                assertThat(test.linux().descriptor().isCloseOnExec(copy)).isTrue();
                assertThat(io.lseek(copy, 0, Whence.SEEK_CUR)).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDescriptorOpenForReadingRefusesWrites(TestKernel kernel) {
        try (TestLinux test = kernel.open()) {
            Linux linux = test.linux();
            newFile(test).close();
            try (FileDescriptor file = linux.fs().open(test.path("file"), O_RDONLY)) {
                assertThatThrownBy(() -> linux.io().write(file, new byte[1]))
                        .isInstanceOf(SyscallException.class)
                        .hasMessageStartingWith("write(" + file.number() + ", 0x")
                        .hasMessageContaining("EBADF (9), Bad file descriptor");
            }
        }
    }
}
