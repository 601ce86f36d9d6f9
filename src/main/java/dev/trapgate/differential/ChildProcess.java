package dev.trapgate.differential;

import dev.trapgate.entry.Gate;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;

/** A child JVM that runs {@link NativeChild}, seen from its parent. */
final class ChildProcess implements AutoCloseable {

    /** A child that has said nothing for so long is killed: its own deadline is much shorter. */
    private static final long SILENCE_MILLIS = 15 * Side.DEADLINE_MILLIS;

    /** A JVM that starts on a busy host needs longer. */
    private static final long START_MILLIS = 60 * Side.DEADLINE_MILLIS;

    private static final long PATIENCE_SECONDS = 10;

    private static final Timer WATCH = new Timer("native side's watch", true);

    private final Process process;
    private final DataOutputStream out;
    private final DataInputStream in;
    private boolean greeted;
    private boolean spent;
    private boolean confined;

    private ChildProcess(Process process) {
        this.process = process;
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /**
     * Starts a child.
     *
     * @param gate the native gate that it plays through
     * @param base the directory under which plays have theirs
     */
    static ChildProcess start(Gate gate, Path base) throws IOException {
        List<String> line = new ArrayList<>(BlockedSignals.prefix());
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of(
                "-Xmx256m",
                "-Xss512k",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:-UseCompressedOops", // the heap is not where 32-bit addresses lead
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:ErrorFile=/tmp/hs_err_diff.log",
                "--enable-native-access=ALL-UNNAMED"));
        line.add("--class-path=" + System.getProperty("java.class.path"));
        line.addAll(List.of(NativeChild.class.getName(), gate.name(), base.toString()));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectError(
                        Boolean.getBoolean("dev.trapgate.stacktrace")
                                ? ProcessBuilder.Redirect.INHERIT
                                : ProcessBuilder.Redirect.DISCARD);
        return new ChildProcess(builder.start());
    }

    /**
     * Plays a scenario.
     *
     * @param play the scenario
     * @return what the child saw
     * @throws IOException if the child died of it
     */
    Transcript play(Play play) throws IOException {
        TimerTask killer = new TimerTask() {
            @Override
            public void run() {
                process.destroyForcibly();
            }
        };
        WATCH.schedule(killer, greeted ? SILENCE_MILLIS : START_MILLIS);
        try {
            if (!greeted) {
                confined = in.readBoolean();
                greeted = true;
            }
            PlayFrame.write(out, play);
            Transcript transcript = Transcript.read(in);
            spent = !in.readBoolean();
            return transcript;
        } finally {
            killer.cancel();
        }
    }

    /** {@return whether it is not as it was, and will play no more} */
    boolean isSpent() {
        return spent;
    }

    /** {@return whether it plays on a file system of its own, all others being read-only} */
    boolean isConfined() {
        return confined;
    }

    /** {@return how it died, a sentence} */
    String obituary() {
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return process.isAlive()
                ? "the child JVM did not end"
                : "the child JVM that played it ended with status " + process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
