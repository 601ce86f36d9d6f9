package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import dev.trapgate.emulator.cpu.floating.Format;
import dev.trapgate.emulator.cpu.floating.Real;

/** A number in memory that an x87 instruction reads. */
@FunctionalInterface
interface X87Operand {

    /** {@return the number} */
    Real get(Core core);

    /** What a number in memory is. */
    enum Type {
        /** Of 32 or 64 bits. */
        REAL,
        /** Signed, of 16, 32 or 64 bits. */
        INTEGER
    }

    /** {@return the number at an operand} */
    static X87Operand of(Operand.Memory memory, Type type, CodeKind kind) {
        Source source = Places.source(memory, kind);
        if (type == Type.INTEGER) {
            int shift = 64 - memory.bits();
            return core -> Real.of(source.get(core) << shift >> shift);
        }
        Format format = memory.bits() == 32 ? Format.SINGLE : Format.DOUBLE;
        return core -> format.unpack(source.get(core));
    }

    /** {@return what an instruction finds in memory} */
    static Type type(DecodedInstruction decoded) {
        return switch (decoded.operation()) {
            case FIADD, FIMUL, FISUB, FISUBR, FIDIV, FIDIVR, FICOM, FICOMP, FILD -> Type.INTEGER;
            default -> Type.REAL;
        };
    }

    /** {@return how many numbers an instruction takes from the stack at last} */
    static int pops(DecodedInstruction decoded) {
        return switch (decoded.operation()) {
            case FADDP, FMULP, FSUBP, FSUBRP, FDIVP, FDIVRP -> 1;
            case FCOMP, FUCOMP, FICOMP, FCOMIP, FUCOMIP, FSTP, FISTP, FBSTP, FFREEP -> 1;
            case FCOMPP, FUCOMPP -> 2;
            default -> 0;
        };
    }

    /** {@return how far from the top a register is} */
    static int distance(Operand operand) {
        return operand instanceof Operand.StackRegister register ? register.distance() : 0;
    }
}
