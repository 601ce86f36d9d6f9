package dev.trapgate.differential;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The signals that scenarios may send natively: those that a JVM has no use for. The child JVM is started with all of them
 * blocked, so that every thread of its has them blocked, and one that is sent to the process stays until the playing thread
 * takes it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
 */
final class BlockedSignals {

    /** The first real-time signal that is not glibc's own. */
    private static final int FIRST_REAL_TIME = 34;

    private static final int LAST = 64;

    /** SIGUSR1, SIGALRM, SIGSTKFLT, SIGURG, SIGXCPU, SIGVTALRM, SIGPROF, SIGWINCH, SIGIO, SIGPWR, SIGSYS; SIGRTMIN and on. */
    private static final long SENDABLE = LongStream.concat(
                    LongStream.of(10, 14, 16, 23, 24, 26, 27, 28, 29, 30, 31),
                    LongStream.rangeClosed(FIRST_REAL_TIME, LAST))
            .map(number -> mask((int) number))
            .reduce(0, (a, b) -> a | b);

    private static final String ENV = "/usr/bin/env";
    private static final long PATIENCE_SECONDS = 10;
    private static final String BLOCKED = "SigBlk:";
    private static final int HEXADECIMAL = 16;

    private BlockedSignals() {}

    /** {@return a signal's bit in a set} */
    static long mask(int signal) {
        return 1L << (signal - 1);
    }

    /** {@return the signals that scenarios may send, as a set} */
    static long sendable() {
        return SENDABLE;
    }

    /** {@return the numbers of the signals that scenarios may send} */
    static List<Integer> numbers() {
        return LongStream.rangeClosed(1, LAST)
                .filter(number -> (SENDABLE & mask((int) number)) != 0)
                .mapToObj(number -> (int) number)
                .toList();
    }

    /** {@return what is written before a command so that it starts with the signals blocked; nothing where env(1) cannot do it} */
    static List<String> prefix() {
        return Prefix.WORDS;
    }

    /** Looked for once. */
    private static final class Prefix {

        private static final List<String> WORDS = find();

        private static List<String> find() {
            String list = numbers().stream().map(String::valueOf).collect(Collectors.joining(","));
            List<String> words = List.of(ENV, "--block-signal=" + list);
            try {
                Process trial = new ProcessBuilder(words.getFirst(), words.getLast(), "true")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                boolean works = trial.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && trial.exitValue() == 0;
                return works ? words : List.of();
            } catch (IOException missing) {
                return List.of();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return List.of();
            }
        }
    }

    /**
     * Reads which signals every thread of this process has blocked.
     *
     * @return them as a set; empty if that cannot be read
     */
    static long everywhere() {
        long all = ~0L;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                all &= blocked(thread);
            }
            return all;
        } catch (IOException unreadable) {
            return 0;
        }
    }

    private static long blocked(Path thread) throws IOException {
        for (String line : Files.readAllLines(thread.resolve("status"))) {
            if (line.startsWith(BLOCKED)) {
                return Long.parseUnsignedLong(line.substring(BLOCKED.length()).strip(), HEXADECIMAL);
            }
        }
        return 0;
    }
}
