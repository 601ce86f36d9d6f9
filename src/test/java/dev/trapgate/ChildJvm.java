package dev.trapgate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JVM of its own for a test that could end its JVM, or that needs one started otherwise. It is killed at a deadline,
 * its standard input is empty, and what it prints to either stream is kept, with the head of its crash report.
 */
public final class ChildJvm {

    private static final long DEADLINE_SECONDS = 60;
    private static final int LINES_OF_CRASH_REPORT = 120;

    private final List<String> options = new ArrayList<>(List.of(
            "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-CreateCoredumpOnCrash", "-Xshare:auto"));
    private final List<String> main;
    private String classPath = System.getProperty("java.class.path");
    private boolean nativeAccess = true;

    private ChildJvm(List<String> main) {
        this.main = main;
    }

    /**
     * How a child ended.
     *
     * @param exitStatus its exit status, or 128 plus the number of the signal that ended it
     * @param output what it printed, then the head of its crash report if it left one
     */
    public record Outcome(int exitStatus, String output) {

        /** {@return whether the child came to a bad end: the JVM itself says so, whatever its exit status} */
        public boolean hasCrashed() {
            return output.contains("A fatal error has been detected by the Java Runtime Environment");
        }
    }

    /** {@return a child that will run a class's {@code main}} */
    public static ChildJvm running(Class<?> mainClass, String... arguments) {
        return running(mainClass.getName(), arguments);
    }

    /** {@return a child that will run the {@code main} of a class of that name} */
    public static ChildJvm running(String mainClass, String... arguments) {
        return new ChildJvm(
                Stream.concat(Stream.of(mainClass), Arrays.stream(arguments)).toList());
    }

    /** {@return this child, started with more options of {@code java}} */
    public ChildJvm with(String... moreOptions) {
        options.addAll(List.of(moreOptions));
        return this;
    }

    /** {@return this child, its class path cut down to some of this JVM's entries} */
    public ChildJvm withClassPath(Predicate<Path> kept) {
        classPath = Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> kept.test(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
        return this;
    }

    /** {@return this child, started without a word on native access} */
    public ChildJvm withoutNativeAccess() {
        nativeAccess = false;
        return this;
    }

    /**
     * Runs the child to its end.
     *
     * @return how it ended
     * @throws AssertionError if it is still running at the deadline
     */
    public Outcome run() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("child-jvm");
        Path output = directory.resolve("output");
        Path crash = directory.resolve("crash");
        try {
            Process child = new ProcessBuilder(commandLine(crash))
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return ended(child, output, crash);
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(crash);
            Files.deleteIfExists(directory);
        }
    }

    private static Outcome ended(Process child, Path output, Path crash) throws IOException, InterruptedException {
        try {
            boolean ended = child.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
            String text = Files.readString(output) + head(crash);
            if (!ended) {
                throw new AssertionError("a child JVM still ran after " + DEADLINE_SECONDS + " s; it printed\n" + text);
            }
            return new Outcome(child.exitValue(), text);
        } finally {
            child.destroyForcibly();
        }
    }

    private static String head(Path crash) throws IOException {
        if (!Files.exists(crash)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(crash)) {
            return "\n" + lines.limit(LINES_OF_CRASH_REPORT).collect(Collectors.joining("\n"));
        }
    }

    private List<String> commandLine(Path crash) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.add("-XX:ErrorFile=" + crash);
        if (nativeAccess) {
            line.add("--enable-native-access=ALL-UNNAMED");
        }
        line.addAll(List.of("--class-path", classPath));
        line.addAll(main);
        return line;
    }
}
