package dev.trapgate.cli;

import dev.trapgate.Gates;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.notation.CallTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The child's side of a call that may end its process: it writes to a file, before the call and after it, what its
 * parent then shows.
 *
 * <p>The file's lines after the call are the raw result, the call as text, the result as text, and the details.
 */
final class ChildReport {

    /** Set in a child JVM to the file it reports to. */
    static final String PROPERTY = "dev.trapgate.cli.report";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private final Path file;

    private ChildReport(Path file) {
        this.file = file;
    }

    /** {@return the report that this process owes its parent, if it is such a child} */
    static Optional<ChildReport> requested() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of).map(ChildReport::new);
    }

    /**
     * Makes the call, and reports if it returns.
     *
     * @param request what to call, with what
     * @param gate the gate
     * @return the exit status; a process whose calling thread alone is gone does not return, but halts
     */
    int make(CallRequest request, Gate gate) {
        CallTarget target = CallTarget.of(request.target(), gate.abi());
        SyscallEntry entry = Gates.open(gate);
        try (UserMemory.Scope scope = entry.memory().open()) {
            PreparedCall prepared = PreparedCall.of(target, request.arguments(), entry, scope);
            Caller caller = new Caller(prepared);
            caller.start();
            if (caller.hasReturned()) {
                write(caller.answer());
                return ExitStatus.DONE;
            }
            Runtime.getRuntime().halt(prepared.exitStatusOfLostThread());
            throw new AssertionError("halt does not return");
        }
    }

    private void write(Answer answer) {
        List<String> lines = new ArrayList<>();
        lines.add(Long.toString(answer.raw().orElseThrow()));
        lines.add(answer.call());
        lines.add(answer.result());
        lines.addAll(answer.details());
        try {
            Files.write(file, lines, StandardOpenOption.WRITE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("the report to the parent process cannot be written", unwritable);
        }
    }

    /**
     * The thread that makes the call. {@code exit(2)} ends the thread and not the process, and behind the JVM's back:
     * so it is looked for among the kernel's tasks.
     */
    private static final class Caller {

        private final Thread thread = new Thread(this::run, "caller");
        private final PreparedCall call;
        private volatile @Nullable Path task;
        private volatile @Nullable Answer answer;

        Caller(PreparedCall call) {
            this.call = call;
            thread.setDaemon(true);
        }

        void start() {
            thread.start();
        }

        private void run() {
            try {
                task = Path.of("/proc").resolve(Files.readSymbolicLink(Path.of("/proc/thread-self")));
            } catch (IOException masked) {
                throw new UncheckedIOException("the thread's own entry in /proc cannot be read", masked);
            }
            answer = call.make();
        }

        /** Waits until the call has returned or its thread is gone. */
        boolean hasReturned() {
            try {
                while (!thread.join(BETWEEN_LOOKS)) {
                    Path known = task;
                    if (known != null && Files.notExists(known)) {
                        return false;
                    }
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return true;
        }

        Answer answer() {
            Answer made = answer;
            if (made == null) {
                throw new IllegalStateException("the call was not made");
            }
            return made;
        }
    }
}
