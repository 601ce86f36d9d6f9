package dev.trapgate.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEntry;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SyscallBatchTest {

    private static final int GETPPID = Syscall.GETPPID.number(Abi.X86_64);
    private static final int CLOSE = Syscall.CLOSE.number(Abi.X86_64);

    private final Arena arena = Arena.ofConfined();
    private final EmulatedMachine machine = new EmulatedMachine(KernelGeneration.MODERN, Vendor.AMD);
    private final SyscallEntry entry = new EmulatedEntry(machine, Gate.EMULATED_SYSCALL);
    private final SyscallBatch batch = new SyscallBatch(arena, 2);

    @AfterEach
    void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
        machine.close();
    }

    @Test
    void tellsTheIndexOfEachCallAndHowManyThereAre() {
        assertThat(batch.add(GETPPID, 0, 0, 0, 0, 0, 0)).isZero();
        assertThat(batch.add(GETPPID, 0, 0, 0, 0, 0, 0)).isEqualTo(1);
        assertThat(batch.size()).isEqualTo(2);
        assertThat(batch.capacity()).isEqualTo(2);
    }

    @Test
    void takesNoMoreCallsThanItHolds() {
        batch.add(GETPPID, 0, 0, 0, 0, 0, 0);
        batch.add(GETPPID, 0, 0, 0, 0, 0, 0);

        assertThatThrownBy(() -> batch.add(GETPPID, 0, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("holds 2 calls");
    }

    @Test
    void holdsOneCallOrMore() {
        assertThatThrownBy(() -> new SyscallBatch(arena, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 0");
    }

    @Test
    void makesNothingWhenItIsEmpty() {
        assertThat(batch.enter(entry, SyscallBatch.OnError.GO_ON)).isZero();
    }

    @Test
    void hasNoResultsBeforeItIsEntered() {
        batch.add(GETPPID, 0, 0, 0, 0, 0, 0);

        assertThatThrownBy(() -> batch.result(0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("the first 0 have been made");
    }

    @Test
    void hasNoResultsOfCallsAddedAfterItWasEntered() {
        batch.add(GETPPID, 0, 0, 0, 0, 0, 0);
        batch.enter(entry, SyscallBatch.OnError.GO_ON);
        batch.add(GETPPID, 0, 0, 0, 0, 0, 0);

        assertThat(batch.result(0)).isPositive();
        assertThatThrownBy(() -> batch.result(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void canBeEnteredAgainWithOtherArguments() {
        batch.add(CLOSE, -1, 0, 0, 0, 0, 0);
        batch.enter(entry, SyscallBatch.OnError.GO_ON);
        assertThat(batch.result(0)).isEqualTo(-Errno.EBADF.number());

        batch.set(0, 1, 2);
        batch.enter(entry, SyscallBatch.OnError.GO_ON);
        assertThat(batch.result(0)).isZero();
    }

    @Test
    void changesOnlyArgumentsThatThereAre() {
        batch.add(CLOSE, -1, 0, 0, 0, 0, 0);

        assertThatThrownBy(() -> batch.set(1, 1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> batch.set(0, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> batch.set(0, 7, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void canBeFilledAnewOnceCleared() {
        batch.add(CLOSE, -1, 0, 0, 0, 0, 0);
        batch.enter(entry, SyscallBatch.OnError.GO_ON);
        batch.clear();

        assertThat(batch.size()).isZero();
        assertThatThrownBy(() -> batch.result(0)).isInstanceOf(IndexOutOfBoundsException.class);
        batch.add(GETPPID, 0, 0, 0, 0, 0, 0);
        batch.enter(entry, SyscallBatch.OnError.STOP);
        assertThat(batch.result(0)).isPositive();
    }

    @Test
    void isOfNoUseOnceItsArenaIsClosed() {
        batch.add(GETPPID, 0, 0, 0, 0, 0, 0);
        arena.close();

        assertThatThrownBy(() -> batch.enter(entry, SyscallBatch.OnError.GO_ON))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> batch.add(GETPPID, 0, 0, 0, 0, 0, 0)).isInstanceOf(IllegalStateException.class);
    }
}
