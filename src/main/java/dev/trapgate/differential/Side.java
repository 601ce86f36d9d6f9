package dev.trapgate.differential;

import dev.trapgate.entry.Gate;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** One of the two that are compared: plays scenarios, each from a fresh start. */
interface Side extends AutoCloseable {

    /** How long a play may take: a call that has not come back then counts as blocked. */
    long DEADLINE_MILLIS = 2_000;

    /** {@return the gate that the side plays through} */
    Gate gate();

    /** {@return the directory under which the side's plays have theirs, with a slash behind it} */
    default String directory(Path base) {
        return base + "/a/";
    }

    /**
     * Plays a scenario, after those that were handed in before.
     *
     * @param play the scenario
     * @return what was seen, when it has been played
     */
    CompletableFuture<Transcript> play(Play play);

    @Override
    void close();
}
