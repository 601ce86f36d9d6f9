package dev.trapgate.emulator.linux.drivers.tty;

/** What is at the other end of a terminal's line: {@code struct tty_operations}. */
@FunctionalInterface
public interface TtyDriver {

    /**
     * Shows characters, all of them, in order. It may wait.
     *
     * @param bytes where they are
     * @param offset the first
     * @param length how many
     */
    void write(byte[] bytes, int offset, int length);
}
