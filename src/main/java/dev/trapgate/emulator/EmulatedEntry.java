package dev.trapgate.emulator;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserMemory;
import java.util.Optional;

/**
 * A gate into the kernel of an {@link EmulatedMachine}. Each call is a whole passage: the instruction is fetched and
 * checked, the registers saved, the table indexed, the way back taken.
 *
 * <p>A call that ends the thread, exit(2) for one, throws {@link EmulatedEndException}: nobody is left to have an answer.
 *
 * <p>Signals are taken on the way out of a call. A handler is code of the emulated program: the kernel writes its frame on
 * the thread's emulated stack, the thread executes the handler and what it returns to, and the call answers once
 * sigreturn(2) has brought the thread back behind its instruction. A handler that never returns there keeps the call from
 * answering, as it would keep a C program. What is sent to a thread that makes no call waits for its next one.
 */
public final class EmulatedEntry implements SyscallEntry {

    private final EmulatedMachine machine;
    private final Gate gate;
    private final CallingWay way;
    private final long instruction;
    private final UserMemory memory;

    /**
     * Opens a gate of a machine.
     *
     * @param machine the machine
     * @param gate one of the emulated gates but {@link Gate#EMULATED_VDSO}, which {@link EmulatedVdsoEntry} is
     * @throws GateUnavailableException if the machine's processor or kernel lacks the gate
     * @throws IllegalArgumentException if the gate is not one of those
     */
    public EmulatedEntry(EmulatedMachine machine, Gate gate) {
        this.machine = machine;
        this.gate = gate;
        this.way = way(machine, gate);
        this.instruction = machine.address(way.instruction());
        this.memory = machine.memory(gate.abi());
    }

    private static CallingWay way(EmulatedMachine machine, Gate gate) {
        boolean wide = machine.generation().is64Bit();
        return switch (gate) {
            case EMULATED_INT80 -> wide ? CallingWay.INT80_64 : CallingWay.INT80_32;
            case EMULATED_SYSENTER -> {
                if (wide && machine.vendor() == Vendor.AMD) {
                    throw new GateUnavailableException(
                            gate,
                            "AMD's processors have no SYSENTER in long mode; a 64-bit kernel's vDSO uses SYSCALL");
                }
                yield CallingWay.VSYSCALL;
            }
            case EMULATED_SYSCALL -> {
                if (!wide) {
                    throw new GateUnavailableException(
                            gate, "the classic kernel is a 32-bit one and enables no SYSCALL");
                }
                yield CallingWay.SYSCALL;
            }
            default ->
                throw new IllegalArgumentException(gate + " is not made by an instruction of an emulated machine");
        };
    }

    /** {@return the machine behind the gate} */
    public EmulatedMachine machine() {
        return machine;
    }

    @Override
    public Gate gate() {
        return gate;
    }

    @Override
    public Abi abi() {
        return gate.abi();
    }

    @Override
    public Linkage linkage() {
        return Linkage.ORDINARY;
    }

    @Override
    public Optional<String> refusal(int number) {
        return Optional.empty();
    }

    /**
     * {@inheritDoc}
     *
     * @throws EmulatedEndException if the emulated thread ended in the call
     * @throws IllegalStateException if the emulated program has ended before
     */
    @Override
    public long enter(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        EmulatedThread thread = machine.currentThread();
        long result = thread.call(way, instruction, number, a1, a2, a3, a4, a5, a6);
        TaskEnd end = thread.task().end();
        if (end != null) {
            throw new EmulatedEndException(end);
        }
        return result;
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnsupportedOperationException always: the thread never leaves Java
     */
    @Override
    public SyscallEntry critical() {
        throw new UnsupportedOperationException(gate + " has no linkage to choose: the thread never leaves Java");
    }

    @Override
    public UserMemory memory() {
        return memory;
    }

    /** Nothing: the machine is its opener's to close. */
    @Override
    public void close() {}
}
