package dev.trapgate.emulator.linux.arch.x86;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.Mmu;
import dev.trapgate.emulator.cpu.Paging;

/** {@code struct pt_regs} of the classic 32-bit kernel, what SAVE_ALL leaves: include/asm-i386/ptrace.h, Linux 2.6.18. */
public final class PtRegs32 implements PtRegs {

    /** Offset of ebx, the last register pushed. */
    public static final int BX = 0x00;
    /** Offset of ecx. */
    public static final int CX = 0x04;
    /** Offset of edx. */
    public static final int DX = 0x08;
    /** Offset of esi. */
    public static final int SI = 0x0c;
    /** Offset of edi. */
    public static final int DI = 0x10;
    /** Offset of ebp. */
    public static final int BP = 0x14;
    /** Offset of eax. */
    public static final int AX = 0x18;
    /** Offset of ds. */
    public static final int DS = 0x1c;
    /** Offset of es. */
    public static final int ES = 0x20;
    /** Offset of the call's number. */
    public static final int ORIG_AX = 0x24;
    /** Offset of the instruction pointer. */
    public static final int IP = 0x28;
    /** Offset of the code selector. */
    public static final int CS = 0x2c;
    /** Offset of the flags. */
    public static final int FLAGS = 0x30;
    /** Offset of the stack pointer. */
    public static final int SP = 0x34;
    /** Offset of the stack selector. */
    public static final int SS = 0x38;
    /** The structure's size. */
    public static final int SIZE = 0x3c;

    private static final int WORD = 4;

    /** The general registers' places, by the numbers that instructions encode. */
    private static final int[] OFFSETS = {AX, CX, DX, BX, SP, BP, SI, DI};

    private final Mmu mmu;
    private final long base;

    /**
     * Reads and writes one structure.
     *
     * @param mmu the way to memory
     * @param base the structure's address
     */
    public PtRegs32(Mmu mmu, long base) {
        this.mmu = mmu;
        this.base = base;
    }

    /** {@return the word at an offset, one of this class's constants, zero-extended} */
    public long get(int offset) {
        return mmu.read32(base + offset, Paging.READ);
    }

    /** Writes the word at an offset. */
    public void set(int offset, long value) {
        mmu.write32(base + offset, value, Paging.READ);
    }

    @Override
    public Abi abi() {
        return Abi.I386;
    }

    /** The pushed registers are the C function's arguments, in their order. */
    @Override
    public long argument(int position) {
        return get((position - 1) * WORD);
    }

    @Override
    public long ax() {
        return (int) get(AX);
    }

    @Override
    public void setAx(long value) {
        set(AX, value);
    }

    @Override
    public long origAx() {
        return (int) get(ORIG_AX);
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
