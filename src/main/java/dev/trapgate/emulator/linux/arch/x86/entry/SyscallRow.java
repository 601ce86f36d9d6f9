package dev.trapgate.emulator.linux.arch.x86.entry;

/**
 * One number of a table of calls.
 *
 * @param number the number
 * @param name the call's name; empty if no call has the number
 * @param support how much of the call there is
 * @param note what is missing of a partial call; empty otherwise
 * @param hooked whether the entry has been replaced
 */
public record SyscallRow(int number, String name, Support support, String note, Hook hooked) {

    /** How much of a call the emulated kernel has. */
    public enum Support {
        /** All that a program can see. */
        SUPPORTED,
        /** Some; the note says what is missing. */
        PARTIAL,
        /** Nothing: the call answers ENOSYS. */
        ABSENT
    }

    /** Whose function an entry leads to. */
    public enum Hook {
        /** The kernel's. */
        ORIGINAL,
        /** One that was put in its place. */
        REPLACED
    }
}
