package dev.trapgate.security;

import dev.trapgate.kernel.Layouts;
import java.lang.foreign.MemorySegment;

/**
 * One instruction of a seccomp filter, {@code struct sock_filter}.
 *
 * @param code what it does: a class, and how, of linux/bpf_common.h
 * @param ifTrue how many instructions a comparison skips if it is true, 0 to 255
 * @param ifFalse how many if it is not
 * @param operand an offset into {@code struct seccomp_data}, a number, or how many instructions a jump skips
 * @see <a href="https://docs.kernel.org/networking/filter.html">Linux Socket Filtering</a>
 */
public record FilterInstruction(int code, int ifTrue, int ifFalse, int operand) {

    /** Its size in bytes. */
    static final long SIZE = 8;

    /** BPF_LD|BPF_W|BPF_ABS. */
    static final int LOAD = 0x20;

    /** BPF_ALU|BPF_AND|BPF_K. */
    static final int AND = 0x54;

    /** BPF_JMP|BPF_JA. */
    static final int JUMP = 0x05;

    /** BPF_JMP|BPF_JEQ|BPF_K. */
    static final int JUMP_EQUAL = 0x15;

    /** BPF_JMP|BPF_JGT|BPF_K. */
    static final int JUMP_GREATER = 0x25;

    /** BPF_JMP|BPF_JGE|BPF_K. */
    static final int JUMP_GREATER_OR_EQUAL = 0x35;

    /** BPF_RET|BPF_K. */
    static final int RETURN = 0x06;

    void write(MemorySegment memory, long offset) {
        memory.set(Layouts.SHORT, offset, (short) code);
        memory.set(Layouts.SHORT, offset + Short.BYTES, (short) (ifFalse << Byte.SIZE | ifTrue));
        memory.set(Layouts.INT, offset + Integer.BYTES, operand);
    }

    /**
     * {@return it as bpf_asm writes it, its targets as the numbers of instructions}
     *
     * @param index where it is, from 0
     */
    String text(int index) {
        int next = index + 1;
        String number = "#0x" + Integer.toHexString(operand);
        return switch (code) {
            case LOAD -> "ld   [" + operand + "]";
            case AND -> "and  " + number;
            case JUMP -> "ja   " + (next + operand);
            case JUMP_EQUAL -> conditional("jeq", number, next);
            case JUMP_GREATER -> conditional("jgt", number, next);
            case JUMP_GREATER_OR_EQUAL -> conditional("jge", number, next);
            case RETURN -> "ret  " + new SeccompAction(operand);
            default -> String.format("0x%x %d %d %s", code, ifTrue, ifFalse, number);
        };
    }

    private String conditional(String name, String number, int next) {
        return name + "  " + number + ", " + (next + ifTrue) + ", " + (next + ifFalse);
    }
}
