package dev.trapgate.emulator.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.linux.kernel.Credentials;
import dev.trapgate.entry.Gate;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Threads that make, move and remove the same names at once leave a tree whose counts are right. */
class ParallelNamesTest {

    private static final int THREADS = 6;
    private static final int CALLS = 4000;
    private static final long DEADLINE_SECONDS = 120;
    private static final String[] NAMES = {"a", "b", "d", "e", "d/a", "d/b", "d/e", "e/a", "e/d", "d/e/a", "d/e/d"};
    private static final int AT_FDCWD = -100;
    private static final int S_IFMT = 0xf000;
    private static final int S_IFDIR = 0x4000;

    @Test
    void linkCountsAndSizesAgreeWithTheNamesThatAreLeft() throws Exception {
        try (EmulatedMachine machine = EmulatedFiles.machine(Credentials.ROOT);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(thread);
                running.add(threads.submit(() -> disturb(machine, random)));
            }
            for (Future<?> each : running) {
                each.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            }
            try (EmulatedFiles files = new EmulatedFiles(machine, Gate.EMULATED_SYSCALL)) {
                Map<Long, Integer> names = new HashMap<>();
                Map<Long, Long> links = new HashMap<>();
                check(files, ".", names, links);
                assertThat(names).allSatisfy((inode, count) -> assertThat(links.get(inode))
                        .as("inode %d", inode)
                        .isEqualTo(count.longValue()));
            }
        }
    }

    private static void disturb(EmulatedMachine machine, Random random) {
        try (EmulatedFiles files = new EmulatedFiles(machine, Gate.EMULATED_SYSCALL)) {
            for (int i = 0; i < CALLS; i++) {
                long result = disturb(files, random);
                assertThat(result).isGreaterThan(-200);
            }
        }
    }

    private static long disturb(EmulatedFiles files, Random random) {
        String one = NAMES[random.nextInt(NAMES.length)];
        String other = NAMES[random.nextInt(NAMES.length)];
        return switch (random.nextInt(8)) {
            case 0 -> files.call(Syscall.MKDIR, files.name(one), 0755);
            case 1 -> files.call(Syscall.RMDIR, files.name(one));
            case 2 -> files.call(Syscall.UNLINK, files.name(one));
            case 3 -> files.call(Syscall.LINK, files.name(one), files.name(other));
            case 4 -> files.call(Syscall.MKNOD, files.name(one), 0644, 0);
            case 5 -> files.call(Syscall.RENAME, files.name(one), files.name(other));
            case 6 ->
                files.call(
                        Syscall.RENAMEAT2,
                        AT_FDCWD,
                        files.name(one),
                        AT_FDCWD,
                        files.name(other),
                        RenameFlags.RENAME_EXCHANGE);
            default -> files.call(Syscall.STAT, files.name(one), files.answer());
        };
    }

    /** Counts the names of each file below a directory, and checks the directory's own counts. */
    private static void check(EmulatedFiles files, String directory, Map<Long, Integer> names, Map<Long, Long> links) {
        List<String> entries = list(files, directory);
        long subdirectories = 0;
        for (String entry : entries) {
            String path = directory + '/' + entry;
            assertThat(files.call(Syscall.LSTAT, files.name(path), files.answer()))
                    .as(path)
                    .isZero();
            MemorySegment stat = files.answered();
            if ((stat.get(ValueLayout.JAVA_INT, 24) & S_IFMT) == S_IFDIR) {
                subdirectories++;
                check(files, path, names, links);
            } else {
                names.merge(stat.get(ValueLayout.JAVA_LONG, 8), 1, Integer::sum);
                links.put(stat.get(ValueLayout.JAVA_LONG, 8), stat.get(ValueLayout.JAVA_LONG, 16));
            }
        }
        files.call(Syscall.LSTAT, files.name(directory), files.answer());
        assertThat(files.answered().get(ValueLayout.JAVA_LONG, 16))
                .as(directory)
                .isEqualTo(2 + subdirectories);
        assertThat(files.answered().get(ValueLayout.JAVA_LONG, 48))
                .as(directory)
                .isEqualTo(40 + 20L * entries.size());
    }

    private static List<String> list(EmulatedFiles files, String directory) {
        long descriptor = files.call(Syscall.OPEN, files.name(directory), 0, 0);
        List<String> names = new ArrayList<>();
        long length = files.call(Syscall.GETDENTS64, descriptor, files.answer(), 65536);
        for (long at = 0; at < length; at += files.answered().get(ValueLayout.JAVA_SHORT, at + 16)) {
            String name = files.answered().getString(at + 19);
            if (!name.equals(".") && !name.equals("..")) {
                names.add(name);
            }
        }
        files.call(Syscall.CLOSE, descriptor);
        return names;
    }
}
