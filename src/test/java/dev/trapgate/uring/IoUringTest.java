package dev.trapgate.uring;

import static dev.trapgate.fs.OpenFlags.O_CREAT;
import static dev.trapgate.fs.OpenFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.trapgate.Linux;
import dev.trapgate.abi.Errno;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.event.PollEvents;
import dev.trapgate.fs.AtFlags;
import dev.trapgate.fs.Statx;
import dev.trapgate.fs.StatxMask;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Mode;
import dev.trapgate.kernel.SyscallException;
import dev.trapgate.kernel.TestKernel;
import dev.trapgate.kernel.TestKernel.TestLinux;
import dev.trapgate.net.Address;
import dev.trapgate.net.AddressFamily;
import dev.trapgate.net.SocketFlags;
import dev.trapgate.net.SocketType;
import dev.trapgate.pipe.Pipe;
import dev.trapgate.uring.IoUring.Order;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class IoUringTest {

    private static IoUring ring(Linux linux, int size) {
        try {
            return new IoUring(linux.kernel(), size);
        } catch (SyscallException refused) {
            abort("this kernel gives no io_uring: " + refused.getMessage());
            throw refused;
        }
    }

    @Test
    void aLinkedWriteAndReadAreDoneInOrder() {
        try (TestLinux test = TestKernel.HOST.open();
                Arena arena = Arena.ofConfined();
                FileDescriptor file = test.linux().fs().open(test.path("file"), O_RDWR.or(O_CREAT), Mode.RW_______);
                IoUring ring = ring(test.linux(), 8)) {
            MemorySegment from = arena.allocateFrom("in a ring");
            MemorySegment into = arena.allocate(from.byteSize());

            long write = ring.write(file, from, 0, Order.BEFORE_NEXT);
            long read = ring.read(file, into, 0, Order.FREE);
            assertThat(ring.submit()).isEqualTo(2);

            assertThat(ring.await()).isEqualTo(new Completion(write, 10, 0));
            assertThat(ring.await()).isEqualTo(new Completion(read, 10, 0));
            assertThat(into.getString(0)).isEqualTo("in a ring");
            assertThat(ring.unanswered()).isZero();
        }
    }

    @Test
    void theRingGoesRoundManyTimes() {
        try (IoUring ring = ring(Linux.host(), 4)) {
            Set<Long> answered = new HashSet<>();
            for (int round = 0; round < 100; round++) {
                for (int count = 0; count < 4; count++) {
                    ring.nop(Order.FREE);
                }
                assertThatThrownBy(() -> ring.nop(Order.FREE)).isInstanceOf(IllegalStateException.class);
                for (int count = 0; count < 4; count++) {
                    answered.add(ring.await().id());
                }
            }
            assertThat(answered).hasSize(400);
            assertThatThrownBy(ring::await).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void errorsComeAsCompletions() {
        try (Pipe pipe = Linux.host().pipe().pipe();
                Arena arena = Arena.ofConfined();
                IoUring ring = ring(Linux.host(), 2)) {
            ring.write(pipe.reader(), arena.allocate(1), -1, Order.FREE);

            Completion completion = ring.await();

            assertThat(completion.isError()).isTrue();
            assertThat(completion.result()).isEqualTo(-Errno.EBADF.number());
        }
    }

    @Test
    void aDescriptorClosedMeanwhileServesItsCallToTheEnd() {
        Linux linux = Linux.host();
        try (Pipe pipe = linux.pipe().pipe();
                IoUring ring = ring(linux, 2)) {
            FileDescriptor reader = linux.descriptor().dup(pipe.reader());
            ring.poll(reader, PollEvents.POLLIN);
            ring.submit();
            reader.close();
            linux.io().write(pipe.writer(), new byte[1]);

            assertThat(ring.await().result()).isEqualTo(PollEvents.POLLIN.bits());
            assertThatThrownBy(() -> ring.poll(reader, PollEvents.POLLIN)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void heapMemoryIsRefused() {
        try (Pipe pipe = Linux.host().pipe().pipe();
                IoUring ring = ring(Linux.host(), 2)) {
            assertThatThrownBy(() -> ring.read(pipe.reader(), MemorySegment.ofArray(new byte[1]), -1, Order.FREE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("native memory");
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void aFileIsOpenedAndAskedByTheRing(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                UserMemory.Scope scope = test.linux().memory().open();
                IoUring ring = ring(test.linux(), 8)) {
            Statx statx = Statx.in(scope);
            long open = ring.open(test.path("file"), O_RDWR.or(O_CREAT), Mode.RW_______, Order.BEFORE_NEXT);
            long asked =
                    ring.statx(test.path("file"), AtFlags.NONE, StatxMask.STATX_BASIC_STATS, statx, Order.AFTER_ALL);

            Completion opened = ring.await();
            assertThat(opened.id()).isEqualTo(open);
            try (FileDescriptor file = ring.opened(opened)) {
                assertThat(ring.await()).isEqualTo(new Completion(asked, 0, 0));
                assertThat(statx.ino())
                        .isEqualTo(test.linux().inode().fstat(file).ino());
            }
            ring.open("/nonexistent", O_RDWR, Mode.NONE, Order.FREE);
            Completion failed = ring.await();
            assertThatThrownBy(() -> ring.opened(failed))
                    .isInstanceOfSatisfying(SyscallException.class, failure -> assertThat(failure.is(Errno.ENOENT))
                            .isTrue());
        }
    }

    @Test
    void aConnectionIsAcceptedByTheRing() {
        Linux linux = Linux.host();
        try (FileDescriptor server = socket(linux);
                FileDescriptor client = socket(linux);
                IoUring ring = ring(linux, 2)) {
            Address address = Address.Unix.abstractName("trapgate-ring-" + System.nanoTime());
            linux.net().bind(server, address);
            linux.net().listen(server, 1);
            ring.accept(server, SocketFlags.SOCK_CLOEXEC, Order.FREE);
            ring.submit();
            linux.net().connect(client, address);

            try (FileDescriptor connection = ring.opened(ring.await())) {
                assertThat(linux.net().getsockname(connection)).isEqualTo(address);
            }
        }
    }

    private static FileDescriptor socket(Linux linux) {
        return linux.net().socket(AddressFamily.AF_UNIX, SocketType.SOCK_STREAM, SocketFlags.SOCK_CLOEXEC);
    }

    @ParameterizedTest
    @EnumSource(names = "HOST.*", mode = EnumSource.Mode.MATCH_ANY)
    void timeRunsOut(TestKernel kernel) {
        try (TestLinux test = kernel.open();
                Pipe pipe = test.linux().pipe().pipe();
                IoUring ring = ring(test.linux(), 4)) {
            ring.timeout(Duration.ofMillis(1), Order.BEFORE_NEXT_IN_ANY_CASE);
            ring.nop(Order.FREE);
            assertThat(ring.await().result()).isEqualTo(-Errno.ETIME.number());
            assertThat(ring.await().result()).as("in any case").isZero();

            UserMemory.Scope scope = test.linux().memory().open();
            long read = ring.read(pipe.reader(), scope.allocate(1, 1).segment(), -1, Order.BEFORE_NEXT);
            long limit = ring.linkTimeout(Duration.ofMillis(1));
            Map<Long, Integer> results = new HashMap<>();
            for (int count = 0; count < 2; count++) {
                Completion completion = ring.await();
                results.put(completion.id(), completion.result());
            }
            scope.close();
            assertThat(results.get(read)).isIn(-Errno.ECANCELED.number(), -Errno.EINTR.number());
            assertThat(results.get(limit)).isEqualTo(-Errno.ETIME.number());
            assertThatThrownBy(() -> ring.timeout(Duration.ofMillis(-1), Order.FREE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aPathWithANulIsRefused() {
        try (IoUring ring = ring(Linux.host(), 2)) {
            assertThatThrownBy(() -> ring.open("a\0b", O_RDWR, Mode.NONE, Order.FREE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("NUL");
            assertThat(ring.unanswered()).isZero();
        }
    }
}
