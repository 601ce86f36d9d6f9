package dev.trapgate.emulator.linux.drivers.tty;

import dev.trapgate.emulator.linux.drivers.tty.Termios.Control;

/** Taking back what was typed, and showing it: {@code eraser} of drivers/tty/n_tty.c. Guarded by its {@link NTty}. */
final class LineEditing {

    private final InputBuffer input;
    private final OutputProcessing output;
    /** Whether what is taken back is being shown between a backslash and a slash: ECHOPRT. */
    private boolean erasing;

    LineEditing(InputBuffer input, OutputProcessing output) {
        this.input = input;
        this.output = output;
    }

    /** Forgets what it was doing: the line is gone. */
    void forget() {
        erasing = false;
    }

    /** Shows what was typed, if that is wanted. */
    void echo(Termios termios, int character) {
        if (!termios.local(Termios.ECHO)) {
            return;
        }
        finish(termios);
        if (character == '\n') {
            output.echoRaw(termios, character);
            return;
        }
        if (input.lineLength() == 0) {
            output.beginLine();
        }
        output.echo(termios, character);
    }

    /** Shows that the next character will mean nothing special. */
    void announceLiteral(Termios termios) {
        if (termios.local(Termios.ECHO)) {
            finish(termios);
            if (termios.local(Termios.ECHOCTL)) {
                output.echoRaw(termios, '^');
                output.echoRaw(termios, '\b');
            }
        }
    }

    /** Shows the line anew. */
    void reprint(Termios termios, int character) {
        finish(termios);
        output.echo(termios, character);
        output.echoRaw(termios, '\n');
        for (long place = input.canonHead(); place < input.head(); place++) {
            output.echo(termios, input.at(place));
        }
    }

    /** {@code finish_erasing}. */
    private void finish(Termios termios) {
        if (erasing) {
            output.echoRaw(termios, '/');
            erasing = false;
        }
    }

    /** Takes a character, a word or the line back, by the character that was typed for it. */
    void erase(Termios termios, int typed) {
        if (input.lineLength() == 0) {
            return;
        }
        boolean one = termios.is(Control.VERASE, typed);
        boolean word = !one && termios.local(Termios.IEXTEN) && termios.is(Control.VWERASE, typed);
        if (!one && !word && killAtOnce(termios)) {
            return;
        }
        boolean inWord = false;
        while (input.lineLength() > 0) {
            long start = lastCharacter(termios);
            int character = input.at(start);
            if (OutputProcessing.isContinuation(termios, character)) {
                break;
            }
            boolean letter = Character.isLetterOrDigit(character) || character == '_';
            if (word && inWord && !letter) {
                break;
            }
            inWord |= letter;
            long end = input.head();
            input.cutTo(start);
            show(termios, character, start, end, one);
            if (one) {
                break;
            }
        }
        if (input.lineLength() == 0 && termios.local(Termios.ECHO)) {
            finish(termios);
        }
    }

    /** {@return whether the line is gone without being taken back on the screen} */
    private boolean killAtOnce(Termios termios) {
        boolean shown = termios.local(Termios.ECHO);
        boolean takesBack =
                termios.local(Termios.ECHOK) && termios.local(Termios.ECHOKE) && termios.local(Termios.ECHOE);
        if (shown && takesBack) {
            return false;
        }
        input.cutTo(input.canonHead());
        if (shown) {
            finish(termios);
            output.echo(termios, termios.character(Control.VKILL));
            if (termios.local(Termios.ECHOK)) {
                output.echoRaw(termios, '\n');
            }
        }
        return true;
    }

    /** {@return where the last character begins, of one or more bytes} */
    private long lastCharacter(Termios termios) {
        long place = input.head() - 1;
        while (place > input.canonHead() && OutputProcessing.isContinuation(termios, input.at(place))) {
            place--;
        }
        return place;
    }

    private void show(Termios termios, int character, long start, long end, boolean one) {
        if (!termios.local(Termios.ECHO)) {
            return;
        }
        if (termios.local(Termios.ECHOPRT)) {
            if (!erasing) {
                output.echoRaw(termios, '\\');
                erasing = true;
            }
            output.echo(termios, character);
            for (long place = start + 1; place < end; place++) {
                output.echoRaw(termios, input.at(place));
                output.moveBack();
            }
        } else if (one && !termios.local(Termios.ECHOE)) {
            output.echo(termios, termios.character(Control.VERASE));
        } else if (character == '\t') {
            eraseTab(termios);
        } else {
            eraseShown(termios, character);
        }
    }

    private void eraseTab(Termios termios) {
        int columns = 0;
        long place = input.head();
        while (place > input.canonHead()) {
            place--;
            int before = input.at(place);
            if (before == '\t') {
                output.eraseTab(columns);
                return;
            }
            if (OutputProcessing.isControl(before)) {
                columns += termios.local(Termios.ECHOCTL) ? 2 : 0;
            } else if (!OutputProcessing.isContinuation(termios, before)) {
                columns++;
            }
        }
        output.eraseTab(columns + output.lineColumn());
    }

    private void eraseShown(Termios termios, int character) {
        boolean control = OutputProcessing.isControl(character);
        if (control && termios.local(Termios.ECHOCTL)) {
            output.eraseOne();
        }
        if (!control || termios.local(Termios.ECHOCTL)) {
            output.eraseOne();
        }
    }
}
