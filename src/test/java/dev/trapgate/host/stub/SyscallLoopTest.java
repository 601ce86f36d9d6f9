package dev.trapgate.host.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.SyscallBatch;
import dev.trapgate.entry.SyscallBatch.OnError;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyscallLoopTest {

    private static final int GETPPID = Syscall.GETPPID.number(Abi.X86_64);
    private static final int WRITE = Syscall.WRITE.number(Abi.X86_64);
    private static final int CLOSE = Syscall.CLOSE.number(Abi.X86_64);
    private static final int PIPE2 = Syscall.PIPE2.number(Abi.X86_64);
    private static final int READ = Syscall.READ.number(Abi.X86_64);

    @Test
    void givesEveryCallAllSixArguments() {
        int mmap = Syscall.MMAP.number(Abi.X86_64);
        int munmap = Syscall.MUNMAP.number(Abi.X86_64);
        try (Arena arena = Arena.ofConfined()) {
            SyscallBatch batch = new SyscallBatch(arena, 2);
            // The sixth argument, an offset off a page boundary, and the fifth, a descriptor, each spoil one of them.
            batch.add(mmap, 0, 4096, 1, 0x22, -1, 0);
            batch.add(mmap, 0, 4096, 1, 0x22, -1, 1);
            batch.enter(SyscallInstruction.ENTRY, OnError.GO_ON);

            assertThat(batch.result(0)).isPositive();
            assertThat(batch.result(1)).isEqualTo(-Errno.EINVAL.number());
            assertThat(SyscallInstruction.ENTRY.enter(munmap, batch.result(0), 4096, 0, 0, 0, 0))
                    .isZero();
        }
    }

    @Test
    void makesALargeBatch() {
        int calls = 10_000;
        try (Arena arena = Arena.ofConfined()) {
            SyscallBatch batch = new SyscallBatch(arena, calls);
            for (int i = 0; i < calls; i++) {
                batch.add(i % 2 == 0 ? GETPPID : CLOSE, -1, 0, 0, 0, 0, 0);
            }

            assertThat(batch.enter(SyscallInstruction.ENTRY, OnError.GO_ON)).isEqualTo(calls);
            long parent = SyscallInstruction.ENTRY.enter(GETPPID, 0, 0, 0, 0, 0, 0);
            for (int i = 0; i < calls; i++) {
                assertThat(batch.result(i)).isEqualTo(i % 2 == 0 ? parent : -Errno.EBADF.number());
            }
        }
    }

    @Test
    void keepsTheArenaOpenUntilItsLastCallIsMade() throws Exception {
        int[] inside = pipe();
        int[] goOn = pipe();
        Arena arena = Arena.ofShared();
        long oneByte = arena.allocate(1).address();
        SyscallBatch batch = new SyscallBatch(arena, 2);
        batch.add(WRITE, inside[1], oneByte, 1, 0, 0, 0);
        batch.add(READ, goOn[0], oneByte, 1, 0, 0, 0);
        FutureTask<Integer> made = new FutureTask<>(() -> batch.enter(SyscallInstruction.ENTRY, OnError.STOP));
        Thread.ofPlatform().daemon().start(made);

        assertThat(transfer(READ, inside[0])).isEqualTo(1);
        assertThatThrownBy(arena::close).isInstanceOf(IllegalStateException.class);

        assertThat(transfer(WRITE, goOn[1])).isEqualTo(1);
        assertThat(made.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        arena.close();
        IntStream.concat(IntStream.of(inside), IntStream.of(goOn))
                .forEach(descriptor -> SyscallInstruction.ENTRY.enter(CLOSE, descriptor, 0, 0, 0, 0, 0));
    }

    private static int[] pipe() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
            assertThat(SyscallInstruction.ENTRY.enter(PIPE2, ends.address(), 0, 0, 0, 0, 0))
                    .isZero();
            return ends.toArray(ValueLayout.JAVA_INT);
        }
    }

    /** Reads or writes one byte. */
    private static long transfer(int number, int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            return SyscallInstruction.ENTRY.enter(
                    number, descriptor, arena.allocate(1).address(), 1, 0, 0, 0);
        }
    }

    @Test
    void refusesMemoryThatTheLoopCouldNotUse() {
        MemorySegment heap = MemorySegment.ofArray(new long[8]);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment call = arena.allocate(SyscallBatch.CALL_SIZE, 8);

            assertThatThrownBy(() -> SyscallInstruction.ENTRY.enterAll(heap, 1, OnError.GO_ON))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("native memory");
            assertThatThrownBy(() -> SyscallInstruction.ENTRY.enterAll(call.asReadOnly(), 1, OnError.GO_ON))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> SyscallInstruction.ENTRY.enterAll(call, 0, OnError.GO_ON))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> SyscallInstruction.ENTRY.enterAll(call, 2, OnError.GO_ON))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
