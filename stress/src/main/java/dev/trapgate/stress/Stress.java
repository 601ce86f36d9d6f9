package dev.trapgate.stress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jcstress.Main;

/**
 * Runs the jcstress tests of the emulated kernel: by default a short look; with jcstress's own options, {@code -m tough} for
 * one, a long one.
 */
public final class Stress {

    /** Few states at a time: each has a place in the one program's memory. */
    private static final List<String> ALWAYS = List.of("-strideSize", "8", "-strideCount", "8");

    /** One JVM for each test instead of one for each way to compile it. */
    private static final List<String> SHORT =
            List.of("-m", "sanity", "-sc", "false", "-af", "NONE", "-jvmArgs", "-XX:+UseSerialGC");

    private Stress() {}

    /**
     * Runs them.
     *
     * @param arguments jcstress's options; none for a short run
     */
    public static void main(String[] arguments) throws Exception {
        List<String> all = new ArrayList<>(ALWAYS);
        all.addAll(arguments.length == 0 ? SHORT : Arrays.asList(arguments));
        Main.main(all.toArray(String[]::new));
    }
}
