package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;

/** Bit tests and scans (SDM vol. 2, BT, BTS, BTR, BTC, BSF, BSR, BSWAP). */
final class Bits {

    /** What becomes of the tested bit. */
    @FunctionalInterface
    interface Change {
        long of(long value, long bit);
    }

    private Bits() {}

    static Step test(DecodedInstruction decoded, CodeKind kind) {
        int bits = decoded.operandBits();
        Source numbers = Places.source(decoded.operand(1), kind);
        if (decoded.operand(0) instanceof Operand.Memory memory) {
            Address address = Address.of(memory, kind);
            int size = bits / 8;
            boolean far = decoded.operand(1) instanceof Operand.Register;
            return core -> {
                long number = numbers.get(core);
                long value = core.memory.read(address.linear(core, far ? further(number, bits) : 0), size);
                core.flags.setCarry((value >>> (number & bits - 1) & 1) != 0);
            };
        }
        Source value = Places.source(decoded.operand(0), kind);
        return core -> core.flags.setCarry((value.get(core) >>> (numbers.get(core) & bits - 1) & 1) != 0);
    }

    static Step change(DecodedInstruction decoded, CodeKind kind, Change change) {
        int bits = decoded.operandBits();
        Source numbers = Places.source(decoded.operand(1), kind);
        if (decoded.operand(0) instanceof Operand.Memory memory) {
            return inMemory(decoded, Address.of(memory, kind), numbers, change);
        }
        Place place = Places.place(decoded.operand(0), kind);
        return core -> {
            long bit = 1L << (numbers.get(core) & bits - 1);
            long value = place.get(core);
            place.set(core, change.of(value, bit));
            core.flags.setCarry((value & bit) != 0);
        };
    }

    private static Step inMemory(DecodedInstruction decoded, Address address, Source numbers, Change change) {
        int bits = decoded.operandBits();
        int size = bits / 8;
        boolean far = decoded.operand(1) instanceof Operand.Register;
        boolean locked = decoded.locked();
        return core -> {
            long number = numbers.get(core);
            long bit = 1L << (number & bits - 1);
            long linear = address.linearForWrite(core, far ? further(number, bits) : 0);
            long value;
            if (locked) {
                value = core.memory.exchange(linear, size, old -> change.of(old, bit));
            } else {
                value = core.memory.readForUpdate(linear, size);
                core.memory.write(linear, size, change.of(value, bit));
            }
            core.flags.setCarry((value & bit) != 0);
        };
    }

    /** {@return how many bytes from the operand's address the word is that holds a bit; the number is signed} */
    private static long further(long number, int bits) {
        long signed = number << (64 - bits) >> (64 - bits);
        return (signed & -bits) / 8;
    }

    /** BSF: of zero, the destination stays and only ZF is defined. */
    static Step scanForward(DecodedInstruction decoded, CodeKind kind) {
        Place to = Places.place(decoded.operand(0), kind);
        Source from = Places.source(decoded.operand(1), kind);
        return core -> {
            long value = from.get(core);
            core.flags.setZero(value == 0);
            if (value != 0) {
                to.set(core, Long.numberOfTrailingZeros(value));
            }
        };
    }

    /** BSR: likewise. */
    static Step scanReverse(DecodedInstruction decoded, CodeKind kind) {
        Place to = Places.place(decoded.operand(0), kind);
        Source from = Places.source(decoded.operand(1), kind);
        return core -> {
            long value = from.get(core);
            core.flags.setZero(value == 0);
            if (value != 0) {
                to.set(core, 63 - Long.numberOfLeadingZeros(value));
            }
        };
    }

    /** BSWAP; of 16 bits, which the manuals leave undefined, zero. */
    static Step swap(DecodedInstruction decoded, CodeKind kind) {
        Place place = Places.place(decoded.operand(0), kind);
        return switch (decoded.operandBits()) {
            case 64 -> core -> place.set(core, Long.reverseBytes(place.get(core)));
            case 32 -> core -> place.set(core, Integer.reverseBytes((int) place.get(core)));
            default -> core -> place.set(core, 0);
        };
    }
}
