package dev.trapgate.emulator.cpu.decode;

/** The segment registers, in the order in which ModRM's reg field numbers them. */
public enum Segment {
    /** Extra. */
    ES(0),
    /** Code. */
    CS(1),
    /** Stack. */
    SS(2),
    /** Data. */
    DS(3),
    /** With a base of its own in 64-bit mode. */
    FS(4),
    /** With a base of its own in 64-bit mode. */
    GS(5);

    private static final Segment[] BY_NUMBER = values();

    private final int number;

    Segment(int number) {
        this.number = number;
    }

    /** {@return its number in ModRM's reg field} */
    public int number() {
        return number;
    }

    static Segment of(int number) {
        return BY_NUMBER[number];
    }
}
