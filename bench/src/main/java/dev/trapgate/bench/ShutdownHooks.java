package dev.trapgate.bench;

/** What is to be done should the JVM end early. */
final class ShutdownHooks {

    private ShutdownHooks() {}

    /**
     * Takes a hook away again. If the JVM is ending already, the hook is at work and stays.
     *
     * @param hook the hook
     */
    static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // Too late, and no harm.
        }
    }
}
