package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import dev.trapgate.emulator.cpu.decode.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Logic and integer arithmetic, lane by lane, on MMX and XMM registers (SDM vol. 2, under the mnemonics): what happens to 64
 * bits happens to the others too.
 */
final class PackedIntegers {

    /** What becomes of 64 bits of both operands. */
    @FunctionalInterface
    interface Half {
        long of(long a, long b);
    }

    private PackedIntegers() {}

    /** {@return the step of an instruction, if it is one of these} */
    static @Nullable Step of(DecodedInstruction decoded, CodeKind kind) {
        Half half = half(decoded.operation());
        if (half == null) {
            return null;
        }
        if (decoded.operand(0) instanceof Operand.MediaRegister register) {
            int to = register.number();
            MediaOperand source = MediaOperand.of(decoded.operand(1), kind);
            return MediaOperand.step(core -> core.x87.setMedia(to, half.of(core.x87.media(to), source.fetch(core))));
        }
        int to = VectorOperand.number(decoded.operand(0));
        VectorOperand source = VectorOperand.of(decoded.operand(1), kind);
        return core -> {
            int from = source.fetch(core);
            long low = half.of(core.vectors.low(to), core.vectors.low(from));
            core.vectors.set(to, low, half.of(core.vectors.high(to), core.vectors.high(from)));
        };
    }

    private static @Nullable Half half(Operation operation) {
        return switch (operation) {
            case PAND, ANDPS, ANDPD -> (a, b) -> a & b;
            case PANDN, ANDNPS, ANDNPD -> (a, b) -> ~a & b;
            case POR, ORPS, ORPD -> (a, b) -> a | b;
            case PXOR, XORPS, XORPD -> (a, b) -> a ^ b;
            case PADDB -> add(8);
            case PADDW -> add(16);
            case PADDD -> add(32);
            case PADDQ -> Long::sum;
            case PSUBB -> subtract(8);
            case PSUBW -> subtract(16);
            case PSUBD -> subtract(32);
            case PSUBQ -> (a, b) -> a - b;
            case PCMPEQB -> equal(8);
            case PCMPEQW -> equal(16);
            case PCMPEQD -> equal(32);
            case PCMPGTB -> greater(8);
            case PCMPGTW -> greater(16);
            case PCMPGTD -> greater(32);
            case PMINUB -> (a, b) -> Lanes.unsigned(a, b, 8, Math::min);
            case PMAXUB -> (a, b) -> Lanes.unsigned(a, b, 8, Math::max);
            case PMINSW -> (a, b) -> Lanes.signed(a, b, 16, Math::min);
            case PMAXSW -> (a, b) -> Lanes.signed(a, b, 16, Math::max);
            case PAVGB -> (a, b) -> Lanes.unsigned(a, b, 8, (x, y) -> (x + y + 1) >> 1);
            case PAVGW -> (a, b) -> Lanes.unsigned(a, b, 16, (x, y) -> (x + y + 1) >> 1);
            default -> saturating(operation);
        };
    }

    private static @Nullable Half saturating(Operation operation) {
        return switch (operation) {
            case PADDSB -> (a, b) -> Lanes.signed(a, b, 8, (x, y) -> Lanes.saturate(x + y, 8));
            case PADDSW -> (a, b) -> Lanes.signed(a, b, 16, (x, y) -> Lanes.saturate(x + y, 16));
            case PSUBSB -> (a, b) -> Lanes.signed(a, b, 8, (x, y) -> Lanes.saturate(x - y, 8));
            case PSUBSW -> (a, b) -> Lanes.signed(a, b, 16, (x, y) -> Lanes.saturate(x - y, 16));
            case PADDUSB -> (a, b) -> Lanes.unsigned(a, b, 8, (x, y) -> Lanes.saturateUnsigned(x + y, 8));
            case PADDUSW -> (a, b) -> Lanes.unsigned(a, b, 16, (x, y) -> Lanes.saturateUnsigned(x + y, 16));
            case PSUBUSB -> (a, b) -> Lanes.unsigned(a, b, 8, (x, y) -> Lanes.saturateUnsigned(x - y, 8));
            case PSUBUSW -> (a, b) -> Lanes.unsigned(a, b, 16, (x, y) -> Lanes.saturateUnsigned(x - y, 16));
            case PMULLW -> (a, b) -> Lanes.signed(a, b, 16, (x, y) -> x * y);
            case PMULHW -> (a, b) -> Lanes.signed(a, b, 16, (x, y) -> (x * y) >> 16);
            case PMULHUW -> (a, b) -> Lanes.unsigned(a, b, 16, (x, y) -> (x * y) >>> 16);
            case PMULUDQ -> (a, b) -> (a & 0xffff_ffffL) * (b & 0xffff_ffffL);
            case PMADDWD -> PackedIntegers::multiplyAndAdd;
            case PSADBW -> PackedIntegers::sumOfDifferences;
            default -> null;
        };
    }

    private static Half add(int width) {
        long highest = Lanes.highest(width);
        return (a, b) -> Lanes.add(a, b, highest);
    }

    private static Half subtract(int width) {
        long highest = Lanes.highest(width);
        return (a, b) -> Lanes.subtract(a, b, highest);
    }

    private static Half equal(int width) {
        long highest = Lanes.highest(width);
        return (a, b) -> Lanes.equal(a, b, highest, width);
    }

    private static Half greater(int width) {
        return (a, b) -> Lanes.signed(a, b, width, (x, y) -> x > y ? -1 : 0);
    }

    private static long multiplyAndAdd(long a, long b) {
        long result = 0;
        for (int at = 0; at < 64; at += 32) {
            int lower = (short) (a >>> at) * (short) (b >>> at);
            int upper = (short) (a >>> (at + 16)) * (short) (b >>> (at + 16));
            result |= (lower + upper & 0xffff_ffffL) << at;
        }
        return result;
    }

    private static long sumOfDifferences(long a, long b) {
        long sum = 0;
        for (int at = 0; at < 64; at += 8) {
            sum += Math.abs((a >>> at & 0xff) - (b >>> at & 0xff));
        }
        return sum;
    }
}
