package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.ControlRegisters;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.DescriptorTables;
import dev.trapgate.emulator.cpu.Vector;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import dev.trapgate.emulator.cpu.decode.Operation;

/** Instructions that show where a kernel's tables are: SGDT, SIDT, SLDT, STR, SMSW (SDM vol. 2), unless UMIP forbids. */
final class SystemState {

    private static final int LIMIT_SIZE = 2;

    private SystemState() {}

    static Step store(DecodedInstruction decoded, CodeKind kind) {
        Step unchecked = decoded.operation() == Operation.SGDT || decoded.operation() == Operation.SIDT
                ? table(decoded, kind)
                : value(decoded, kind);
        return core -> {
            if (core.cpu.cpl() > 0 && (core.cpu.control().cr4() & ControlRegisters.CR4_UMIP) != 0) {
                throw core.raise(Vector.GP);
            }
            unchecked.execute(core);
        };
    }

    private static Step value(DecodedInstruction decoded, CodeKind kind) {
        Place to = Places.place(decoded.operand(0), kind);
        return core -> to.set(core, value(core.cpu, decoded.operation()));
    }

    private static long value(Cpu cpu, Operation operation) {
        return switch (operation) {
            case SLDT -> cpu.tables().ldtr().selector();
            case STR -> cpu.tables().tr().selector();
            default -> cpu.control().cr0();
        };
    }

    /** The limit, and behind it the base, in 64-bit code all of it. */
    private static Step table(DecodedInstruction decoded, CodeKind kind) {
        Address address = Address.of((Operand.Memory) decoded.operand(0), kind);
        boolean global = decoded.operation() == Operation.SGDT;
        int size = kind == CodeKind.BITS_64 ? Long.BYTES : Integer.BYTES;
        return core -> {
            DescriptorTables tables = core.cpu.tables();
            core.memory.write(address.linear(core), LIMIT_SIZE, global ? tables.gdtLimit() : tables.idtLimit());
            core.memory.write(
                    address.linear(core, LIMIT_SIZE), size, global ? tables.gdtBase() : tables.idtBase());
        };
    }
}
