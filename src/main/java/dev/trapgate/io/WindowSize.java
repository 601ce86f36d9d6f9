package dev.trapgate.io;

/**
 * A terminal's size, {@code struct winsize}.
 *
 * @param rows lines of characters, 0 if unknown
 * @param columns characters of a line, 0 if unknown
 * @param width in pixels, mostly 0
 * @param height in pixels, mostly 0
 * @see <a href="https://man7.org/linux/man-pages/man2/TIOCGWINSZ.2const.html">TIOCGWINSZ(2const)</a>
 */
public record WindowSize(int rows, int columns, int width, int height) {}
