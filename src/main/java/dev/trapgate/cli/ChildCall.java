package dev.trapgate.cli;

import dev.trapgate.entry.Gate;
import dev.trapgate.notation.CallTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The parent's side of a call that may end its process: it is made in a child JVM, which nobody will miss. */
final class ChildCall {

    private static final Set<String> EXITS = Set.of("exit", "exit_group");
    private static final Set<String> REPLACES = Set.of("execve", "execveat");

    /** Properties of this program that a child must share. */
    private static final String SHARED_PROPERTIES = "dev.trapgate.";

    private final CallRequest request;
    private final Gate gate;

    /**
     * Begins with a request.
     *
     * @param request what to call, with what
     * @param gate the gate
     */
    ChildCall(CallRequest request, Gate gate) {
        this.request = request;
        this.gate = gate;
    }

    /**
     * Makes the call in a child with this process's standard streams, and waits for the child to end.
     *
     * @param target the call, in the gate's ABI
     * @param text the call as text, for the case that it does not return
     * @return what became of it
     */
    Answer make(CallTarget target, String text) {
        try {
            Path directory = Files.createTempDirectory("trapgate-child");
            try {
                return make(target, text, directory);
            } finally {
                Files.deleteIfExists(directory.resolve("report"));
                Files.deleteIfExists(directory.resolve("crash"));
                Files.deleteIfExists(directory);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the child JVM for " + request.target() + " cannot be run", failed);
        }
    }

    private Answer make(CallTarget target, String text, Path directory) throws IOException {
        Path report = Files.createFile(directory.resolve("report"));
        Path crash = directory.resolve("crash");
        int exitStatus = ended(start(target, report, crash));
        List<String> lines = Files.readAllLines(report);
        if (lines.isEmpty()) {
            return ended(target, text, ProcessEnding.of(exitStatus, crash));
        }
        long raw = Long.parseLong(lines.get(0));
        return Answer.returned(gate, lines.get(1), lines.get(2), raw, lines.subList(3, lines.size()));
    }

    private Answer ended(CallTarget target, String text, ProcessEnding ending) {
        if (EXITS.contains(target.name())) {
            return Answer.ended(gate, text, "?", "+++ exited with " + ending.exitStatus() + " +++", ExitStatus.DONE);
        }
        if (REPLACES.contains(target.name()) && ending.crash().isEmpty()) {
            return Answer.ended(gate, text, "0", ending.textOfProgram(), ExitStatus.DONE);
        }
        return Answer.ended(gate, text, "?", ending.text(), ending.isSignal() ? ExitStatus.DIFFERED : ExitStatus.DONE);
    }

    private Process start(CallTarget target, Path report, Path crash) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(commandLine(report, crash)).inheritIO();
        boolean mayBecomeAnotherProgram = REPLACES.contains(target.name());
        if (!mayBecomeAnotherProgram) {
            // Only a JVM that crashes writes there.
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        }
        return builder.start();
    }

    private static int ended(Process child) {
        Thread ender = new Thread(child::destroy);
        Runtime.getRuntime().addShutdownHook(ender);
        try {
            return child.waitFor();
        } catch (InterruptedException stopped) {
            child.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a child JVM made the call", stopped);
        } finally {
            removeHook(ender);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyShuttingDown) {
            // Then the hook runs, and there is no child left to end.
        }
    }

    private List<String> commandLine(Path report, Path crash) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-CreateCoredumpOnCrash"));
        line.add("-XX:ErrorFile=" + crash);
        line.add("--enable-native-access=ALL-UNNAMED");
        line.add("--class-path=" + System.getProperty("java.class.path"));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(SHARED_PROPERTIES))
                .forEach(name -> line.add("-D" + name + "=" + System.getProperty(name)));
        line.add("-D" + ChildReport.PROPERTY + "=" + report);
        line.addAll(List.of(Main.class.getName(), "call", "--gate", gate.name(), "--", request.target()));
        line.addAll(request.words());
        return line;
    }
}
