package dev.trapgate.emulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As many threads as there are carriers loop over sched_yield(2), and more; others still get their turn. */
@Timeout(120)
class YieldLoadTest {

    private static final int OTHERS = 100;

    @Test
    void threadsThatOnlyYieldLetOthersRun() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger yielding = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        int count = 2 * Runtime.getRuntime().availableProcessors();
        try (ManyThreads threads = new ManyThreads()) {
            threads.begin();
            for (int i = 0; i < count; i++) {
                threads.start("one that yields", () -> {
                    yielding.incrementAndGet();
                    while (!over.get()) {
                        assertThat(threads.must(Syscall.SCHED_YIELD)).isZero();
                    }
                });
            }
            threads.await("all yield", () -> yielding.get() == count);
            for (int i = 0; i < OTHERS; i++) {
                threads.start("another", () -> {
                    threads.must(Syscall.GETPPID);
                    ended.incrementAndGet();
                });
            }
            threads.await("the others have ended", () -> ended.get() == OTHERS);
            over.set(true);
            threads.joinAll("yield");
        }
    }
}
