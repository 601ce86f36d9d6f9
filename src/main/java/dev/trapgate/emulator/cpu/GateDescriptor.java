package dev.trapgate.emulator.cpu;

/**
 * The fields of an interrupt descriptor table's entry: eight bytes outside long mode, sixteen in it (SDM vol. 3, 7.11
 * and 7.14.1; APM vol. 2, 4.7.4 and 4.8.4).
 */
public final class GateDescriptor {

    /** Type of a task gate. */
    public static final int TASK = 0x5;
    /** Type of a 16-bit interrupt gate. */
    public static final int INTERRUPT_16 = 0x6;
    /** Type of a 16-bit trap gate. */
    public static final int TRAP_16 = 0x7;
    /** Type of a 32-bit interrupt gate, in long mode a 64-bit one: it clears IF. */
    public static final int INTERRUPT = 0xe;
    /** Type of a 32-bit trap gate, in long mode a 64-bit one: it keeps IF. */
    public static final int TRAP = 0xf;

    private static final long PRESENT = 1L << 47;

    private GateDescriptor() {}

    /**
     * Makes a present gate's first eight bytes.
     *
     * @param type {@link #INTERRUPT}, {@link #TRAP} or {@link #TASK}
     * @param dpl the least privileged level, 0 to 3, that may use it by INT n
     * @param selector the handler's code segment
     * @param offset the handler; its upper half belongs into {@link #high}
     * @param stack which entry of the interrupt stack table, 1 to 7, or 0 for none
     * @return the eight bytes
     */
    public static long low(int type, int dpl, int selector, long offset, int stack) {
        return (offset & 0xffffL)
                | (selector & 0xffffL) << 16
                | (stack & 7L) << 32
                | (type & 15L) << 40
                | (long) (dpl & 3) << 45
                | PRESENT
                | (offset & 0xffff_0000L) << 32;
    }

    /** {@return a long mode gate's second eight bytes} */
    public static long high(long offset) {
        return offset >>> 32;
    }

    /** {@return the handler's address, from both halves} */
    public static long offset(long low, long high) {
        return (low & 0xffffL) | (low >>> 32 & 0xffff_0000L) | high << 32;
    }

    /** {@return whether a gate of this type leads to a 16-bit handler} */
    static boolean is16Bit(int type) {
        return type == INTERRUPT_16 || type == TRAP_16;
    }

    /** {@return whether a gate of this type clears IF} */
    static boolean masks(int type) {
        return type == INTERRUPT || type == INTERRUPT_16;
    }

    /** {@return the handler's code segment} */
    public static int selector(long low) {
        return (int) (low >>> 16) & 0xffff;
    }

    /** {@return the entry of the interrupt stack table, 0 for none} */
    public static int stack(long low) {
        return (int) (low >>> 32) & 7;
    }

    /** {@return the type with the system bit above it: a valid gate's bit 4 is clear} */
    public static int type(long low) {
        return (int) (low >>> 40) & 31;
    }

    /** {@return the privilege level, 0 to 3} */
    public static int dpl(long low) {
        return (int) (low >>> 45) & 3;
    }

    /** {@return whether the present bit is set} */
    public static boolean isPresent(long low) {
        return (low & PRESENT) != 0;
    }
}
