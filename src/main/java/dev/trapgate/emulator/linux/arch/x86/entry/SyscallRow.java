package dev.trapgate.emulator.linux.arch.x86.entry;

import dev.trapgate.emulator.linux.kernel.SyscallDefinitions;

/**
 * One number of a table of calls.
 *
 * @param number the number
 * @param name the call's name; empty if no call has the number
 * @param support how much of the call there is
 * @param note what is missing of a partial call; empty otherwise
 * @param hooked whether the entry has been replaced
 */
public record SyscallRow(int number, String name, SyscallDefinitions.Support support, String note, Hook hooked) {

    /** Whose function an entry leads to. */
    public enum Hook {
        /** The kernel's. */
        ORIGINAL,
        /** One that was put in its place. */
        REPLACED
    }
}
