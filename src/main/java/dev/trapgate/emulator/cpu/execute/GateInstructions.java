package dev.trapgate.emulator.cpu.execute;

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Fault;
import dev.trapgate.emulator.cpu.decode.DecodedInstruction;
import dev.trapgate.emulator.cpu.decode.Operand;
import java.util.function.ToIntFunction;

/** Instructions that are the {@link Cpu}'s own: the ways into a kernel and out of it, and what only a kernel may use. */
final class GateInstructions {

    private GateInstructions() {}

    /** {@return the step of an instruction that is the processor's} */
    static Step of(DecodedInstruction decoded) {
        boolean wide = decoded.operandBits() == 64;
        return switch (decoded.operation()) {
            case INT -> {
                int vector = (int) ((Operand.Immediate) decoded.operand(0)).value() & 0xff;
                yield gate(decoded, 2, cpu -> cpu.interrupt(vector));
            }
            case INT3 -> gate(decoded, 1, Cpu::int3);
            case INT1 -> gate(decoded, 1, Cpu::int1);
            case INTO -> gate(decoded, 1, Cpu::into);
            case IRET -> gate(decoded, 0, wide ? Cpu::iretq : Cpu::iretd);
            case SYSCALL -> gate(decoded, 2, Cpu::syscall);
            case SYSRET -> gate(decoded, 0, wide ? Cpu::sysretq : Cpu::sysretl);
            case SYSENTER -> gate(decoded, 0, Cpu::sysenter);
            case SYSEXIT -> gate(decoded, 0, wide ? Cpu::sysexitq : Cpu::sysexit);
            case SWAPGS -> gate(decoded, 0, Cpu::swapgs);
            case RDMSR -> stay(decoded, Cpu::rdmsr);
            case WRMSR -> stay(decoded, Cpu::wrmsr);
            case HLT -> stay(decoded, Cpu::hlt);
            case CLI -> stay(decoded, Cpu::cli);
            default -> stay(decoded, Cpu::sti);
        };
    }

    /**
     * An instruction that sets the instruction pointer itself. It takes the address after it to be a number of bytes from
     * where it is; that is not so where it has prefixes, so it is made to be.
     */
    private static Step gate(DecodedInstruction decoded, int length, ToIntFunction<Cpu> instruction) {
        long address = decoded.address();
        long believed = length == 0 ? address : decoded.next() - length;
        return core -> {
            core.end(believed);
            int fault = instruction.applyAsInt(core.cpu);
            if (fault != Fault.NONE) {
                core.cpu.setRip(address);
                throw core.memory.fault(fault);
            }
            core.next = core.cpu.rip();
            core.flags.set(core.cpu.rflags());
            core.leave();
        };
    }

    /** An instruction that goes on after itself. */
    private static Step stay(DecodedInstruction decoded, ToIntFunction<Cpu> instruction) {
        long address = decoded.address();
        return core -> {
            core.end(address);
            core.check(instruction.applyAsInt(core.cpu));
            core.leave();
        };
    }
}
