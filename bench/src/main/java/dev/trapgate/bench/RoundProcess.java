package dev.trapgate.bench;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.CompilerHints;

/** The JVM of one round, started and read. Whatever happens, closing ends it. */
final class RoundProcess implements AutoCloseable {

    /** Far more than any row takes, so a round that is silent for so long is stuck. */
    private static final int DEADLINE_SECONDS = 120;

    /** A process that a signal ended has a status above this. */
    private static final int KILLED = 128;

    private static final int GRACE_MILLIS = 1000;

    private static final Gson GSON = new Gson();
    private static final String END = "";

    private final Process process;
    private final Path complaints;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private final Thread endWithUs;

    private RoundProcess(Process process, Path complaints) {
        this.process = process;
        this.complaints = complaints;
        this.endWithUs = new Thread(process::destroyForcibly);
    }

    /**
     * The options with which every round's JVM runs.
     *
     * <p>Nothing is taken over from this JVM's own options, which are chosen for a quick start, except our own system
     * properties. JMH's hints are: methods that must not be inlined are not, and results are really used.
     *
     * @param libraries where the peers are
     * @return the options
     */
    static List<String> jvmOptions(NativeLibraries libraries) {
        List<String> options = new ArrayList<>(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", // JMH 1.37 uses it
                "-XX:+UseSerialGC",
                "-Xms256m",
                "-Xmx256m",
                // By default a loop goes round 100,000 times before C2 compiles it: a slow call's would be timed
                // before.
                "-XX:Tier3BackEdgeThreshold=6000",
                "-XX:Tier4BackEdgeThreshold=4000",
                "-Djmh.ignoreLock=true"));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("dev.trapgate."))
                .sorted()
                .forEach(name -> options.add("-D" + name + "=" + System.getProperty(name)));
        options.addAll(libraries.options());
        CompilerHints.addCompilerHints(options);
        return options;
    }

    /**
     * Starts a round.
     *
     * @param jvmOptions the JVM's options
     * @param directory where its complaints go
     * @param schedule how long to measure each row
     * @param benchmarks which rows, in which order
     * @return the running round
     * @throws IOException if the JVM cannot be started
     * @throws InterruptedException if this JVM is ending
     */
    static RoundProcess start(List<String> jvmOptions, Path directory, Schedule schedule, List<String> benchmarks)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", absoluteClassPath(), RoundMain.class.getName()));
        Path complaints = directory.resolve("round.log");
        Process process =
                new ProcessBuilder(command).redirectError(complaints.toFile()).start();
        RoundProcess round = new RoundProcess(process, complaints);
        round.endWhenThisJvmEnds();
        Thread.ofVirtual().name("round-reader").start(round::read);
        round.instruct(schedule, benchmarks);
        return round;
    }

    /** The round would notice by itself, when its input ends, but not at once. */
    private void endWhenThisJvmEnds() throws InterruptedException {
        try {
            Runtime.getRuntime().addShutdownHook(endWithUs);
        } catch (IllegalStateException ending) {
            process.destroyForcibly();
            throw new InterruptedException("this JVM is ending");
        }
    }

    private static String absoluteClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void instruct(Schedule schedule, List<String> benchmarks) throws IOException {
        // Left open: its end tells the round to stop.
        Writer writer = process.outputWriter(StandardCharsets.UTF_8);
        writer.write(GSON.toJson(schedule) + "\n" + String.join("\n", benchmarks) + "\n\n");
        writer.flush();
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().filter(line -> !line.isEmpty()).forEach(lines::add);
        } catch (IOException | UncheckedIOException gone) {
            // The process was ended.
        }
        lines.add(END);
    }

    /** {@return the JVM's process} */
    Process process() {
        return process;
    }

    /**
     * Waits for what the round says next.
     *
     * @return the line
     * @throws RoundFailedException if the round ended or says nothing
     * @throws InterruptedException if this thread is interrupted
     */
    String nextLine() throws RoundFailedException, InterruptedException {
        String line = lines.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new RoundFailedException("said nothing for " + DEADLINE_SECONDS + " s");
        }
        if (line.equals(END)) {
            int status = process.waitFor();
            if (status > KILLED) {
                // A terminal's Ctrl-C goes to both, and this thread is about to be interrupted for it.
                Thread.sleep(GRACE_MILLIS);
            }
            throw new RoundFailedException("ended with status " + status + lastComplaint());
        }
        return line;
    }

    private String lastComplaint() {
        try {
            return Files.readAllLines(complaints, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> !line.isBlank())
                    .limit(3)
                    .reduce("", (said, line) -> said + "; " + line.strip());
        } catch (IOException unreadable) {
            return "";
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        ShutdownHooks.remove(endWithUs);
    }
}
