package dev.trapgate.emulator.cpu;

/** The parts of a segment selector: index, table indicator, requested privilege level (SDM vol. 3, 3.4.2). */
public final class Selector {

    /** Bit 2: the selector names an entry of the local descriptor table. */
    public static final int LOCAL = 4;

    private Selector() {}

    /** {@return the requested privilege level, 0 to 3} */
    public static int rpl(int selector) {
        return selector & 3;
    }

    /** {@return the offset of the descriptor in its table, in bytes} */
    static int offset(int selector) {
        return selector & 0xfff8;
    }

    /** {@return whether the selector names no segment: index 0 of the global table, any privilege} */
    public static boolean isNull(int selector) {
        return (selector & 0xfffc) == 0;
    }

    /** {@return whether the selector names an entry of the local descriptor table} */
    static boolean isLocal(int selector) {
        return (selector & LOCAL) != 0;
    }
}
