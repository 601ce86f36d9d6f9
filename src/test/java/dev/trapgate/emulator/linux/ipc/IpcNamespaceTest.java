package dev.trapgate.emulator.linux.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.emulator.linux.kernel.KernelUnderTest;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What scenarios cannot ask of the host's kernel: ends of processes and machines, process ids, many ids. */
@Timeout(60)
class IpcNamespaceTest {

    private static final int GETPID = 11;
    private static final int GETVAL = 12;
    private static final int SETVAL = 16;
    private static final int IPC_RMID = 0;
    private static final int O_RDWR_CREAT = 0102;
    private static final long NANOS = 1_000_000;

    private final KernelUnderTest kernel = KernelUnderTest.asRoot();

    @AfterEach
    void close() {
        kernel.close();
    }

    private UserBuffer operation(int number, int change, int flags) {
        UserBuffer operation = kernel.memory(8);
        operation.segment().set(ValueLayout.JAVA_SHORT, 0, (short) number);
        operation.segment().set(ValueLayout.JAVA_SHORT, 2, (short) change);
        operation.segment().set(ValueLayout.JAVA_SHORT, 4, (short) flags);
        return operation;
    }

    @Test
    void idsAreGivenOutInTurnAndGetASequenceNumberWhenTheyComeRound() {
        for (int i = 0; i < 64; i++) {
            assertThat(kernel.call(Syscall.MSGGET, 0, 0600)).isEqualTo(i);
            kernel.call(Syscall.MSGCTL, i, IPC_RMID, 0);
        }
        assertThat(kernel.call(Syscall.MSGGET, 0, 0600)).isEqualTo(1 << 15);
        assertThat(kernel.call(Syscall.MSGCTL, 0, IPC_RMID, 0)).isEqualTo(-Errno.EINVAL.number());
        assertThat(kernel.call(Syscall.MSGGET, 0, 0600)).isEqualTo(1 << 15 | 1);
    }

    @Test
    void aSemaphoreTellsWhoChangedItLast() {
        long id = kernel.call(Syscall.SEMGET, 0, 2, 0600);
        kernel.call(Syscall.SEMOP, id, operation(1, 1, 0).address(), 1);
        assertThat(kernel.call(Syscall.SEMCTL, id, 0, GETPID, 0)).isZero();
        assertThat(kernel.call(Syscall.SEMCTL, id, 1, GETPID, 0)).isEqualTo(kernel.call(Syscall.GETPID));
    }

    @Test
    void theEndOfAProcessUndoesWhatItDidToSemaphores() {
        long id = kernel.call(Syscall.SEMGET, 0, 2, 0600);
        kernel.call(Syscall.SEMCTL, id, 0, SETVAL, 5);
        kernel.call(Syscall.SEMOP, id, operation(0, -3, SemaphoreCalls.SEM_UNDO).address(), 1);
        kernel.call(Syscall.SEMOP, id, operation(1, 7, SemaphoreCalls.SEM_UNDO).address(), 1);
        assertThat(kernel.call(Syscall.SEMCTL, id, 0, GETVAL, 0)).isEqualTo(2);
        IpcIds<SemaphoreArray> arrays =
                kernel.machine().process().ipcNamespace().semaphores();
        assertThatThrownBy(() -> kernel.call(Syscall.EXIT_GROUP, 0)).isInstanceOf(EmulatedEndException.class);
        synchronized (arrays) {
            SemaphoreArray array = arrays.all().iterator().next();
            assertThat(array.values()).containsExactly(5, 0);
        }
    }

    @Test
    void whoWaitsIsEndedWithTheMachine() throws InterruptedException {
        long queue = kernel.call(Syscall.MSGGET, 0, 0600);
        long set = kernel.call(Syscall.SEMGET, 0, 1, 0600);
        UserBuffer name = kernel.memory(8);
        name.segment().setString(0, "q");
        long mqueue = kernel.call(Syscall.MQ_OPEN, name.address(), O_RDWR_CREAT, 0600, 0);
        UserBuffer take = operation(0, -1, 0);
        UserBuffer to = kernel.memory(8192);
        List<FutureTask<Long>> calls = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            calls.add(new FutureTask<>(() -> kernel.call(Syscall.MSGRCV, queue, to.address(), 8, 0, 0)));
            calls.add(new FutureTask<>(() -> kernel.call(Syscall.SEMOP, set, take.address(), 1)));
            calls.add(new FutureTask<>(() -> kernel.call(Syscall.MQ_TIMEDRECEIVE, mqueue, to.address(), 8192, 0, 0)));
        }
        calls.forEach(call -> threads.add(Thread.ofVirtual().start(call)));
        while (threads.stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
            LockSupport.parkNanos(NANOS);
        }
        kernel.close();
        for (FutureTask<Long> call : calls) {
            assertThatThrownBy(call::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(EmulatedEndException.class);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
