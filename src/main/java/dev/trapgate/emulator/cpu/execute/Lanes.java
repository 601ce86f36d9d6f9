package dev.trapgate.emulator.cpu.execute;

import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/** Integers of 8, 16 and 32 bits that lie side by side in 64. */
final class Lanes {

    private static final long HIGHEST_8 = 0x8080_8080_8080_8080L;
    private static final long HIGHEST_16 = 0x8000_8000_8000_8000L;
    private static final long HIGHEST_32 = 0x8000_0000_8000_0000L;

    private Lanes() {}

    /** {@return the highest bit of every lane} */
    static long highest(int width) {
        return width == 8 ? HIGHEST_8 : width == 16 ? HIGHEST_16 : HIGHEST_32;
    }

    /** {@return the sums, wrapped; no carry passes the highest bit of a lane} */
    static long add(long a, long b, long highest) {
        return (a & ~highest) + (b & ~highest) ^ ((a ^ b) & highest);
    }

    /** {@return the differences, wrapped} */
    static long subtract(long a, long b, long highest) {
        return (a | highest) - (b & ~highest) ^ ((a ^ ~b) & highest);
    }

    /** {@return all ones where two lanes are equal, else zeros} */
    static long equal(long a, long b, long highest, int width) {
        long differ = a ^ b;
        long equal = ~((differ & ~highest) + ~highest | differ) & highest;
        return spread(equal, width);
    }

    /** {@return lanes of ones, where their highest bit is set} */
    static long spread(long highest, int width) {
        return (highest << 1) - (highest >>> (width - 1));
    }

    /** {@return f of the lanes, signed} */
    static long signed(long a, long b, int width, IntBinaryOperator f) {
        long result = 0;
        for (int at = 0; at < 64; at += width) {
            int x = (int) (a << (64 - width - at) >> (64 - width));
            int y = (int) (b << (64 - width - at) >> (64 - width));
            result |= (f.applyAsInt(x, y) & -1L >>> (64 - width)) << at;
        }
        return result;
    }

    /** {@return f of the lanes of 8 or 16 bits, unsigned} */
    static long unsigned(long a, long b, int width, IntBinaryOperator f) {
        long result = 0;
        for (int at = 0; at < 64; at += width) {
            int x = (int) (a << (64 - width - at) >>> (64 - width));
            int y = (int) (b << (64 - width - at) >>> (64 - width));
            result |= (f.applyAsInt(x, y) & -1L >>> (64 - width)) << at;
        }
        return result;
    }

    /** {@return a signed number that fits} */
    static int saturate(int value, int width) {
        int most = (1 << (width - 1)) - 1;
        return Math.clamp(value, -most - 1, most);
    }

    /** {@return an unsigned number that fits} */
    static int saturateUnsigned(int value, int width) {
        return Math.clamp(value, 0, (1 << width) - 1);
    }

    /** {@return lanes half as wide, f of those of low and then those of high, which are signed} */
    static long pack(long low, long high, int width, IntUnaryOperator f) {
        int half = width / 2;
        long result = 0;
        for (int at = 0; at < 64; at += width) {
            long x = f.applyAsInt((int) (low << (64 - width - at) >> (64 - width))) & -1L >>> (64 - half);
            long y = f.applyAsInt((int) (high << (64 - width - at) >> (64 - width))) & -1L >>> (64 - half);
            result |= x << (at / 2) | y << (at / 2 + 32);
        }
        return result;
    }

    /** {@return the lanes of the lower halves in turns, a's first} */
    static long interleave(long a, long b, int width) {
        long mask = -1L >>> (64 - width);
        long result = 0;
        for (int at = 0; at < 32; at += width) {
            result |= (a >>> at & mask) << (2 * at) | (b >>> at & mask) << (2 * at + width);
        }
        return result;
    }

    /** {@return four lanes of 16 bits, chosen by two bits each} */
    static long shuffle(long from, int order) {
        long result = 0;
        for (int i = 0; i < 4; i++) {
            result |= (from >>> (16 * (order >> (2 * i) & 3)) & 0xffff) << (16 * i);
        }
        return result;
    }
}
