package dev.trapgate.emulator.linux.drivers.tty;

import dev.trapgate.emulator.linux.drivers.tty.Termios.Control;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.WaitQueue;
import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;

/**
 * The line discipline of terminals: drivers/tty/n_tty.c, Linux 6.18. Lines are edited, echoed and given to readers whole, or
 * characters as they come; some send signals. Its monitor guards it; signals are sent outside of it.
 */
final class NTty {

    private static final int BELL = 7;
    private static final int PARITY_MARK = 0xff;
    private static final int READABLE = FileOperations.POLLIN | FileOperations.POLLRDNORM;
    private static final int WRITABLE = FileOperations.POLLOUT | FileOperations.POLLWRNORM;

    private final OutputProcessing output;
    private final LineEditing editing;
    private final InputBuffer input = new InputBuffer();
    private final IntConsumer signals;
    private final WaitQueue readers = new WaitQueue();
    private final WaitQueue writers = new WaitQueue();
    private volatile Termios termios;
    private volatile boolean stopped;
    private volatile boolean hungUp;
    private boolean literalNext;

    /**
     * Makes one without input.
     *
     * @param driver where output goes
     * @param termios its first settings
     * @param signals sends a signal to the terminal's foreground group
     */
    NTty(TtyDriver driver, Termios termios, IntConsumer signals) {
        this.output = new OutputProcessing(driver);
        this.editing = new LineEditing(input, output);
        this.termios = termios;
        this.signals = signals;
    }

    /** {@return who waits for input} */
    WaitQueue readers() {
        return readers;
    }

    /** {@return who waits for room} */
    WaitQueue writers() {
        return writers;
    }

    /** {@return its settings} */
    Termios termios() {
        return termios;
    }

    /** Changes its settings: {@code n_tty_set_termios}. */
    synchronized void setTermios(Termios settings) {
        boolean wasByLines = termios.local(Termios.ICANON);
        boolean isByLines = settings.local(Termios.ICANON);
        termios = settings;
        if (wasByLines != isByLines) {
            literalNext = false;
            editing.forget();
            if (isByLines) {
                input.enterLines();
            } else {
                input.leaveLines();
            }
        }
        if (!settings.input(Termios.IXON)) {
            stopped = false;
        }
        readers.wakeUpAll(READABLE);
        writers.wakeUpAll(WRITABLE);
        notifyAll();
    }

    /** {@return whether its other end is gone} */
    boolean isHungUp() {
        return hungUp;
    }

    /** Notes that its other end is gone. */
    synchronized void hangUp() {
        hungUp = true;
        readers.wakeUpAll(READABLE | FileOperations.POLLHUP | FileOperations.POLLERR);
        writers.wakeUpAll(WRITABLE | FileOperations.POLLHUP | FileOperations.POLLERR);
        notifyAll();
    }

    // Output.

    /** {@return whether output is held up: the user or a program stopped it} */
    boolean isStopped() {
        return stopped;
    }

    /** Holds output up: {@code stop_tty}. */
    void stop() {
        stopped = true;
    }

    /** Lets output go on: {@code start_tty}. */
    void start() {
        stopped = false;
        writers.wakeUpAll(WRITABLE);
    }

    /** Puts out what a program wrote. */
    synchronized void write(byte[] bytes, int length) {
        output.put(termios, bytes, length);
        output.commit();
    }

    // Input.

    /**
     * Takes what was typed: {@code n_tty_receive_buf_common}.
     *
     * @param bytes where it is
     * @param offset the first of it
     * @param length how much
     * @return how much there was room for; the rest is to be offered again after {@link #awaitRoom}
     */
    int receive(byte[] bytes, int offset, int length) {
        for (int i = 0; i < length; i++) {
            int signal;
            synchronized (this) {
                boolean overflows = termios.local(Termios.ICANON) && !input.hasLine();
                if (room() <= 0 && !overflows) {
                    return i;
                }
                if (room() <= 0) {
                    // A line too long: its last character is given up, so that its end can still come.
                    input.cutTo(input.head() - 1);
                    bell();
                }
                signal = receive(bytes[offset + i] & 0xff);
                output.commit();
            }
            if (signal != 0) {
                signals.accept(signal);
            }
        }
        return length;
    }

    /**
     * Waits until there is room for more.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    synchronized void awaitRoom() throws InterruptedException {
        while (room() <= 0 && !hungUp && !(termios.local(Termios.ICANON) && !input.hasLine())) {
            wait();
        }
    }

    private int room() {
        int free = InputBuffer.SIZE - input.count();
        return (termios.input(Termios.PARMRK) ? (free + 2) / 3 : free) - 1;
    }

    private void bell() {
        if (termios.input(Termios.IMAXBEL)) {
            output.echoRaw(termios, BELL);
        }
    }

    /** {@return the signal that a character sends, or 0} */
    private int receive(int typed) {
        int character = termios.input(Termios.ISTRIP) ? typed & 0x7f : typed;
        boolean lowers = termios.input(Termios.IUCLC) && termios.local(Termios.IEXTEN);
        character = lowers ? Character.toLowerCase(character) & 0xff : character;
        if (literalNext) {
            literalNext = false;
            ordinary(character);
            return 0;
        }
        if (flowControl(character)) {
            return 0;
        }
        int signal = signalOf(character);
        if (signal != 0) {
            signal(character);
            return signal;
        }
        if (stopped && termios.input(Termios.IXON) && termios.input(Termios.IXANY)) {
            start();
        }
        special(character);
        return 0;
    }

    private boolean flowControl(int character) {
        if (!termios.input(Termios.IXON)) {
            return false;
        }
        if (termios.is(Control.VSTART, character)) {
            start();
            return true;
        }
        if (termios.is(Control.VSTOP, character)) {
            stop();
            return true;
        }
        return false;
    }

    private int signalOf(int character) {
        if (!termios.local(Termios.ISIG)) {
            return 0;
        }
        return termios.is(Control.VINTR, character)
                ? Signal.SIGINT
                : termios.is(Control.VQUIT, character)
                        ? Signal.SIGQUIT
                        : termios.is(Control.VSUSP, character) ? Signal.SIGTSTP : 0;
    }

    /** {@code n_tty_receive_signal_char}, but for the sending. */
    private void signal(int character) {
        if (!termios.local(Termios.NOFLSH)) {
            flushInput();
        }
        if (termios.input(Termios.IXON)) {
            start();
        }
        if (termios.local(Termios.ECHO)) {
            output.echo(termios, character);
        }
    }

    private void special(int typed) {
        int character = typed;
        if (character == '\r') {
            if (termios.input(Termios.IGNCR)) {
                return;
            }
            character = termios.input(Termios.ICRNL) ? '\n' : character;
        } else if (character == '\n' && termios.input(Termios.INLCR)) {
            character = '\r';
        }
        if (!termios.local(Termios.ICANON) || !canonical(character)) {
            ordinary(character);
        }
    }

    /** {@code n_tty_receive_char_canon}. {@return whether the character was more than itself} */
    private boolean canonical(int character) {
        boolean extended = termios.local(Termios.IEXTEN);
        if (termios.is(Control.VERASE, character)
                || termios.is(Control.VKILL, character)
                || (extended && termios.is(Control.VWERASE, character))) {
            editing.erase(termios, character);
            return true;
        }
        if (extended && termios.is(Control.VLNEXT, character)) {
            literalNext = true;
            editing.announceLiteral(termios);
            return true;
        }
        if (extended && termios.local(Termios.ECHO) && termios.is(Control.VREPRINT, character)) {
            editing.reprint(termios, character);
            return true;
        }
        return lineEnd(character);
    }

    private boolean lineEnd(int character) {
        if (character == '\n') {
            if (termios.local(Termios.ECHO) || termios.local(Termios.ECHONL)) {
                output.echoRaw(termios, character);
            }
            endLine(character);
            return true;
        }
        if (termios.is(Control.VEOF, character)) {
            endLine(Termios.DISABLED);
            return true;
        }
        boolean second = termios.local(Termios.IEXTEN) && termios.is(Control.VEOL2, character);
        if (termios.is(Control.VEOL, character) || second) {
            editing.echo(termios, character);
            if (termios.input(Termios.PARMRK) && character == PARITY_MARK) {
                input.put(character);
            }
            endLine(character);
            return true;
        }
        return false;
    }

    /** {@code n_tty_handle_newline}. */
    private void endLine(int character) {
        input.endLine(character);
        readers.wakeUpAll(READABLE);
    }

    private void ordinary(int character) {
        editing.echo(termios, character);
        if (termios.input(Termios.PARMRK) && character == PARITY_MARK) {
            input.put(character);
        }
        input.put(character);
        if (!termios.local(Termios.ICANON)) {
            readers.wakeUpAll(READABLE);
        }
    }

    /** Forgets what was typed and not read: {@code n_tty_flush_buffer}. */
    synchronized void flushInput() {
        input.clear();
        literalNext = false;
        editing.forget();
        notifyAll();
    }

    // Reading.

    /** {@return whether so much can be read at once: {@code input_available_p}; a line if it comes by lines} */
    synchronized boolean isReadable(int amount) {
        return termios.local(Termios.ICANON) ? input.hasLine() : input.count() >= Math.max(1, amount);
    }

    /** {@return how many bytes FIONREAD tells of} */
    synchronized int available() {
        return termios.local(Termios.ICANON) ? input.lineBytes() : input.count();
    }

    /**
     * Gives a line, or what was typed.
     *
     * @return how many bytes; 0 at an end of file that was typed; −EAGAIN if nothing can be read, −EFAULT
     */
    synchronized long take(IovIter to) {
        if (!isReadable(1)) {
            return ErrorNumbers.EAGAIN;
        }
        int wanted = (int) Math.min(to.count(), InputBuffer.SIZE);
        boolean byLines = termios.local(Termios.ICANON);
        // An end of file that was typed is one more than it shows.
        int size = byLines ? input.lineUpTo(wanted + 1) : Math.min(wanted, input.count());
        boolean endOfFile = byLines && size > 0 && input.endsLine(size - 1) && isEndOfFile(size - 1);
        int shown = Math.min(endOfFile ? size - 1 : size, wanted);
        long copied = to.copyTo(MemorySegment.ofArray(input.peek(shown)), 0, shown);
        if (copied < shown) {
            return ErrorNumbers.EFAULT;
        }
        input.consume(endOfFile ? size : shown);
        notifyAll();
        return shown;
    }

    private boolean isEndOfFile(int offset) {
        return input.peek(offset + 1)[offset] == Termios.DISABLED;
    }
}
