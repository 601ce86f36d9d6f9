package dev.trapgate.emulator.cpu.floating;

/** Shifts of 128 bits to the right that keep in the last bit whether anything went beyond it. */
final class Jam {

    private Jam() {}

    /** {@return the lower 64 bits of 128 after a shift by 0 or more; the upper ones are a plain shift} */
    static long lower(long high, long low, int by) {
        if (by == 0) {
            return low;
        }
        if (by < 64) {
            return high << (64 - by) | low >>> by | (low << (64 - by) == 0 ? 0 : 1);
        }
        if (by == 64) {
            return high | (low == 0 ? 0 : 1);
        }
        if (by < 128) {
            return high >>> (by - 64) | (high << (128 - by) == 0 && low == 0 ? 0 : 1);
        }
        return (high | low) == 0 ? 0 : 1;
    }
}
