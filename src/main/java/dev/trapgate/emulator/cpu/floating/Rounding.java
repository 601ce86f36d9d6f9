package dev.trapgate.emulator.cpu.floating;

/** The rounding modes, in the order of the rounding control's two bits (SDM vol. 1, 4.8.4). */
public enum Rounding {
    /** To the nearest; halfway, to the one whose last bit is zero. */
    NEAREST,
    /** Toward negative infinity. */
    DOWN,
    /** Toward positive infinity. */
    UP,
    /** Toward zero. */
    ZERO;

    private static final Rounding[] BY_CONTROL = values();

    /** {@return the mode of a rounding control, of which the low two bits count} */
    public static Rounding of(int control) {
        return BY_CONTROL[control & 3];
    }

    /** {@return whether what is not exact goes away from zero, all of it} */
    boolean isOutward(boolean negative) {
        return this == (negative ? DOWN : UP);
    }
}
