package dev.trapgate.emulator.cpu;

/**
 * An exception that an instruction raised, as a value: the vector and, where the manuals give one, the error code.
 *
 * <p>Packed into an {@code int}, so that the way without a fault allocates nothing and the way with one throws nothing.
 * A page fault's address is in CR2.
 */
public final class Fault {

    /** No fault: the instruction is done. */
    public static final int NONE = 0;

    /** Error code bit 0: the fault arose while an event outside the program was being delivered. */
    public static final int EXT = 1;
    /** Error code bit 1: the selector part of the code is an IDT vector. */
    public static final int IDT = 2;

    private static final int RAISED = 1 << 30;
    private static final int VECTOR_SHIFT = 16;
    private static final int CODE_MASK = 0xffff;

    private Fault() {}

    /**
     * Makes a fault without an error code, or with an error code of 0.
     *
     * @param vector one of {@link Vector}
     * @return the fault
     */
    public static int of(int vector) {
        return of(vector, 0);
    }

    /**
     * Makes a fault.
     *
     * @param vector one of {@link Vector}
     * @param code its error code, 0 to 0xffff
     * @return the fault
     */
    public static int of(int vector, int code) {
        return RAISED | vector << VECTOR_SHIFT | (code & CODE_MASK);
    }

    /**
     * Makes a fault that names a selector.
     *
     * @param vector one of {@link Vector}
     * @param selector the selector at fault; its privilege bits are dropped
     * @param external {@link #EXT} or 0
     * @return the fault
     */
    static int selector(int vector, int selector, int external) {
        return of(vector, (selector & 0xfffc) | external);
    }

    /**
     * Makes a fault that names an entry of the interrupt descriptor table.
     *
     * @param vector one of {@link Vector}
     * @param entry the table's entry at fault
     * @param external {@link #EXT} or 0
     * @return the fault
     */
    static int gate(int vector, int entry, int external) {
        return of(vector, entry << 3 | IDT | external);
    }

    /** {@return the fault's vector, 0 to 255} */
    public static int vector(int fault) {
        return fault >> VECTOR_SHIFT & 0xff;
    }

    /** {@return the fault's error code, 0 where it has none} */
    public static int code(int fault) {
        return fault & CODE_MASK;
    }

    /**
     * Words a fault as the manuals do.
     *
     * @param fault the fault
     * @return for example {@code #GP(0x40a)} or {@code #UD}; {@code no fault} for {@link #NONE}
     */
    public static String toString(int fault) {
        if (fault == NONE) {
            return "no fault";
        }
        int vector = vector(fault);
        String name = Vector.mnemonic(vector);
        return Vector.hasErrorCode(vector) ? name + "(0x" + Integer.toHexString(code(fault)) + ')' : name;
    }
}
