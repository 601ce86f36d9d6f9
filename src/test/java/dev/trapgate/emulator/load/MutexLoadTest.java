package dev.trapgate.emulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.UserBuffer;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mutexes of futexes, as in Ulrich Drepper's "Futexes Are Tricky", which fifty threads each want. */
@Timeout(200)
class MutexLoadTest {

    private static final int MUTEXES = 20;
    private static final int FUTEX_WAIT_PRIVATE = 0x80;
    private static final int FUTEX_WAKE_PRIVATE = 0x81;
    private static final VarHandle WORD =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

    private final ManyThreads threads = new ManyThreads();
    private final UserBuffer words = threads.buffer(4L * MUTEXES);
    private final long[] guarded = new long[MUTEXES];

    /** What they guard adds up, and nobody sleeps for good. */
    @Test
    void mutexesMadeOfFutexesLoseNoWakeUp() throws InterruptedException {
        threads.begin();
        for (int i = 0; i < ManyThreads.COUNT; i++) {
            int mutex = i % MUTEXES;
            threads.start("one that wants a mutex", () -> takeTurns(mutex));
        }
        threads.joinAll("mutexes");
        assertThat(Arrays.stream(guarded).sum())
                .isEqualTo(threads.messages())
                .isGreaterThanOrEqualTo(ManyThreads.COUNT);
        assertThat(threads.machine().process().futexes().waiters()).isZero();
        threads.close();
    }

    private void takeTurns(int mutex) {
        long turns = 0;
        do {
            lock(mutex);
            guarded[mutex]++;
            unlock(mutex);
            turns++;
        } while (!threads.isOver());
        threads.arrived(turns);
    }

    /** 0 is free, 1 locked, 2 locked with somebody asleep. */
    private void lock(int mutex) {
        long at = 4L * mutex;
        int seen = (int) WORD.compareAndExchange(words.segment(), at, 0, 1);
        while (seen != 0) {
            if (seen == 2 || (int) WORD.compareAndExchange(words.segment(), at, 1, 2) != 0) {
                long answer = threads.call(Syscall.FUTEX, words.address() + at, FUTEX_WAIT_PRIVATE, 2);
                assertThat(answer).isIn(0L, (long) -Errno.EAGAIN.number());
            }
            seen = (int) WORD.compareAndExchange(words.segment(), at, 0, 2);
        }
    }

    private void unlock(int mutex) {
        long at = 4L * mutex;
        if ((int) WORD.getAndSet(words.segment(), at, 0) == 2) {
            threads.call(Syscall.FUTEX, words.address() + at, FUTEX_WAKE_PRIVATE, 1);
        }
    }
}
