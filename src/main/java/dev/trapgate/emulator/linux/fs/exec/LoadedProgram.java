package dev.trapgate.emulator.linux.fs.exec;

import dev.trapgate.emulator.cpu.Descriptor.Width;

/**
 * A program in memory, ready to begin.
 *
 * @param width 32- or 64-bit code
 * @param entry its first instruction's address
 * @param stackPointer where its argument count is
 */
public record LoadedProgram(Width width, long entry, long stackPointer) {}
