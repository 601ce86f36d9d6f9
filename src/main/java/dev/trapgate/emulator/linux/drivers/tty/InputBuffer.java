package dev.trapgate.emulator.linux.drivers.tty;

import java.util.BitSet;

/**
 * What was typed and not read yet: {@code read_buf} of {@code struct n_tty_data}, a ring whose places are counted from the
 * start of time. Guarded by its {@link NTty}.
 */
final class InputBuffer {

    /** How many characters it holds: N_TTY_BUF_SIZE. */
    static final int SIZE = 4096;

    private static final int MASK = SIZE - 1;

    private final byte[] ring = new byte[SIZE];
    /** Where lines end. */
    private final BitSet lineEnds = new BitSet(SIZE);

    private long tail;
    private long canonHead;
    private long head;

    /** {@return how many characters there are: {@code read_cnt}} */
    int count() {
        return (int) (head - tail);
    }

    /** {@return how many of them are of the line that is being typed} */
    int lineLength() {
        return (int) (head - canonHead);
    }

    /** {@return whether there is a whole line} */
    boolean hasLine() {
        return canonHead != tail;
    }

    /** {@return how many characters whole lines have} */
    int lineBytes() {
        return (int) (canonHead - tail);
    }

    /** {@return the place behind the last character: {@code read_head}} */
    long head() {
        return head;
    }

    /** {@return the place where the line begins that is being typed: {@code canon_head}} */
    long canonHead() {
        return canonHead;
    }

    /** {@return the character at a place} */
    int at(long place) {
        return ring[(int) place & MASK] & 0xff;
    }

    /** Adds a character: {@code put_tty_queue}. */
    void put(int character) {
        ring[(int) head & MASK] = (byte) character;
        head++;
    }

    /** Takes characters of the line that is being typed back, down to a place. */
    void cutTo(long place) {
        head = place;
    }

    /** Ends the line with a character. */
    void endLine(int character) {
        lineEnds.set((int) head & MASK);
        put(character);
        canonHead = head;
    }

    /** Forgets everything: {@code reset_buffer_flags}. */
    void clear() {
        tail = 0;
        canonHead = 0;
        head = 0;
        lineEnds.clear();
    }

    /** Forgets where lines end, since they count no more. */
    void leaveLines() {
        lineEnds.clear();
        canonHead = tail;
    }

    /** Makes one line of all that there is, since lines count from now on. */
    void enterLines() {
        leaveLines();
        if (count() > 0) {
            lineEnds.set((int) (head - 1) & MASK);
            canonHead = head;
        }
    }

    /** {@return how far it is to the end of the first line, the end included; no more than a number} */
    int lineUpTo(int most) {
        int available = Math.min(most, lineBytes());
        for (int i = 0; i < available; i++) {
            if (lineEnds.get((int) (tail + i) & MASK)) {
                return i + 1;
            }
        }
        return available;
    }

    /** {@return whether a line ends with the character so many places on} */
    boolean endsLine(int offset) {
        return lineEnds.get((int) (tail + offset) & MASK);
    }

    /** {@return a copy of the first characters} */
    byte[] peek(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = ring[(int) (tail + i) & MASK];
        }
        return bytes;
    }

    /** Forgets the first characters: they were read. */
    void consume(int count) {
        for (int i = 0; i < count; i++) {
            lineEnds.clear((int) (tail + i) & MASK);
        }
        tail += count;
        if (canonHead < tail) {
            canonHead = tail;
        }
    }
}
