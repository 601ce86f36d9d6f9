package dev.trapgate.io;

import dev.trapgate.kernel.Layouts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A terminal's settings, the kernel's {@code struct termios}.
 *
 * @param inputFlags c_iflag
 * @param outputFlags c_oflag
 * @param controlFlags c_cflag
 * @param localFlags c_lflag
 * @param discipline c_line
 * @param characters c_cc, 19 of them
 * @see <a href="https://man7.org/linux/man-pages/man3/termios.3.html">termios(3)</a>
 */
public record Termios(
        int inputFlags, int outputFlags, int controlFlags, int localFlags, int discipline, byte[] characters) {

    /** {@code ECHO} of c_lflag: what is typed is shown. */
    public static final int ECHO = 0x8;
    /** {@code ICANON} of c_lflag: input comes by lines. */
    public static final int ICANON = 0x2;
    /** {@code ISIG} of c_lflag: some characters send signals. */
    public static final int ISIG = 0x1;
    /** {@code IEXTEN} of c_lflag: further editing. */
    public static final int IEXTEN = 0x8000;

    static final long SIZE = 36;

    private static final int CHARACTERS = 19;
    private static final long LINE = 16;
    private static final long FIRST_CHARACTER = 17;
    /** IGNBRK|BRKINT|PARMRK|ISTRIP|INLCR|IGNCR|ICRNL|IXON. */
    private static final int COOKED_INPUT = 0x5eb;

    private static final int OPOST = 0x1;
    /** CSIZE|PARENB. */
    private static final int CHARACTER_SIZE_AND_PARITY = 0x130;

    private static final int CS8 = 0x30;
    private static final int ECHONL = 0x40;

    /** Keeps its own copy of the characters. */
    public Termios {
        characters = Arrays.copyOf(characters, CHARACTERS);
    }

    static Termios read(MemorySegment memory) {
        byte[] characters = new byte[CHARACTERS];
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, FIRST_CHARACTER, characters, 0, CHARACTERS);
        return new Termios(
                memory.get(Layouts.INT, 0),
                memory.get(Layouts.INT, 4),
                memory.get(Layouts.INT, 8),
                memory.get(Layouts.INT, 12),
                memory.get(ValueLayout.JAVA_BYTE, LINE),
                characters);
    }

    void write(MemorySegment memory) {
        memory.set(Layouts.INT, 0, inputFlags);
        memory.set(Layouts.INT, 4, outputFlags);
        memory.set(Layouts.INT, 8, controlFlags);
        memory.set(Layouts.INT, 12, localFlags);
        memory.set(ValueLayout.JAVA_BYTE, LINE, (byte) discipline);
        MemorySegment.copy(characters, 0, memory, ValueLayout.JAVA_BYTE, FIRST_CHARACTER, CHARACTERS);
    }

    /** {@return the characters, a copy} */
    @Override
    public byte[] characters() {
        return characters.clone();
    }

    /** {@return the same settings for a program that wants every key as it is pressed, as {@code cfmakeraw(3)}} */
    public Termios raw() {
        return new Termios(
                inputFlags & ~COOKED_INPUT,
                outputFlags & ~OPOST,
                controlFlags & ~CHARACTER_SIZE_AND_PARITY | CS8,
                localFlags & ~(ECHO | ECHONL | ICANON | ISIG | IEXTEN),
                discipline,
                characters);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Termios that
                && inputFlags == that.inputFlags
                && outputFlags == that.outputFlags
                && controlFlags == that.controlFlags
                && localFlags == that.localFlags
                && discipline == that.discipline
                && Arrays.equals(characters, that.characters);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new int[] {
            inputFlags, outputFlags, controlFlags, localFlags, discipline, Arrays.hashCode(characters)
        });
    }

    /** {@return the flags in hexadecimal} */
    @Override
    public String toString() {
        return String.format(
                "Termios[c_iflag=0x%x, c_oflag=0x%x, c_cflag=0x%x, c_lflag=0x%x]",
                inputFlags, outputFlags, controlFlags, localFlags);
    }
}
