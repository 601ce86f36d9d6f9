package dev.trapgate.emulator;

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Mmu;
import dev.trapgate.emulator.cpu.Paging;
import dev.trapgate.emulator.cpu.SegmentRegister;
import dev.trapgate.emulator.cpu.Vector;

/**
 * Executes the instructions of which the way to a gate is made: those that enter or leave a kernel, and what the vDSO's
 * {@code __kernel_vsyscall} needs beside them. Every other opcode is #UD.
 */
final class UserMode {

    private static final int REX_W = 0x48;
    private static final int TWO_BYTES = 0x0f;
    private static final int CANONICAL_SHIFT = 16;

    private final Cpu cpu;
    private final Mmu mmu;
    private final GeneralRegisters registers;

    UserMode(Cpu cpu) {
        this.cpu = cpu;
        this.mmu = cpu.mmu();
        this.registers = cpu.registers();
    }

    /**
     * Executes the instruction at the instruction pointer.
     *
     * @return its fault, or {@link Fault#NONE}
     */
    int step() {
        int opcode = fetch(0);
        int fault = mmu.takeFault();
        if (fault != Fault.NONE) {
            return fault;
        }
        if (opcode == TWO_BYTES) {
            return twoBytes();
        }
        return opcode == 0xcd ? interrupt() : oneByte(opcode);
    }

    private int interrupt() {
        int vector = fetch(1);
        int fault = mmu.takeFault();
        return fault == Fault.NONE ? cpu.interrupt(vector) : fault;
    }

    private int twoBytes() {
        int opcode = fetch(1);
        int fault = mmu.takeFault();
        if (fault != Fault.NONE) {
            return fault;
        }
        return switch (opcode) {
            case 0x05 -> cpu.syscall();
            case 0x07 -> cpu.sysretl();
            case 0x30 -> cpu.wrmsr();
            case 0x32 -> cpu.rdmsr();
            case 0x34 -> cpu.sysenter();
            case 0x35 -> cpu.sysexit();
            case 0x01 -> fetch(2) == 0xf8 ? cpu.swapgs() : undefined();
            default -> undefined();
        };
    }

    private int oneByte(int opcode) {
        return switch (opcode) {
            case 0xcc -> cpu.int3();
            case 0xce -> cpu.into();
            case 0xf1 -> cpu.int1();
            case 0xcf -> is16Bit() ? cpu.iretw() : cpu.iretd();
            case 0xf4 -> advance(cpu.hlt(), 1);
            case 0xfa -> advance(cpu.cli(), 1);
            case 0xfb -> advance(cpu.sti(), 1);
            case 0x62 -> bound();
            case 0x90 -> advance(Fault.NONE, 1);
            case 0xeb -> jumpShort();
            case 0x89 -> move();
            case 0xc3 -> ret();
            case REX_W -> wide();
            case 0x65 -> callThroughGs();
            default -> {
                if (opcode >= 0xb8 && opcode < 0xc0) {
                    yield moveImmediate(opcode & 7);
                }
                yield opcode >= 0x50 && opcode < 0x60 ? pushOrPop(opcode) : undefined();
            }
        };
    }

    private int wide() {
        if (!cpu.is64BitMode()) {
            return undefined();
        }
        int opcode = fetch(1);
        int second = opcode == TWO_BYTES ? fetch(2) : 0;
        int fault = mmu.takeFault();
        if (fault != Fault.NONE) {
            return fault;
        }
        if (opcode == 0xcf) {
            return cpu.iretq();
        }
        return switch (second) {
            case 0x07 -> cpu.sysretq();
            case 0x35 -> cpu.sysexitq();
            default -> undefined();
        };
    }

    private int pushOrPop(int opcode) {
        int register = opcode & 7;
        String name = GeneralRegisters.name(register);
        boolean wide = cpu.is64BitMode();
        if (opcode < 0x58) {
            long value = registers.get(register);
            return advance(wide ? cpu.push64(value, name) : cpu.push32(value, name), 1);
        }
        long value = wide ? cpu.pop64(name) : cpu.pop32(name);
        int fault = mmu.takeFault();
        if (fault == Fault.NONE) {
            registers.set(register, value);
        }
        return advance(fault, 1);
    }

    /** BOUND r32, m32&32 where a register alone is the address, which is in DS. */
    private int bound() {
        int modrm = fetch(1);
        int fault = mmu.takeFault();
        boolean known = !cpu.is64BitMode() && modrm < 0x40 && (modrm & 7) < 4;
        if (fault != Fault.NONE || !known) {
            return fault == Fault.NONE ? undefined() : fault;
        }
        long address = cpu.segments().ds().base() + registers.get32(modrm & 7) & 0xffff_ffffL;
        int lower = (int) mmu.read32(address, cpu.access());
        fault = mmu.takeFault();
        if (fault != Fault.NONE) {
            return fault;
        }
        int upper = (int) mmu.read32(address + 4 & 0xffff_ffffL, cpu.access());
        fault = mmu.takeFault();
        if (fault == Fault.NONE) {
            fault = cpu.bound((int) registers.get(modrm >> 3 & 7), lower, upper);
        }
        return advance(fault, 2);
    }

    /** MOV r32, r32 alone. */
    private int move() {
        int modrm = fetch(1);
        int fault = mmu.takeFault();
        if (fault != Fault.NONE || modrm < 0xc0) {
            return fault == Fault.NONE ? undefined() : fault;
        }
        registers.set32(modrm & 7, registers.get(modrm >> 3 & 7));
        return advance(Fault.NONE, 2);
    }

    /** MOV r32, imm32: five bytes. */
    private int moveImmediate(int register) {
        long value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value |= (long) fetch(1 + i) << (Byte.SIZE * i);
        }
        int fault = mmu.takeFault();
        if (fault == Fault.NONE) {
            registers.set32(register, value);
        }
        return advance(fault, 5);
    }

    private int jumpShort() {
        int distance = (byte) fetch(1);
        int fault = mmu.takeFault();
        return advance(fault, 2 + distance);
    }

    /** CALL m32 through an absolute address in GS, seven bytes, in 32-bit code. */
    private int callThroughGs() {
        boolean known = !cpu.is64BitMode() && fetch(1) == 0xff && fetch(2) == 0x15;
        if (!known) {
            return undefined();
        }
        long offset = 0;
        for (int i = 0; i < 4; i++) {
            offset |= (long) fetch(3 + i) << (8 * i);
        }
        int fault = mmu.takeFault();
        if (fault != Fault.NONE) {
            return fault;
        }
        SegmentRegister gs = cpu.segments().gs();
        if (gs.isUnusable() || offset + 3 > gs.limit()) {
            return Fault.of(Vector.GP);
        }
        long target = mmu.read32(gs.base() + offset, cpu.access());
        fault = mmu.takeFault();
        if (fault == Fault.NONE) {
            fault = cpu.push32(cpu.rip() + 7, "return address");
        }
        if (fault == Fault.NONE) {
            cpu.setRip(target);
        }
        return fault;
    }

    /** Near RET. In 64-bit mode the target must be canonical, or nothing happens but #GP(0). */
    private int ret() {
        long sp = registers.get(GeneralRegisters.RSP);
        long target = cpu.is64BitMode() ? cpu.pop64("return address") : cpu.pop32("return address");
        int fault = mmu.takeFault();
        if (fault != Fault.NONE) {
            return fault;
        }
        if (target << CANONICAL_SHIFT >> CANONICAL_SHIFT != target) {
            registers.set(GeneralRegisters.RSP, sp);
            return Fault.of(Vector.GP);
        }
        cpu.setRip(target);
        return Fault.NONE;
    }

    private int advance(int fault, int length) {
        if (fault == Fault.NONE) {
            long next = cpu.rip() + length;
            cpu.setRip(cpu.is64BitMode() ? next : next & 0xffff_ffffL);
        }
        return fault;
    }

    private boolean is16Bit() {
        return !cpu.is64BitMode() && !Descriptor.isBig(cpu.segments().cs().descriptor());
    }

    private int undefined() {
        int fault = mmu.takeFault();
        return fault == Fault.NONE ? Fault.of(Vector.UD) : fault;
    }

    private int fetch(int offset) {
        return mmu.read8(cpu.segments().cs().base() + cpu.rip() + offset, cpu.access() | Paging.EXECUTE);
    }
}
