package dev.trapgate.emulator.cpu;

/** The exception vectors, by their mnemonics (SDM vol. 3, 7.3.1; APM vol. 2, 8.2). */
public final class Vector {

    /** Divide error. */
    public static final int DE = 0;
    /** Debug. */
    public static final int DB = 1;
    /** Non-maskable interrupt. */
    public static final int NMI = 2;
    /** Breakpoint. */
    public static final int BP = 3;
    /** Overflow. */
    public static final int OF = 4;
    /** BOUND range exceeded. */
    public static final int BR = 5;
    /** Invalid opcode. */
    public static final int UD = 6;
    /** Device not available. */
    public static final int NM = 7;
    /** Double fault. */
    public static final int DF = 8;
    /** Invalid TSS. */
    public static final int TS = 10;
    /** Segment not present. */
    public static final int NP = 11;
    /** Stack fault. */
    public static final int SS = 12;
    /** General protection. */
    public static final int GP = 13;
    /** Page fault. */
    public static final int PF = 14;
    /** x87 floating-point error. */
    public static final int MF = 16;
    /** Alignment check. */
    public static final int AC = 17;
    /** Machine check. */
    public static final int MC = 18;
    /** SIMD floating-point exception. */
    public static final int XM = 19;

    /** How many vectors the architecture keeps for exceptions. */
    public static final int EXCEPTIONS = 32;

    private static final String[] MNEMONICS = {
        "#DE", "#DB", "NMI", "#BP", "#OF", "#BR", "#UD", "#NM", "#DF", "#9", "#TS", "#NP", "#SS", "#GP", "#PF", "#15",
        "#MF", "#AC", "#MC", "#XM"
    };

    private Vector() {}

    /**
     * Names a vector.
     *
     * @param vector 0 to 255
     * @return the manuals' mnemonic, for example {@code #GP}; {@code INT n} for a vector that has none
     */
    public static String mnemonic(int vector) {
        return vector < MNEMONICS.length ? MNEMONICS[vector] : "INT " + vector;
    }

    /**
     * Says whether the processor pushes an error code with an exception.
     *
     * @param vector an exception's vector
     * @return whether its frame carries one
     */
    static boolean hasErrorCode(int vector) {
        return vector == DF || (vector >= TS && vector <= PF) || vector == AC;
    }

    /** {@return whether a second exception while this one is being delivered may make a double fault} */
    static boolean isContributory(int vector) {
        return vector == DE || (vector >= TS && vector <= GP);
    }
}
