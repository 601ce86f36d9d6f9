package dev.trapgate.emulator.linux.drivers.tty;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A terminal's settings, {@code struct ktermios} of include/uapi/asm-generic/termbits.h, the same for both ABIs. They do not
 * change.
 */
public final class Termios {

    /** Bytes of {@code struct termios}. */
    public static final int SIZE = 36;
    /** Bytes of {@code struct termios2}, which has speeds behind it. */
    static final int SIZE_2 = 44;
    /** Bytes of the old {@code struct termio}. */
    static final int OLD_SIZE = 18;

    // c_iflag
    static final int PARMRK = 0x8;
    static final int ISTRIP = 0x20;
    static final int INLCR = 0x40;
    static final int IGNCR = 0x80;
    static final int ICRNL = 0x100;
    static final int IUCLC = 0x200;
    static final int IXON = 0x400;
    static final int IXANY = 0x800;
    static final int IMAXBEL = 0x2000;
    static final int IUTF8 = 0x4000;

    // c_oflag
    static final int OPOST = 0x1;
    static final int OLCUC = 0x2;
    static final int ONLCR = 0x4;
    static final int OCRNL = 0x8;
    static final int ONOCR = 0x10;
    static final int ONLRET = 0x20;
    static final int TABDLY = 0x1800;

    // c_lflag
    static final int ISIG = 0x1;
    static final int ICANON = 0x2;
    static final int ECHO = 0x8;
    static final int ECHOE = 0x10;
    static final int ECHOK = 0x20;
    static final int ECHONL = 0x40;
    static final int NOFLSH = 0x80;
    static final int TOSTOP = 0x100;
    static final int ECHOCTL = 0x200;
    static final int ECHOPRT = 0x400;
    static final int ECHOKE = 0x800;
    static final int IEXTEN = 0x8000;

    /** CLOCAL of c_cflag. */
    static final int CLOCAL = 0x800;
    /** CSIZE|PARENB, which a pseudo-terminal has not got. */
    private static final int CSIZE_PARENB = 0x130;
    /** CS8|CREAD, which it always has. */
    private static final int CS8_CREAD = 0xb0;
    /** B38400|CS8|CREAD. */
    private static final int STANDARD_CONTROL = 0xbf;

    private static final int STANDARD_SPEED = 38_400;

    /** A character that is none: {@code _POSIX_VDISABLE}. */
    static final int DISABLED = 0;

    private static final int CHARACTERS = 19;
    private static final int OLD_CHARACTERS = 8;
    private static final int HALF = 0xffff;
    private static final int FIRST_CHARACTER = 17;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** A special character's place in {@code c_cc}. */
    enum Control {
        VINTR(0),
        VQUIT(1),
        VERASE(2),
        VKILL(3),
        VEOF(4),
        VTIME(5),
        VMIN(6),
        VSWTC(7),
        VSTART(8),
        VSTOP(9),
        VSUSP(10),
        VEOL(11),
        VREPRINT(12),
        VDISCARD(13),
        VWERASE(14),
        VLNEXT(15),
        VEOL2(16);

        private final int place;

        Control(int place) {
            this.place = place;
        }
    }

    private final int input;
    private final int output;
    private final int control;
    private final int local;
    private final int discipline;
    private final byte[] characters;
    private final int inputSpeed;
    private final int outputSpeed;

    private Termios(
            int input,
            int output,
            int control,
            int local,
            int discipline,
            byte[] characters,
            int inputSpeed,
            int outputSpeed) {
        this.input = input;
        this.output = output;
        this.control = control;
        this.local = local;
        this.discipline = discipline;
        this.characters = characters;
        this.inputSpeed = inputSpeed;
        this.outputSpeed = outputSpeed;
    }

    /** {@return what a terminal begins with: {@code tty_std_termios}, and what a pseudo-terminal makes of it} */
    public static Termios standard() {
        byte[] characters = new byte[CHARACTERS];
        byte[] standard = {3, 0x1c, 0x7f, 0x15, 4, 0, 1, 0, 0x11, 0x13, 0x1a, 0, 0x12, 0xf, 0x17, 0x16};
        System.arraycopy(standard, 0, characters, 0, standard.length);
        int local = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN;
        return new Termios(
                ICRNL | IXON, OPOST | ONLCR, STANDARD_CONTROL, local, 0, characters, STANDARD_SPEED, STANDARD_SPEED);
    }

    /**
     * {@return the settings in a {@code struct termios}}
     *
     * @param memory the structure, {@link #SIZE} bytes; with speeds, if it is longer
     */
    public static Termios read(MemorySegment memory) {
        byte[] characters = new byte[CHARACTERS];
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, FIRST_CHARACTER, characters, 0, CHARACTERS);
        boolean hasSpeeds = memory.byteSize() >= SIZE_2;
        return new Termios(
                memory.get(INT, 0),
                memory.get(INT, 4),
                memory.get(INT, 8),
                memory.get(INT, 12),
                memory.get(ValueLayout.JAVA_BYTE, 16),
                characters,
                hasSpeeds ? memory.get(INT, 36) : STANDARD_SPEED,
                hasSpeeds ? memory.get(INT, 40) : STANDARD_SPEED);
    }

    /** {@return these settings with what an old {@code struct termio} has in place of theirs} */
    Termios withOld(MemorySegment memory) {
        byte[] all = characters.clone();
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 9, all, 0, OLD_CHARACTERS);
        return new Termios(
                merged(input, memory.get(SHORT, 0)),
                merged(output, memory.get(SHORT, 2)),
                merged(control, memory.get(SHORT, 4)),
                merged(local, memory.get(SHORT, 6)),
                memory.get(ValueLayout.JAVA_BYTE, 8),
                all,
                inputSpeed,
                outputSpeed);
    }

    private static int merged(int flags, short lower) {
        return (flags & ~HALF) | (lower & HALF);
    }

    /** {@return these settings as a pseudo-terminal takes them: {@code pty_set_termios}} */
    Termios onPseudoTerminal() {
        int eightBits = (control & ~CSIZE_PARENB) | CS8_CREAD;
        return new Termios(input, output, eightBits, local, discipline, characters, inputSpeed, outputSpeed);
    }

    /**
     * Writes a {@code struct termios}; with speeds, if the memory is longer.
     *
     * @param memory at least {@link #SIZE} bytes
     */
    public void write(MemorySegment memory) {
        memory.set(INT, 0, input);
        memory.set(INT, 4, output);
        memory.set(INT, 8, control);
        memory.set(INT, 12, local);
        memory.set(ValueLayout.JAVA_BYTE, 16, (byte) discipline);
        MemorySegment.copy(characters, 0, memory, ValueLayout.JAVA_BYTE, FIRST_CHARACTER, CHARACTERS);
        if (memory.byteSize() >= SIZE_2) {
            memory.set(INT, 36, inputSpeed);
            memory.set(INT, 40, outputSpeed);
        }
    }

    /** Writes an old {@code struct termio}. */
    void writeOld(MemorySegment memory) {
        memory.set(SHORT, 0, (short) input);
        memory.set(SHORT, 2, (short) output);
        memory.set(SHORT, 4, (short) control);
        memory.set(SHORT, 6, (short) local);
        memory.set(ValueLayout.JAVA_BYTE, 8, (byte) discipline);
        MemorySegment.copy(characters, 0, memory, ValueLayout.JAVA_BYTE, 9, OLD_CHARACTERS);
    }

    /** {@return whether a bit of c_iflag is set} */
    boolean input(int flag) {
        return (input & flag) != 0;
    }

    /** {@return whether a bit of c_oflag is set} */
    boolean output(int flag) {
        return (output & flag) != 0;
    }

    /** {@return whether a bit of c_cflag is set} */
    boolean control(int flag) {
        return (control & flag) != 0;
    }

    /** {@return whether a bit of c_lflag is set} */
    boolean local(int flag) {
        return (local & flag) != 0;
    }

    /** {@return a special character, 0 to 255} */
    int character(Control which) {
        return characters[which.place] & 0xff;
    }

    /** {@return whether a character is this special one, which is not disabled} */
    boolean is(Control which, int character) {
        return character != DISABLED && character(which) == character;
    }
}
