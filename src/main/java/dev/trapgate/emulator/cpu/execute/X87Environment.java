package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.X87Registers;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import dev.trapgate.emulator.cpu.floating.Extended;
import dev.trapgate.emulator.cpu.floating.Real;

/**
 * The x87's environment in memory, of 28 bytes or with a prefix 14, and behind it FNSAVE's registers (SDM vol. 1, 8.1.10, figures
 * 8-9 and 8-10).
 */
final class X87Environment {

    /** What is stored or loaded. */
    enum Extent {
        /** The seven words: FNSTENV, FLDENV. */
        ENVIRONMENT,
        /** The registers, too: FNSAVE, FRSTOR. */
        ALL
    }

    private static final int WORDS = 7;
    private static final int REGISTER_SIZE = 10;
    private static final int MASKS = 0x3f;
    private static final int TAG_VALID = 0;
    private static final int TAG_ZERO = 1;
    private static final int TAG_SPECIAL = 2;
    private static final int TAG_EMPTY = 3;
    private static final long UPPER = 0xffff_0000L;

    private X87Environment() {}

    private static int size(int word, Extent extent) {
        return WORDS * word + (extent == Extent.ALL ? X87Registers.COUNT * REGISTER_SIZE : 0);
    }

    private static Address address(DecodedInstruction decoded, CodeKind kind, int size) {
        return Address.of(Moves.resized((Operand.Memory) decoded.operand(0), 8 * size), kind);
    }

    private static int word(DecodedInstruction decoded) {
        return decoded.operandBits() == 16 ? 2 : 4;
    }

    /** FNSTENV masks all exceptions afterwards, FNSAVE initializes. */
    static Step store(DecodedInstruction decoded, CodeKind kind, Extent extent) {
        int word = word(decoded);
        Address address = address(decoded, kind, size(word, extent));
        return core -> {
            long linear = address.linearForWrite(core);
            core.memory.probeWrite(linear, size(word, extent));
            storeWords(core, linear, word);
            if (extent == Extent.ALL) {
                storeRegisters(core, linear + (long) WORDS * word);
                core.x87.initialize();
            } else {
                core.x87.setControl(core.x87.control() | MASKS);
            }
        };
    }

    private static void storeWords(Core core, long linear, int word) {
        X87Registers x87 = core.x87;
        long[] words = {
            UPPER | x87.control(),
            UPPER | x87.status(),
            UPPER | tags(x87),
            x87.instruction(),
            (long) x87.opcode() << 16,
            x87.data(),
            UPPER
        };
        for (int i = 0; i < WORDS; i++) {
            core.memory.write(linear + (long) i * word, word, words[i]);
        }
    }

    private static void storeRegisters(Core core, long linear) {
        for (int i = 0; i < X87Registers.COUNT; i++) {
            int register = core.x87.register(i);
            core.memory.write64(linear + (long) i * REGISTER_SIZE, core.x87.significand(register));
            core.memory.write16(linear + (long) i * REGISTER_SIZE + 8, core.x87.exponent(register));
        }
    }

    private static int tags(X87Registers x87) {
        int tags = 0;
        for (int register = 0; register < X87Registers.COUNT; register++) {
            tags |= (x87.isEmpty(register) ? TAG_EMPTY : tag(x87, register)) << (2 * register);
        }
        return tags;
    }

    private static int tag(X87Registers x87, int register) {
        Real number = Extended.unpack(x87.exponent(register), x87.significand(register));
        return switch (number.kind()) {
            case ZERO -> TAG_ZERO;
            case FINITE -> number.isDenormal() ? TAG_SPECIAL : TAG_VALID;
            default -> TAG_SPECIAL;
        };
    }

    static Step load(DecodedInstruction decoded, CodeKind kind, Extent extent) {
        int word = word(decoded);
        Address address = address(decoded, kind, size(word, extent));
        return core -> {
            core.stack.await(core);
            long linear = address.linear(core);
            // What is last is read first: where it cannot be, nothing has changed.
            core.memory.read8(linear + size(word, extent) - 1);
            loadWords(core, linear, word);
            if (extent == Extent.ALL) {
                loadRegisters(core, linear + (long) WORDS * word);
            }
        };
    }

    private static void loadWords(Core core, long linear, int word) {
        X87Registers x87 = core.x87;
        long[] words = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = core.memory.read(linear + (long) i * word, word);
        }
        x87.setControl((int) words[0]);
        x87.setStatus((int) words[1]);
        int used = 0;
        for (int register = 0; register < X87Registers.COUNT; register++) {
            used |= ((int) words[2] >> (2 * register) & TAG_EMPTY) == TAG_EMPTY ? 0 : 1 << register;
        }
        x87.setUsed(used);
        x87.setPointers((int) (words[4] >> 16), words[3], words[5]);
    }

    private static void loadRegisters(Core core, long linear) {
        for (int i = 0; i < X87Registers.COUNT; i++) {
            long at = linear + (long) i * REGISTER_SIZE;
            core.x87.put(core.x87.register(i), (int) core.memory.read16(at + 8), core.memory.read64(at));
        }
    }
}
