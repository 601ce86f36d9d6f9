package dev.trapgate.emulator.linux.mm;

import static dev.trapgate.emulator.linux.mm.Memory.PAGE;
import static dev.trapgate.emulator.linux.mm.Memory.PRIVATE;
import static dev.trapgate.emulator.linux.mm.Memory.RW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that change one address space at the same time. */
@Timeout(120)
class MmStressTest {

    private static final int THREADS = 16;
    private static final int ROUNDS = 400;
    private static final int PAGES = 8;

    private final Memory memory = new Memory();

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void onAllThreads(Work work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                done.add(threads.submit(() -> {
                    work.run(thread);
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get(100, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void eachThreadFindsItsOwnMemoryAsItLeftIt() throws Exception {
        long before = memory.mm.totalPages();
        int stacks = THREADS * 2;

        onAllThreads(thread -> {
            Random random = new Random(thread);
            for (int round = 0; round < ROUNDS; round++) {
                mapUseAndUnmap(random, thread * 1000 + round);
            }
        });

        assertThat(memory.mm.totalPages()).isLessThanOrEqualTo(before + stacks);
    }

    private void mapUseAndUnmap(Random random, int mark) {
        long at = memory.map(PAGES, RW, PRIVATE);
        long page = at + (long) random.nextInt(PAGES) * PAGE;
        assertThat(memory.write(page, mark)).isTrue();
        switch (random.nextInt(5)) {
            case 0 -> {
                memory.call(Syscall.MPROTECT, page, PAGE, 1);
                assertThat(memory.write(page, 1)).isFalse();
                memory.call(Syscall.MPROTECT, page, PAGE, RW);
            }
            case 1 -> {
                memory.call(Syscall.MADVISE, page, PAGE, 4);
                assertThat(memory.read(page)).isZero();
                assertThat(memory.write(page, mark)).isTrue();
            }
            case 2 -> {
                long other = memory.map(1, RW, PRIVATE);
                memory.write(other, mark);
                long moved = memory.call(Syscall.MREMAP, other, PAGE, 3 * PAGE, 1, 0);
                assertThat(memory.read(moved)).isEqualTo(mark);
                assertThat(memory.read(moved + 2 * PAGE)).isZero();
                memory.call(Syscall.MUNMAP, moved, 3 * PAGE);
            }
            case 3 -> memory.call(Syscall.MLOCK, page, PAGE);
            default -> memory.call(Syscall.MINCORE, page, PAGE, page + 64);
        }
        assertThat(memory.read(page)).isEqualTo(mark);
        assertThat(memory.call(Syscall.MUNMAP, at, PAGES * PAGE)).isZero();
    }

    @Test
    void aPageThatAllTouchFirstIsOnePage() throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS);
        long at = memory.map(ROUNDS, RW, PRIVATE);

        onAllThreads(thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                together.await(60, TimeUnit.SECONDS);
                memory.write(at + (long) round * PAGE + 4L * thread, thread + 1);
            }
        });

        for (int round = 0; round < ROUNDS; round++) {
            for (int thread = 0; thread < THREADS; thread++) {
                assertThat(memory.read(at + (long) round * PAGE + 4L * thread)).isEqualTo(thread + 1);
            }
        }
    }

    @Test
    void rightsTakenFromAPageHoldForEveryThreadAtOnce() throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS);
        long at = memory.map(1, RW, PRIVATE);

        onAllThreads(thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                memory.write(at, 1);
                together.await(60, TimeUnit.SECONDS);
                if (thread == round % THREADS) {
                    memory.call(Syscall.MPROTECT, at, PAGE, 1);
                }
                together.await(60, TimeUnit.SECONDS);
                assertThat(memory.write(at, 2)).isFalse();
                together.await(60, TimeUnit.SECONDS);
                if (thread == round % THREADS) {
                    memory.call(Syscall.MPROTECT, at, PAGE, RW);
                }
                together.await(60, TimeUnit.SECONDS);
            }
        });

        assertThat(memory.read(at)).isEqualTo(1);
    }

    @Test
    void aFileThatIsCutAndGrownWhileItIsMappedNeverShowsWhatWasCutOff() throws Exception {
        long file = memory.open("file", 0102);
        long at = memory.call(Syscall.MMAP, 0, 2 * PAGE, RW, 1, file, 0);

        onAllThreads(thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                if (thread == 0) {
                    memory.call(Syscall.FTRUNCATE, file, PAGE);
                    memory.call(Syscall.FTRUNCATE, file, 2 * PAGE);
                } else {
                    memory.write(at + PAGE + 4L * thread, thread);
                }
            }
        });
        memory.call(Syscall.FTRUNCATE, file, PAGE);
        assertThat(memory.read(at + PAGE)).isEqualTo(-1);
        memory.call(Syscall.FTRUNCATE, file, 2 * PAGE);

        for (int thread = 0; thread < THREADS; thread++) {
            assertThat(memory.read(at + PAGE + 4L * thread)).isZero();
        }
    }
}
