package dev.trapgate.entry;

/**
 * How the JVM lets a thread out to native code for a call.
 *
 * @see java.lang.foreign.Linker.Option#critical(boolean)
 */
public enum Linkage {
    /** The thread is seen as being in native code: safe for calls that sleep. */
    ORDINARY,
    /** The thread still counts as running Java: cheaper, but every safepoint waits for the call to end. */
    CRITICAL
}
