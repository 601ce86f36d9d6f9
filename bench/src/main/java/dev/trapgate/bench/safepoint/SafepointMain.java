package dev.trapgate.bench.safepoint;

import dev.trapgate.Linux;
import dev.trapgate.cli.Columns;
import dev.trapgate.cli.Columns.Side;
import dev.trapgate.entry.Linkage;
import dev.trapgate.fs.OpenFlags;
import dev.trapgate.kernel.FileDescriptor;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What the rest of a JVM waits for while one thread is in a long call: a thread reads some MiB from {@code /dev/zero}, again and
 * again, by ordinary and by critical linkage, and another collects garbage meanwhile. A thread in an ordinary downcall counts
 * as stopped. One in a critical downcall counts as running Java code, so everybody waits for it to come back.
 *
 * <p>{@code java -cp … dev.trapgate.bench.safepoint.SafepointMain [MiB…]}. What it took to stop all threads is JFR's figure,
 * of its event {@code jdk.SafepointStateSynchronization}.
 */
final class SafepointMain {

    private static final int COLLECTIONS = 25;
    private static final int MIB = 1 << 20;
    private static final int PAGE = 4096;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String EVENT = "jdk.SafepointStateSynchronization";

    private SafepointMain() {}

    /**
     * Measures and prints.
     *
     * @param arguments how many MiB a read transfers; 1, 16, 64 and 256 if there are none
     * @throws IOException if JFR's recording cannot be written or read
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> sizes = arguments.length == 0 ? List.of("1", "16", "64", "256") : List.of(arguments);
        Columns columns =
                new Columns(Side.RIGHT, Side.LEFT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT, Side.RIGHT);
        columns.row("MiB", "linkage", "read", "System.gc()", "longest", "to stop all", "longest");
        for (String size : sizes) {
            for (Linkage linkage : Linkage.values()) {
                columns.row(measured(Integer.parseInt(size), linkage));
            }
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        columns.lines().forEach(out::println);
        out.println("milliseconds; medians of " + COLLECTIONS + " collections, and the longest");
    }

    private static String[] measured(int size, Linkage linkage) throws IOException, InterruptedException {
        Linux linux = Linux.host();
        try (Arena arena = Arena.ofShared();
                FileDescriptor zero = linux.fs().open("/dev/zero", OpenFlags.O_RDONLY.or(OpenFlags.O_CLOEXEC));
                Recording recording = new Recording()) {
            MemorySegment buffer = arena.allocate((long) size * MIB, PAGE);
            recording.enable(EVENT).withoutThreshold();
            Reader reader = new Reader(new LongRead(linkage, zero.number(), buffer));
            reader.start();
            reader.awaitFirst();
            recording.start();
            List<Double> collections = collect();
            recording.stop();
            reader.end();
            List<Double> stops = stops(recording);
            return new String[] {
                String.valueOf(size),
                linkage.name().toLowerCase(Locale.ROOT),
                millis(median(reader.reads())),
                millis(median(collections)),
                millis(Collections.max(collections)),
                millis(median(stops)),
                millis(Collections.max(stops))
            };
        }
    }

    private static List<Double> collect() throws InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < COLLECTIONS; i++) {
            Thread.sleep(7 + i); // so that collections fall on all parts of a read
            long start = System.nanoTime();
            System.gc();
            millis.add((System.nanoTime() - start) / NANOS_PER_MILLI);
        }
        return millis;
    }

    /** {@return how long each stop of all threads took to come about, in milliseconds} */
    private static List<Double> stops(Recording recording) throws IOException {
        Path file = Files.createTempFile("trapgate-safepoint", ".jfr");
        try {
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .map(RecordedEvent::getDuration)
                    .map(Duration::toNanos)
                    .map(nanos -> nanos / NANOS_PER_MILLI)
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, millis < 1 ? "%.3f" : "%.1f", millis);
    }

    /** The thread that reads. */
    private static final class Reader extends Thread {

        private final LongRead read;
        private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean ending;

        private Reader(LongRead read) {
            super("reader");
            this.read = read;
            setDaemon(true);
        }

        @Override
        public void run() {
            while (!ending) {
                millis.add(read.run() / NANOS_PER_MILLI);
            }
        }

        private void awaitFirst() throws InterruptedException {
            while (millis.isEmpty()) {
                Thread.sleep(1);
            }
        }

        private void end() throws InterruptedException {
            ending = true;
            join();
        }

        private List<Double> reads() {
            return List.copyOf(millis);
        }
    }
}
