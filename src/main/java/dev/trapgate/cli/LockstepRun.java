package dev.trapgate.cli;

import dev.trapgate.differential.lockstep.Lockstep;
import dev.trapgate.differential.lockstep.LockstepException;
import dev.trapgate.differential.lockstep.LockstepResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** {@code trapgate run --lockstep}: what came of following a program, for a person. */
final class LockstepRun {

    private LockstepRun() {}

    /**
     * Follows a program and says what came of it.
     *
     * @param commandLine the program and its arguments
     * @param limit after which time it is killed; null for never
     * @param err where to say it
     * @return 0 if both sides were alike to the end, 1 if not, 3 if the program cannot be followed, 124 if it was killed at the limit
     */
    static int run(List<String> commandLine, @Nullable Duration limit, PrintWriter err)
            throws IOException, InterruptedException {
        Timer timer = new Timer("deadline", true);
        try (Lockstep lockstep = Lockstep.start(new ProcessBuilder(commandLine).inheritIO())) {
            AtomicBoolean late = new AtomicBoolean();
            if (limit != null) {
                timer.schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                late.set(true);
                                lockstep.kill();
                            }
                        },
                        limit.toMillis());
            }
            int status = told(lockstep.run(), err);
            return late.get() ? ExitStatus.TIMED_OUT : status;
        } catch (LockstepException refused) {
            err.println("trapgate: " + commandLine.getFirst() + " cannot be followed: " + refused.getMessage());
            return ExitStatus.NO_SUCH_GATE;
        } finally {
            timer.cancel();
            err.flush();
        }
    }

    private static int told(LockstepResult result, PrintWriter err) {
        err.println("lockstep: " + (result.isAlike() ? "alike to the end" : "different") + ": "
                + result.instructions() + " instructions, " + result.passages() + " passages into the kernel, "
                + result.signals() + " signals" + (result.end() == null ? "" : "; the program " + result.end()));
        result.difference().forEach(err::println);
        return result.isAlike() ? ExitStatus.DONE : ExitStatus.DIFFERED;
    }
}
