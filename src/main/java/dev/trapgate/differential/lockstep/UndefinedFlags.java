package dev.trapgate.differential.lockstep;

import dev.trapgate.emulator.cpu.Flags;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;

/** The flags that the manuals leave undefined after an instruction (SDM vol. 1, appendix A; APM vol. 3, each instruction). */
final class UndefinedFlags {

    private static final long ALL_STATUS = Flags.CF | Flags.PF | Flags.AF | Flags.ZF | Flags.SF | Flags.OF;

    private UndefinedFlags() {}

    /** {@return the flags that two processors need not agree on after an instruction, whatever its operands are} */
    static long after(DecodedInstruction decoded) {
        return switch (decoded.operation()) {
            case AND, OR, XOR, TEST -> Flags.AF;
            case MUL, IMUL -> Flags.SF | Flags.ZF | Flags.AF | Flags.PF;
            case DIV, IDIV -> ALL_STATUS;
            case SHL, SHR, SAR, SHLD, SHRD -> Flags.AF | Flags.OF | Flags.CF;
            case ROL, ROR, RCL, RCR -> Flags.OF;
            case BT, BTS, BTR, BTC -> Flags.OF | Flags.SF | Flags.AF | Flags.PF;
            case BSF, BSR -> ALL_STATUS & ~Flags.ZF;
            case DAA, DAS -> Flags.OF;
            case AAA, AAS -> Flags.OF | Flags.SF | Flags.ZF | Flags.PF;
            case AAM, AAD -> Flags.OF | Flags.AF | Flags.CF;
            default -> 0;
        };
    }
}
