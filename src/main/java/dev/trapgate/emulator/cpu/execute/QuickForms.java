package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The forms that compilers emit most, each as a step of its own: the same meaning as {@link InstructionSet}'s, without a call
 * for each operand. Arithmetic on whole registers of 32 and 64 bits; one operand may be memory or a constant.
 */
final class QuickForms {

    private static final int SHIFT_32 = 32;
    private static final int SHIFT_64 = 0;

    private QuickForms() {}

    /** {@return the step of an instruction that has one here} */
    static Optional<Step> step(DecodedInstruction decoded, CodeKind kind) {
        if (decoded.locked()) {
            return Optional.empty();
        }
        int bits = decoded.operandBits();
        if (decoded.operand(0) instanceof Operand.Memory memory) {
            return toMemory(decoded, Address.of(memory, kind));
        }
        if (bits < 32) {
            return Optional.empty();
        }
        if (decoded.operands().size() == 1 && decoded.operand(0) instanceof Operand.Register register) {
            return Optional.ofNullable(single(decoded, register.number()));
        }
        if (decoded.operands().size() != 2) {
            return Optional.empty();
        }
        if (decoded.operand(0) instanceof Operand.Register to) {
            if (decoded.operand(1).bits() != bits && decoded.operand(1).bits() != 0) {
                return Optional.ofNullable(widened(decoded, to.number(), kind));
            }
            if (decoded.operand(1) instanceof Operand.Register from) {
                return registers(decoded, to.number(), from.number());
            }
            if (decoded.operand(1) instanceof Operand.Immediate constant) {
                return constant(decoded, to.number(), constant.value() & Places.mask(bits));
            }
            if (decoded.operand(1) instanceof Operand.Memory memory) {
                return fromMemory(decoded, to.number(), Address.of(memory, kind));
            }
        }
        return Optional.empty();
    }

    private static Optional<Step> registers(DecodedInstruction decoded, int to, int from) {
        boolean whole = decoded.operandBits() == 64;
        return Optional.ofNullable(whole ? registers64(decoded, to, from) : registers32(decoded, to, from));
    }

    private static @Nullable Step registers64(DecodedInstruction decoded, int to, int from) {
        return switch (decoded.operation()) {
            case MOV -> core -> core.registers.set(to, core.registers.get(from));
            case ADD ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set(to, core.flags.add(registers.get(to), registers.get(from), SHIFT_64));
                };
            case SUB ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set(to, core.flags.sub(registers.get(to), registers.get(from), SHIFT_64));
                };
            case AND ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set(to, core.flags.and(registers.get(to), registers.get(from), SHIFT_64));
                };
            case OR ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set(to, core.flags.or(registers.get(to), registers.get(from), SHIFT_64));
                };
            case XOR ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set(to, core.flags.xor(registers.get(to), registers.get(from), SHIFT_64));
                };
            case CMP -> core -> core.flags.sub(core.registers.get(to), core.registers.get(from), SHIFT_64);
            case TEST -> core -> core.flags.and(core.registers.get(to), core.registers.get(from), SHIFT_64);
            default -> null;
        };
    }

    private static @Nullable Step registers32(DecodedInstruction decoded, int to, int from) {
        return switch (decoded.operation()) {
            case MOV -> core -> core.registers.set32(to, core.registers.get(from));
            case ADD ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set32(to, core.flags.add(registers.get32(to), registers.get32(from), SHIFT_32));
                };
            case SUB ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set32(to, core.flags.sub(registers.get32(to), registers.get32(from), SHIFT_32));
                };
            case AND ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set32(to, core.flags.and(registers.get32(to), registers.get32(from), SHIFT_32));
                };
            case OR ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set32(to, core.flags.or(registers.get32(to), registers.get32(from), SHIFT_32));
                };
            case XOR ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set32(to, core.flags.xor(registers.get32(to), registers.get32(from), SHIFT_32));
                };
            case CMP -> core -> core.flags.sub(core.registers.get32(to), core.registers.get32(from), SHIFT_32);
            case TEST -> core -> core.flags.and(core.registers.get32(to), core.registers.get32(from), SHIFT_32);
            default -> null;
        };
    }

    private static Optional<Step> constant(DecodedInstruction decoded, int to, long constant) {
        boolean whole = decoded.operandBits() == 64;
        return Optional.ofNullable(whole ? constant64(decoded, to, constant) : constant32(decoded, to, constant));
    }

    private static @Nullable Step constant64(DecodedInstruction decoded, int to, long constant) {
        return switch (decoded.operation()) {
            case MOV -> core -> core.registers.set(to, constant);
            case ADD ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set(to, core.flags.add(registers.get(to), constant, SHIFT_64));
                };
            case SUB ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set(to, core.flags.sub(registers.get(to), constant, SHIFT_64));
                };
            case AND ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set(to, core.flags.and(registers.get(to), constant, SHIFT_64));
                };
            case OR ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set(to, core.flags.or(registers.get(to), constant, SHIFT_64));
                };
            case XOR ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set(to, core.flags.xor(registers.get(to), constant, SHIFT_64));
                };
            case CMP -> core -> core.flags.sub(core.registers.get(to), constant, SHIFT_64);
            case TEST -> core -> core.flags.and(core.registers.get(to), constant, SHIFT_64);
            default -> null;
        };
    }

    private static @Nullable Step constant32(DecodedInstruction decoded, int to, long constant) {
        return switch (decoded.operation()) {
            case MOV -> core -> core.registers.set(to, constant);
            case ADD ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set32(to, core.flags.add(registers.get32(to), constant, SHIFT_32));
                };
            case SUB ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set32(to, core.flags.sub(registers.get32(to), constant, SHIFT_32));
                };
            case AND ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set32(to, core.flags.and(registers.get32(to), constant, SHIFT_32));
                };
            case OR ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set32(to, core.flags.or(registers.get32(to), constant, SHIFT_32));
                };
            case XOR ->
                core -> {
                    GeneralRegisters registers = core.registers;
                    registers.set32(to, core.flags.xor(registers.get32(to), constant, SHIFT_32));
                };
            case CMP -> core -> core.flags.sub(core.registers.get32(to), constant, SHIFT_32);
            case TEST -> core -> core.flags.and(core.registers.get32(to), constant, SHIFT_32);
            default -> null;
        };
    }

    private static Optional<Step> fromMemory(DecodedInstruction decoded, int to, Address from) {
        boolean whole = decoded.operandBits() == 64;
        return Optional.ofNullable(whole ? fromMemory64(decoded, to, from) : fromMemory32(decoded, to, from));
    }

    private static @Nullable Step fromMemory64(DecodedInstruction decoded, int to, Address from) {
        return switch (decoded.operation()) {
            case MOV -> core -> core.registers.set(to, core.memory.read64(from.linear(core)));
            case LEA -> core -> core.registers.set(to, from.offset(core));
            case ADD ->
                core -> {
                    long value = core.memory.read64(from.linear(core));
                    core.registers.set(to, core.flags.add(core.registers.get(to), value, SHIFT_64));
                };
            case SUB ->
                core -> {
                    long value = core.memory.read64(from.linear(core));
                    core.registers.set(to, core.flags.sub(core.registers.get(to), value, SHIFT_64));
                };
            case AND ->
                core -> {
                    long value = core.memory.read64(from.linear(core));
                    core.registers.set(to, core.flags.and(core.registers.get(to), value, SHIFT_64));
                };
            case OR ->
                core -> {
                    long value = core.memory.read64(from.linear(core));
                    core.registers.set(to, core.flags.or(core.registers.get(to), value, SHIFT_64));
                };
            case XOR ->
                core -> {
                    long value = core.memory.read64(from.linear(core));
                    core.registers.set(to, core.flags.xor(core.registers.get(to), value, SHIFT_64));
                };
            case CMP -> core -> core.flags.sub(core.registers.get(to), core.memory.read64(from.linear(core)), SHIFT_64);
            default -> null;
        };
    }

    private static @Nullable Step fromMemory32(DecodedInstruction decoded, int to, Address from) {
        return switch (decoded.operation()) {
            case MOV -> core -> core.registers.set(to, core.memory.read32(from.linear(core)));
            case LEA -> core -> core.registers.set32(to, from.offset(core));
            case ADD ->
                core -> {
                    long value = core.memory.read32(from.linear(core));
                    core.registers.set32(to, core.flags.add(core.registers.get32(to), value, SHIFT_32));
                };
            case SUB ->
                core -> {
                    long value = core.memory.read32(from.linear(core));
                    core.registers.set32(to, core.flags.sub(core.registers.get32(to), value, SHIFT_32));
                };
            case AND ->
                core -> {
                    long value = core.memory.read32(from.linear(core));
                    core.registers.set32(to, core.flags.and(core.registers.get32(to), value, SHIFT_32));
                };
            case OR ->
                core -> {
                    long value = core.memory.read32(from.linear(core));
                    core.registers.set32(to, core.flags.or(core.registers.get32(to), value, SHIFT_32));
                };
            case XOR ->
                core -> {
                    long value = core.memory.read32(from.linear(core));
                    core.registers.set32(to, core.flags.xor(core.registers.get32(to), value, SHIFT_32));
                };
            case CMP ->
                core -> core.flags.sub(core.registers.get32(to), core.memory.read32(from.linear(core)), SHIFT_32);
            default -> null;
        };
    }

    private static @Nullable Step single(DecodedInstruction decoded, int register) {
        boolean whole = decoded.operandBits() == 64;
        return switch (decoded.operation()) {
            case INC ->
                whole
                        ? core -> core.registers.set(register, core.flags.inc(core.registers.get(register), SHIFT_64))
                        : core -> core.registers.set32(
                                register, core.flags.inc(core.registers.get32(register), SHIFT_32));
            case DEC ->
                whole
                        ? core -> core.registers.set(register, core.flags.dec(core.registers.get(register), SHIFT_64))
                        : core -> core.registers.set32(
                                register, core.flags.dec(core.registers.get32(register), SHIFT_32));
            default -> null;
        };
    }

    /** MOVZX, MOVSX and shifts: the second operand is narrower than the first. */
    private static @Nullable Step widened(DecodedInstruction decoded, int to, CodeKind kind) {
        boolean whole = decoded.operandBits() == 64;
        return switch (decoded.operation()) {
            case MOVZX -> zeroExtended(decoded, to, kind);
            case MOVSX, MOVSXD -> signExtended(decoded, to, kind, whole ? -1 : Places.mask(32));
            case SHL, SHR, SAR ->
                decoded.operand(1) instanceof Operand.Immediate count
                        ? shifted(decoded, to, (int) count.value() & (whole ? 63 : 31))
                        : null;
            default -> null;
        };
    }

    private static @Nullable Step zeroExtended(DecodedInstruction decoded, int to, CodeKind kind) {
        if (decoded.operand(1) instanceof Operand.Memory memory) {
            Address from = Address.of(memory, kind);
            return memory.bits() == 8
                    ? core -> core.registers.set(to, core.memory.read8(from.linear(core)))
                    : core -> core.registers.set(to, core.memory.read16(from.linear(core)));
        }
        Operand.Register from = (Operand.Register) decoded.operand(1);
        if (from.part() == Operand.Part.HIGH) {
            return null;
        }
        int number = from.number();
        long mask = Places.mask(from.bits());
        return core -> core.registers.set(to, core.registers.get(number) & mask);
    }

    private static @Nullable Step signExtended(DecodedInstruction decoded, int to, CodeKind kind, long mask) {
        int shift = 64 - decoded.operand(1).bits();
        if (decoded.operand(1) instanceof Operand.Memory memory) {
            Address from = Address.of(memory, kind);
            int size = memory.bits() / 8;
            return core -> core.registers.set(to, core.memory.read(from.linear(core), size) << shift >> shift & mask);
        }
        Operand.Register from = (Operand.Register) decoded.operand(1);
        if (from.part() == Operand.Part.HIGH) {
            return null;
        }
        int number = from.number();
        return core -> core.registers.set(to, core.registers.get(number) << shift >> shift & mask);
    }

    /** By a constant that is not zero. */
    private static @Nullable Step shifted(DecodedInstruction decoded, int to, int count) {
        int bits = decoded.operandBits();
        long mask = Places.mask(bits);
        if (count == 0) {
            return null;
        }
        return switch (decoded.operation()) {
            case SHL ->
                core -> core.registers.set(
                        to, Shifts.shl(core.flags, core.registers.get(to) & mask, count, bits) & mask);
            case SHR ->
                core -> core.registers.set(
                        to, Shifts.shr(core.flags, core.registers.get(to) & mask, count, bits) & mask);
            default ->
                core -> core.registers.set(
                        to, Shifts.sar(core.flags, core.registers.get(to) & mask, count, bits) & mask);
        };
    }

    private static Optional<Step> toMemory(DecodedInstruction decoded, Address to) {
        int bits = decoded.operandBits();
        if (decoded.operand(1) instanceof Operand.Immediate constant) {
            return Optional.ofNullable(constantToMemory(decoded, to, constant.value() & Places.mask(bits)));
        }
        boolean low = decoded.operand(1) instanceof Operand.Register from && from.part() == Operand.Part.LOW;
        return low
                ? Optional.ofNullable(registerToMemory(decoded, to, ((Operand.Register) decoded.operand(1)).number()))
                : Optional.empty();
    }

    private static @Nullable Step constantToMemory(DecodedInstruction decoded, Address to, long constant) {
        int bits = decoded.operandBits();
        int size = bits / 8;
        int shift = 64 - bits;
        return switch (decoded.operation()) {
            case MOV ->
                switch (bits) {
                    case 8 -> core -> core.memory.write8(to.linearForWrite(core), constant);
                    case 32 -> core -> core.memory.write32(to.linearForWrite(core), constant);
                    default -> core -> core.memory.write(to.linearForWrite(core), size, constant);
                };
            case CMP ->
                switch (bits) {
                    case 8 -> core -> core.flags.sub(core.memory.read8(to.linear(core)), constant, shift);
                    case 32 -> core -> core.flags.sub(core.memory.read32(to.linear(core)), constant, SHIFT_32);
                    default -> core -> core.flags.sub(core.memory.read(to.linear(core), size), constant, shift);
                };
            case ADD ->
                bits != 32
                        ? null
                        : core -> {
                            long linear = to.linearForWrite(core);
                            long value = core.memory.readForUpdate(linear, 4);
                            core.memory.write32(linear, core.flags.add(value, constant, SHIFT_32));
                        };
            case SUB ->
                bits != 32
                        ? null
                        : core -> {
                            long linear = to.linearForWrite(core);
                            long value = core.memory.readForUpdate(linear, 4);
                            core.memory.write32(linear, core.flags.sub(value, constant, SHIFT_32));
                        };
            default -> null;
        };
    }

    private static @Nullable Step registerToMemory(DecodedInstruction decoded, Address to, int from) {
        return switch (decoded.operation()) {
            case MOV ->
                switch (decoded.operandBits()) {
                    case 8 -> core -> core.memory.write8(to.linearForWrite(core), core.registers.get(from));
                    case 16 -> core -> core.memory.write16(to.linearForWrite(core), core.registers.get(from));
                    case 32 -> core -> core.memory.write32(to.linearForWrite(core), core.registers.get(from));
                    default -> core -> core.memory.write64(to.linearForWrite(core), core.registers.get(from));
                };
            case CMP ->
                switch (decoded.operandBits()) {
                    case 32 ->
                        core -> core.flags.sub(
                                core.memory.read32(to.linear(core)), core.registers.get32(from), SHIFT_32);
                    case 64 ->
                        core -> core.flags.sub(core.memory.read64(to.linear(core)), core.registers.get(from), SHIFT_64);
                    default -> null;
                };
            default -> null;
        };
    }
}
