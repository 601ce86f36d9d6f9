package dev.trapgate.emulator.linux.arch.x86.entry.vdso;

/**
 * A function that a vDSO exports.
 *
 * @param name its name
 * @param version its version: {@code LINUX_2.6} or {@code LINUX_2.5}
 * @param offset where it is, counted from the image's first byte
 * @param size its size in bytes
 * @param binding how its name binds
 */
public record VdsoSymbol(String name, String version, int offset, int size, Binding binding) {

    /** How a name binds. */
    public enum Binding {
        /** As names do. */
        GLOBAL,
        /** A program's own function of that name goes first. */
        WEAK
    }
}
