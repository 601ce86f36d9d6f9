package dev.trapgate.host.i386;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The one companion process of this JVM, which all gates that need one use; started when it is first asked for. */
public final class SharedCompanion {

    private static final SharedCompanion SHARED = new SharedCompanion();

    private @Nullable Companion companion;

    private SharedCompanion() {}

    /**
     * {@return the companion}
     *
     * @throws IOException if it cannot be started; the next caller tries again
     */
    public static Companion get() throws IOException {
        return SHARED.started();
    }

    private synchronized Companion started() throws IOException {
        if (companion == null) {
            companion = Companion.start();
        }
        return companion;
    }
}
