package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;

/** Decimal adjustment, of 32-bit code only (SDM vol. 2, DAA, DAS, AAA, AAS, AAM, AAD). */
final class Decimal {

    private static final int RAX = GeneralRegisters.RAX;
    private static final int BYTE_SHIFT = 56;

    private Decimal() {}

    static void daa(Core core) {
        adjustPacked(core, 1);
    }

    static void das(Core core) {
        adjustPacked(core, -1);
    }

    private static void adjustPacked(Core core, int sign) {
        int old = core.registers.get8(RAX);
        boolean oldCarry = core.flags.carry();
        int al = old;
        boolean carry = false;
        boolean adjust = (old & 15) > 9 || core.flags.adjust();
        if (adjust) {
            al += sign * 6;
            carry = oldCarry || (sign < 0 && old < 6);
        }
        if (old > 0x99 || oldCarry) {
            al += sign * 0x60;
            carry = true;
        }
        core.registers.set8(RAX, al);
        keep(core, al, carry, adjust);
    }

    static void aaa(Core core) {
        adjustUnpacked(core, 1);
    }

    static void aas(Core core) {
        adjustUnpacked(core, -1);
    }

    private static void adjustUnpacked(Core core, int sign) {
        int ax = core.registers.get16(RAX);
        boolean adjust = (ax & 15) > 9 || core.flags.adjust();
        if (adjust) {
            ax += sign * 0x106;
        }
        core.registers.set16(RAX, ax & 0xff0f);
        keep(core, ax & 15, adjust, adjust);
    }

    static Step aam(DecodedInstruction decoded) {
        int base = base(decoded);
        return core -> {
            if (base == 0) {
                throw core.raise(Vector.DE);
            }
            int al = core.registers.get8(RAX);
            core.registers.set16(RAX, (al / base) << 8 | al % base);
            keep(core, al % base, false, false);
        };
    }

    static Step aad(DecodedInstruction decoded) {
        int base = base(decoded);
        return core -> {
            int ax = core.registers.get16(RAX);
            int al = (ax & 0xff) + (ax >> 8) * base & 0xff;
            core.registers.set16(RAX, al);
            keep(core, al, false, false);
        };
    }

    private static int base(DecodedInstruction decoded) {
        return (int) ((Operand.Immediate) decoded.operand(0)).value() & 0xff;
    }

    private static void keep(Core core, long al, boolean carry, boolean adjust) {
        core.flags.keepResult(al, BYTE_SHIFT, carry, false);
        if (adjust) {
            core.flags.set(core.flags.get() | Flags.AF);
        }
    }
}
