package dev.trapgate.emulator.cpu.decode;

import java.util.List;

/**
 * An instruction, decoded.
 *
 * @param operation what it does
 * @param condition the low four bits of its opcode: the condition of a J, SET or CMOV
 * @param operandBits 8, 16, 32 or 64
 * @param addressBits 16, 32 or 64
 * @param stackBits how wide the stack pointer is: 32 or 64
 * @param operands its operands, destination first
 * @param locked whether it has a LOCK prefix
 * @param repeat its repeat prefix
 * @param segment by which segment a string instruction reads, or XLAT
 * @param address where it is in the code segment
 * @param length how long it is, 1 to 15 bytes
 */
public record DecodedInstruction(
        Operation operation,
        int condition,
        int operandBits,
        int addressBits,
        int stackBits,
        List<Operand> operands,
        boolean locked,
        Repeat repeat,
        Segment segment,
        long address,
        int length) {

    /** {@return the offset of the instruction that follows it in memory} */
    public long next() {
        return stackBits == 64 ? address + length : address + length & 0xffff_ffffL;
    }

    /** {@return its first, second or third operand; {@link Operand#NOTHING} if it has fewer} */
    public Operand operand(int number) {
        return number < operands.size() ? operands.get(number) : Operand.NOTHING;
    }
}
