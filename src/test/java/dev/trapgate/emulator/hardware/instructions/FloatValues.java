package dev.trapgate.emulator.hardware.instructions;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** Random operands that floating-point arithmetic finds hard. */
final class FloatValues {

    /** What a vector's elements are. */
    enum Type {
        /** Binary32. */
        SINGLE,
        /** Binary64. */
        DOUBLE,
        /** Integers. */
        INTEGER
    }

    private FloatValues() {}

    /** {@return bits of a number with so many bits of fraction and exponent} */
    private static long number(SplittableRandom random, int fractionBits, int exponentBits) {
        long sign = (long) random.nextInt(2) << (fractionBits + exponentBits);
        long greatest = (1L << exponentBits) - 1;
        long bias = greatest >> 1;
        long exponent =
                switch (random.nextInt(16)) {
                    case 0 -> 0;
                    case 1 -> random.nextInt(3);
                    case 2 -> greatest;
                    case 3 -> greatest - random.nextInt(3);
                    case 4, 5, 6 -> bias + random.nextInt(-3, 4);
                    case 7 -> bias + random.nextInt(28, 34);
                    case 8 -> bias + random.nextInt(60, 66);
                    case 9 -> bias / 2 + random.nextInt(-fractionBits, fractionBits);
                    case 10 -> bias + bias / 2 + random.nextInt(-3, 4);
                    case 11 -> bias + random.nextInt(-fractionBits - 2, fractionBits + 3);
                    default -> random.nextLong(greatest + 1);
                };
        return sign | (exponent & greatest) << fractionBits | fraction(random, fractionBits);
    }

    private static long fraction(SplittableRandom random, int bits) {
        long mask = (1L << bits) - 1;
        return mask
                & switch (random.nextInt(8)) {
                    case 0, 1 -> 0;
                    case 2 -> mask;
                    case 3 -> 1;
                    case 4 -> 1L << random.nextInt(bits);
                    case 5 -> mask - (1L << random.nextInt(bits)) + 1;
                    default -> random.nextLong();
                };
    }

    static int single(SplittableRandom random) {
        return (int) number(random, 23, 8);
    }

    static long binary64(SplittableRandom random) {
        return number(random, 52, 11);
    }

    /** {@return ten bytes, now and then of an encoding that is none} */
    static byte[] extended(SplittableRandom random) {
        ByteBuffer bytes = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        int exponent =
                switch (random.nextInt(16)) {
                    case 0 -> 0;
                    case 1 -> 0x7fff;
                    case 2 -> random.nextInt(3);
                    case 3 -> 0x7fff - random.nextInt(3);
                    case 4 -> random.nextInt(0x8000);
                    case 5 -> 0x3fff + random.nextInt(-1074, 1026);
                    case 6 -> 0x3fff + random.nextInt(-150, 130);
                    case 7 -> 0x3fff + random.nextInt(13, 17);
                    case 8 -> 0x3fff + random.nextInt(60, 66);
                    case 9 -> 0x3fff + random.nextInt(28, 34);
                    default -> 0x3fff + random.nextInt(-4, 5);
                };
        long fraction = fraction(random, 63);
        boolean integer = (exponent != 0 && random.nextInt(24) != 0) || (exponent == 0 && random.nextInt(8) == 0);
        if (random.nextInt(3) == 0) {
            fraction &= -1L << random.nextInt(64);
        }
        bytes.putLong(fraction | (integer ? 1L << 63 : 0));
        bytes.putShort((short) (exponent | random.nextInt(2) << 15));
        return bytes.array();
    }

    /** {@return sixteen bytes; often all elements but one are plain, so that that one decides} */
    static byte[] vector(SplittableRandom random, Type type) {
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        boolean plain = random.nextInt(2) == 0;
        switch (type) {
            case SINGLE -> {
                for (int i = 0; i < 4; i++) {
                    bytes.putInt(plain && i > 0 ? Float.floatToRawIntBits(random.nextInt(9)) : single(random));
                }
            }
            case DOUBLE -> {
                for (int i = 0; i < 2; i++) {
                    bytes.putLong(plain && i > 0 ? Double.doubleToRawLongBits(random.nextInt(9)) : binary64(random));
                }
            }
            case INTEGER -> {
                int width = 1 << random.nextInt(4);
                while (bytes.hasRemaining()) {
                    long value = integer(random);
                    for (int i = 0; i < width; i++) {
                        bytes.put((byte) (value >>> (8 * i)));
                    }
                }
            }
        }
        return bytes.array();
    }

    private static long integer(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> 0x8080_8080_8080_8080L >>> (random.nextInt(2) * 9);
            case 3 -> random.nextInt(40);
            default -> random.nextLong();
        };
    }
}
