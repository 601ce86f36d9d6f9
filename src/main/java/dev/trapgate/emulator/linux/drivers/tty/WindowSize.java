package dev.trapgate.emulator.linux.drivers.tty;

/**
 * A terminal's size, {@code struct winsize}, each part 0 to 65,535.
 *
 * @param rows lines of characters, 0 if unknown
 * @param columns characters of a line, 0 if unknown
 * @param width in pixels, mostly 0
 * @param height in pixels, mostly 0
 */
public record WindowSize(int rows, int columns, int width, int height) {

    /** A size that nobody knows. */
    public static final WindowSize UNKNOWN = new WindowSize(0, 0, 0, 0);
}
