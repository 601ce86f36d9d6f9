package dev.trapgate.emulator.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.emulator.linux.fs.FilesStruct.OnExec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The table of descriptors under many threads. */
@Timeout(60)
class FilesStructTest {

    private static final int THREADS = 64;
    private static final int ROUNDS = 2000;

    private final FilesStruct files = new FilesStruct();

    /** Counts how often its files are released. */
    private static final class Counting implements FileOperations {

        private final AtomicInteger released = new AtomicInteger();

        @Override
        public void release(File file) {
            released.incrementAndGet();
        }
    }

    private static File file(FileOperations operations) {
        PseudoSuperBlock place = new PseudoSuperBlock(1, 1);
        return new File(place.path(new DeviceInode(place, 0600, 0, operations), "file"), File.O_RDWR, operations);
    }

    private static void onAllThreads(Callable<?> action) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(pool.submit(action));
            }
            for (Future<?> one : running) {
                one.get(50, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void noDescriptorIsGivenOutTwice() throws Exception {
        ConcurrentHashMap<Long, Boolean> given = new ConcurrentHashMap<>();
        onAllThreads(() -> {
            for (int i = 0; i < 200; i++) {
                long descriptor = files.allocate(0, FilesStruct.NR_OPEN, OnExec.KEEP);
                assertThat(given.putIfAbsent(descriptor, true)).isNull();
            }
            return null;
        });

        assertThat(given).hasSize(THREADS * 200);
        assertThat(given.keySet()).allMatch(descriptor -> descriptor >= 0 && descriptor < THREADS * 200);
    }

    @Test
    void aFileIsReleasedOnceAndNeverWhileItIsInUse() throws Exception {
        Counting operations = new Counting();
        AtomicInteger made = new AtomicInteger();
        onAllThreads(() -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            for (int i = 0; i < ROUNDS; i++) {
                int descriptor = random.nextInt(100);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        File file = file(operations);
                        made.incrementAndGet();
                        files.replace(file, descriptor, OnExec.KEEP);
                    }
                    case 1 -> files.close(descriptor);
                    case 2 -> {
                        File file = files.get(descriptor);
                        if (file != null) {
                            files.replace(file, random.nextInt(100), OnExec.KEEP);
                        }
                    }
                    default -> {
                        File file = files.get(descriptor);
                        if (file != null) {
                            assertThat(file.operations()).isSameAs(operations);
                            file.release();
                        }
                    }
                }
            }
            return null;
        });
        assertThat(operations.released.get()).isLessThanOrEqualTo(made.get());

        files.closeAll();

        assertThat(operations.released.get()).isEqualTo(made.get());
    }

    @Test
    void theTableGrowsWhileOthersLookDescriptorsUp() throws Exception {
        Counting operations = new Counting();
        File file = file(operations);
        files.replace(file, 0, OnExec.KEEP);
        onAllThreads(() -> {
            for (int i = 0; i < 200; i++) {
                File found = files.get(0);
                assertThat(found).isSameAs(file);
                long descriptor = files.allocate(0, FilesStruct.NR_OPEN, OnExec.KEEP);
                files.install((int) descriptor, found);
            }
            return null;
        });

        assertThat(files.nextOpen(THREADS * 200)).isEqualTo(THREADS * 200);
        assertThat(files.nextOpen(THREADS * 200 + 1)).isEqualTo(-1);
    }
}
