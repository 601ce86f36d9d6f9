package dev.trapgate.differential.lockstep;

import dev.trapgate.emulator.linux.kernel.TaskEnd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of following a program.
 *
 * @param instructions how many instructions both sides executed, repetitions of one counting once
 * @param passages how many times the program was in the kernel, signals not counted
 * @param signals how many signals it took
 * @param difference the first difference, lines for a person; empty if there is none
 * @param end how the program ended; null where a difference ended the following
 */
public record LockstepResult(
        long instructions,
        long passages,
        long signals,
        List<String> difference,
        @Nullable TaskEnd end) {

    /** Keeps a copy of the lines. */
    public LockstepResult {
        difference = List.copyOf(difference);
    }

    /** {@return whether both sides were alike to the end} */
    public boolean isAlike() {
        return difference.isEmpty();
    }
}
