package dev.trapgate.emulator.linux.drivers.tty;

import java.io.ByteArrayOutputStream;

/**
 * What a line discipline makes of characters on their way out, and in which column they end: {@code do_output_char} and the
 * echo of drivers/tty/n_tty.c, Linux 6.18. Guarded by its {@link NTty}.
 */
final class OutputProcessing {

    private static final int TAB = 8;
    private static final int DELETE = 0x7f;

    private final TtyDriver driver;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private int column;
    /** Where the line began that is being typed. */
    private int canonColumn;

    OutputProcessing(TtyDriver driver) {
        this.driver = driver;
    }

    /** Hands what has been gathered to the driver. */
    void commit() {
        if (pending.size() > 0) {
            byte[] bytes = pending.toByteArray();
            pending.reset();
            driver.write(bytes, 0, bytes.length);
        }
    }

    /** Puts out what a program wrote. */
    void put(Termios termios, byte[] bytes, int length) {
        if (!termios.output(Termios.OPOST)) {
            pending.write(bytes, 0, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            put(termios, bytes[i] & 0xff);
        }
    }

    /** {@code do_output_char}. */
    private void put(Termios termios, int character) {
        switch (character) {
            case '\n' -> newLine(termios);
            case '\r' -> carriageReturn(termios);
            case '\t' -> tab(termios);
            case '\b' -> {
                column = Math.max(0, column - 1);
                pending.write(character);
            }
            default -> ordinary(termios, character);
        }
    }

    private void newLine(Termios termios) {
        if (termios.output(Termios.ONLRET)) {
            column = 0;
        }
        if (termios.output(Termios.ONLCR)) {
            column = 0;
            canonColumn = 0;
            pending.write('\r');
        } else {
            canonColumn = column;
        }
        pending.write('\n');
    }

    private void carriageReturn(Termios termios) {
        if (termios.output(Termios.ONOCR) && column == 0) {
            return;
        }
        if (termios.output(Termios.OCRNL)) {
            if (termios.output(Termios.ONLRET)) {
                column = 0;
                canonColumn = 0;
            }
            pending.write('\n');
            return;
        }
        column = 0;
        canonColumn = 0;
        pending.write('\r');
    }

    private void tab(Termios termios) {
        int spaces = TAB - (column & TAB - 1);
        column += spaces;
        if (!termios.output(Termios.TABDLY)) {
            pending.write('\t');
            return;
        }
        for (int i = 0; i < spaces; i++) {
            pending.write(' ');
        }
    }

    private void ordinary(Termios termios, int character) {
        boolean lower = character >= 'a' && character <= 'z';
        int shown = termios.output(Termios.OLCUC) && lower ? character - 'a' + 'A' : character;
        if (!isControl(shown) && !isContinuation(termios, shown)) {
            column++;
        }
        pending.write(shown);
    }

    /** {@code iscntrl}. */
    static boolean isControl(int character) {
        return character < ' ' || character == DELETE;
    }

    /** {@code is_continuation}: not the first byte of a character of UTF-8. */
    static boolean isContinuation(Termios termios, int character) {
        return termios.input(Termios.IUTF8) && (character & 0xc0) == 0x80;
    }

    // Echo.

    /** {@code echo_char_raw}: processed as output is, control characters as they are. */
    void echoRaw(Termios termios, int character) {
        if (termios.output(Termios.OPOST)) {
            put(termios, character);
        } else {
            pending.write(character);
        }
    }

    /** {@code echo_char}: control characters so that they can be seen, if the terminal wants that. */
    void echo(Termios termios, int character) {
        if (termios.local(Termios.ECHOCTL) && isControl(character) && character != '\t') {
            pending.write('^');
            pending.write(character ^ 0x40);
            column += 2;
        } else {
            echoRaw(termios, character);
        }
    }

    /** {@code echo_set_canon_col}: a line begins to be typed here. */
    void beginLine() {
        canonColumn = column;
    }

    /** {@code echo_move_back_col}. */
    void moveBack() {
        pending.write('\b');
        column = Math.max(0, column - 1);
    }

    /** Takes one character back from the screen. */
    void eraseOne() {
        moveBack();
        pending.write(' ');
        column++;
        moveBack();
    }

    /** {@return the column in which the line began that is being typed} */
    int lineColumn() {
        return canonColumn;
    }

    /** Takes a tab back that began in a column: {@code echo_erase_tab}. */
    void eraseTab(int from) {
        for (int back = TAB - (from & TAB - 1); back > 0; back--) {
            moveBack();
        }
    }
}
