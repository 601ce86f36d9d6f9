package dev.trapgate.emulator.cpu;

/**
 * The sixteen general registers, by the number that instructions encode, with their narrower aliases.
 *
 * <p>Writing 32 bits clears the upper half; writing 16 or 8 leaves the rest alone (SDM vol. 1, 3.4.1.1).
 */
public final class GeneralRegisters {

    /** rax, eax, ax, al. */
    public static final int RAX = 0;
    /** rcx, ecx, cx, cl. */
    public static final int RCX = 1;
    /** rdx, edx, dx, dl. */
    public static final int RDX = 2;
    /** rbx, ebx, bx, bl. */
    public static final int RBX = 3;
    /** rsp, esp, sp. */
    public static final int RSP = 4;
    /** rbp, ebp, bp. */
    public static final int RBP = 5;
    /** rsi, esi, si. */
    public static final int RSI = 6;
    /** rdi, edi, di. */
    public static final int RDI = 7;
    /** r8. */
    public static final int R8 = 8;
    /** r9. */
    public static final int R9 = 9;
    /** r10. */
    public static final int R10 = 10;
    /** r11. */
    public static final int R11 = 11;
    /** r12. */
    public static final int R12 = 12;
    /** r13. */
    public static final int R13 = 13;
    /** r14. */
    public static final int R14 = 14;
    /** r15. */
    public static final int R15 = 15;

    /** How many there are. */
    public static final int COUNT = 16;

    /** Stands for no register in an address: always reads as zero, and nothing writes it. */
    public static final int NONE = 16;

    private static final String[] NAMES_64 = {
        "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"
    };

    private final long[] values = new long[COUNT + 1];

    GeneralRegisters() {}

    /** {@return the 64-bit name of register {@code register}, for example {@code rax}} */
    public static String name(int register) {
        return NAMES_64[register];
    }

    /** {@return all 64 bits of a register} */
    public long get(int register) {
        return values[register];
    }

    /** {@return the low 32 bits of a register, zero-extended} */
    public long get32(int register) {
        return values[register] & 0xffff_ffffL;
    }

    /** {@return the low 16 bits of a register, zero-extended} */
    public int get16(int register) {
        return (int) values[register] & 0xffff;
    }

    /** {@return the low 8 bits of a register, zero-extended: al, cl, … r15b} */
    public int get8(int register) {
        return (int) values[register] & 0xff;
    }

    /** {@return bits 8 to 15 of one of the first four registers: ah, ch, dh, bh} */
    public int getHigh8(int register) {
        return (int) values[register & 3] >> 8 & 0xff;
    }

    /** Writes all 64 bits of a register. */
    public void set(int register, long value) {
        values[register] = value;
    }

    /** Writes the low 32 bits of a register and clears the upper half. */
    public void set32(int register, long value) {
        values[register] = value & 0xffff_ffffL;
    }

    /** Writes the low 16 bits of a register and keeps the rest. */
    public void set16(int register, int value) {
        values[register] = (values[register] & ~0xffffL) | (value & 0xffffL);
    }

    /** Writes the low 8 bits of a register and keeps the rest. */
    public void set8(int register, int value) {
        values[register] = (values[register] & ~0xffL) | (value & 0xffL);
    }

    /** Writes bits 8 to 15 of one of the first four registers and keeps the rest. */
    public void setHigh8(int register, int value) {
        values[register & 3] = (values[register & 3] & ~0xff00L) | (value & 0xffL) << 8;
    }

    /** Sets every register to zero. */
    public void clear() {
        java.util.Arrays.fill(values, 0);
    }
}
