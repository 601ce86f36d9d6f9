package dev.trapgate.emulator.linux.arch.x86;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.StackWindow;

/** {@code struct pt_regs} of a 64-bit kernel: arch/x86/include/asm/ptrace.h, Linux 5.17. */
public final class PtRegs64 implements PtRegs {

    /** Offset of r15, the last register pushed. */
    public static final int R15 = 0;
    /** Offset of r14. */
    public static final int R14 = 8;
    /** Offset of r13. */
    public static final int R13 = 16;
    /** Offset of r12. */
    public static final int R12 = 24;
    /** Offset of rbp. */
    public static final int BP = 32;
    /** Offset of rbx. */
    public static final int BX = 40;
    /** Offset of r11. */
    public static final int R11 = 48;
    /** Offset of r10. */
    public static final int R10 = 56;
    /** Offset of r9. */
    public static final int R9 = 64;
    /** Offset of r8. */
    public static final int R8 = 72;
    /** Offset of rax. */
    public static final int AX = 80;
    /** Offset of rcx. */
    public static final int CX = 88;
    /** Offset of rdx. */
    public static final int DX = 96;
    /** Offset of rsi. */
    public static final int SI = 104;
    /** Offset of rdi. */
    public static final int DI = 112;
    /** Offset of the call's number. */
    public static final int ORIG_AX = 120;
    /** Offset of the instruction pointer. */
    public static final int IP = 128;
    /** Offset of the code selector. */
    public static final int CS = 136;
    /** Offset of the flags. */
    public static final int FLAGS = 144;
    /** Offset of the stack pointer. */
    public static final int SP = 152;
    /** Offset of the stack selector. */
    public static final int SS = 160;
    /** The structure's size. */
    public static final int SIZE = 168;

    private static final long LOW_32 = 0xffff_ffffL;

    /** The general registers' places, by the numbers that instructions encode. */
    private static final int[] OFFSETS = {AX, CX, DX, BX, SP, BP, SI, DI, R8, R9, R10, R11, R12, R13, R14, R15};

    private final StackWindow window;
    private Abi convention = Abi.X86_64;

    /**
     * Reads and writes one structure.
     *
     * @param window where it is on the stack
     */
    public PtRegs64(StackWindow window) {
        this.window = window;
    }

    /** Says by whose convention the call under way was made, as TS_COMPAT does in the kernel. */
    public void speak(Abi abi) {
        // The collector's barrier costs more than the comparison.
        if (convention != abi) {
            convention = abi;
        }
    }

    @Override
    public Abi abi() {
        return convention;
    }

    /** {@return the word at an offset, one of this class's constants} */
    public long get(int offset) {
        return window.get(offset);
    }

    /** Writes the word at an offset. */
    public void set(int offset, long value) {
        window.set(offset, value);
    }

    @Override
    public long argument(int position) {
        return convention == Abi.X86_64 ? get(offset64(position)) : get(offset32(position)) & LOW_32;
    }

    private static int offset64(int position) {
        return switch (position) {
            case 1 -> DI;
            case 2 -> SI;
            case 3 -> DX;
            case 4 -> R10;
            case 5 -> R8;
            default -> R9;
        };
    }

    private static int offset32(int position) {
        return switch (position) {
            case 1 -> BX;
            case 2 -> CX;
            case 3 -> DX;
            case 4 -> SI;
            case 5 -> DI;
            default -> BP;
        };
    }

    @Override
    public long ax() {
        return get(AX);
    }

    @Override
    public void setAx(long value) {
        set(AX, value);
    }

    @Override
    public long origAx() {
        return get(ORIG_AX);
    }

    @Override
    public void setOrigAx(long value) {
        set(ORIG_AX, value);
    }

    @Override
    public long ip() {
        return get(IP);
    }

    @Override
    public void setIp(long value) {
        set(IP, value);
    }

    @Override
    public int cs() {
        return (int) get(CS) & 0xffff;
    }

    @Override
    public long flags() {
        return get(FLAGS);
    }

    @Override
    public void setFlags(long value) {
        set(FLAGS, value);
    }

    @Override
    public long sp() {
        return get(SP);
    }

    @Override
    public void setSp(long value) {
        set(SP, value);
    }

    @Override
    public int ss() {
        return (int) get(SS) & 0xffff;
    }

    @Override
    public void setSs(int selector) {
        set(SS, selector);
    }

    @Override
    public void setCs(int selector) {
        set(CS, selector);
    }

    @Override
    public long register(int number) {
        return get(OFFSETS[number]);
    }

    @Override
    public void setRegister(int number, long value) {
        set(OFFSETS[number], value);
    }
}
