package dev.trapgate.differential.lockstep;

import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Repeat;

/** The flags that the manuals leave undefined after an instruction (SDM vol. 1, appendix A; APM vol. 3, each instruction). */
final class UndefinedFlags {

    private static final long ALL_STATUS = Flags.CF | Flags.PF | Flags.AF | Flags.ZF | Flags.SF | Flags.OF;

    private UndefinedFlags() {}

    /**
     * Says which flags may differ. Compilers write REP BSF where they mean TZCNT if there is one, which this machine may have and
     * CPUID here does not promise; they do not look at its flags.
     *
     * @param decoded the instruction
     * @return the flags that two processors need not agree on after it, whatever its operands are
     */
    static long after(DecodedInstruction decoded) {
        return switch (decoded.operation()) {
            case AND, OR, XOR, TEST -> Flags.AF;
            case MUL, IMUL -> Flags.SF | Flags.ZF | Flags.AF | Flags.PF;
            case DIV, IDIV -> ALL_STATUS;
            case SHL, SHR, SAR, SHLD, SHRD -> Flags.AF | Flags.OF | Flags.CF;
            case ROL, ROR, RCL, RCR -> Flags.OF;
            case BT, BTS, BTR, BTC -> Flags.OF | Flags.SF | Flags.AF | Flags.PF;
            case BSF -> decoded.repeat() == Repeat.ONCE ? ALL_STATUS & ~Flags.ZF : ALL_STATUS;
            case BSR -> ALL_STATUS & ~Flags.ZF;
            case DAA, DAS -> Flags.OF;
            case AAA, AAS -> Flags.OF | Flags.SF | Flags.ZF | Flags.PF;
            case AAM, AAD -> Flags.OF | Flags.AF | Flags.CF;
            default -> 0;
        };
    }
}
