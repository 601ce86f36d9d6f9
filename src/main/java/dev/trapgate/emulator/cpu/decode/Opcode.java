package dev.trapgate.emulator.cpu.decode;

import java.util.List;
import java.util.Set;

/**
 * One row of the opcode maps.
 *
 * @param operation what it does
 * @param condition the low four bits of the opcode
 * @param operands the operands in the manuals' notation, see {@link OpcodeMap}
 * @param attributes what else there is to know
 * @param modrm whether a ModRM byte follows
 */
record Opcode(Operation operation, int condition, List<String> operands, Set<Attribute> attributes, boolean modrm) {

    /** The manuals' superscripts. */
    enum Attribute {
        /** Not an instruction in 64-bit mode. */
        I64,
        /** The operand size is 64 bits in 64-bit mode, or 16 by prefix. */
        D64,
        /** The operand size is 64 bits in 64-bit mode, whatever the prefixes. */
        F64,
        /** May have a LOCK prefix, if its destination is memory. */
        LOCK,
        /** Works on bytes. */
        BYTE
    }

    boolean has(Attribute attribute) {
        return attributes.contains(attribute);
    }
}
