package dev.trapgate.cli;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.CallingWay;
import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.EmulatedThread;
import dev.trapgate.emulator.UserInstruction;
import dev.trapgate.emulator.cpu.Descriptor.Width;
import dev.trapgate.emulator.cpu.GeneralRegisters;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.emulator.linux.kernel.TaskEnd;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.notation.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One passage through a gate of an emulated machine, and all that was seen on it. */
final class Walk implements AutoCloseable {

    private static final int SIXTH_ARGUMENT_BELOW = 64;

    private final WalkGate gate;
    private final EmulatedMachine machine;
    private final EmulatedThread thread;
    private final List<WalkStep> steps = new ArrayList<>();
    private final WalkRecorder recorder;
    private final UserMemory.Scope scope;
    private long result;

    /**
     * Prepares a machine.
     *
     * @param gate which way in
     * @param kernel into which kernel
     * @param vendor on whose processor
     */
    Walk(WalkGate gate, WalkKernel kernel, Vendor vendor) {
        this.gate = gate;
        this.machine = new EmulatedMachine(kernel.generation(), vendor);
        this.thread = machine.currentThread();
        this.recorder = new WalkRecorder(thread.cpu(), steps::add);
        this.scope = machine.memory(abi()).open();
    }

    /** {@return whose numbers the gate speaks} */
    Abi abi() {
        return switch (gate) {
            case INT80, SYSENTER, VSYSCALL -> Abi.I386;
            case SYSCALL, VDSO -> machine.generation().is64Bit() ? Abi.X86_64 : Abi.I386;
        };
    }

    /** {@return where the call's arguments can point} */
    UserMemory.Scope scope() {
        return scope;
    }

    /** {@return what was seen, in order} */
    List<WalkStep> steps() {
        return steps;
    }

    WalkRecorder recorder() {
        return recorder;
    }

    /** {@return the call's answer; meaningless after an {@link #end}} */
    long result() {
        return result;
    }

    /** {@return how the program ended, if it did} */
    Optional<TaskEnd> end() {
        return Optional.ofNullable(thread.task().end());
    }

    /**
     * Makes the call.
     *
     * @param number its number
     * @param arguments its arguments, at most six
     * @throws UsageException if the gate cannot make it
     */
    void go(int number, long[] arguments) {
        long[] six = Arrays.copyOf(arguments, 6);
        Width width = gate == WalkGate.SYSENTER
                        || gate == WalkGate.VSYSCALL
                        || !machine.generation().is64Bit()
                ? Width.BITS_32
                : Width.BITS_64;
        thread.begin(width);
        thread.task().uaccess().putUser32(thread.stackEnd() - SIXTH_ARGUMENT_BELOW, six[5]);
        if (gate == WalkGate.VDSO) {
            callVdso(number, six);
            return;
        }
        thread.cpu().listen(recorder);
        switch (gate) {
            case INT80 -> call(width == Width.BITS_32 ? CallingWay.INT80_32 : CallingWay.INT80_64, number, six);
            case VSYSCALL -> call(CallingWay.VSYSCALL, number, six);
            default -> execute(width, number, six);
        }
    }

    private void call(CallingWay way, int number, long[] six) {
        result = thread.call(way, number, six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    /** A bare SYSCALL or SYSENTER: for the latter ebp leads to the stack, as the vDSO leaves it. */
    private void execute(Width width, int number, long[] six) {
        if (width == Width.BITS_64) {
            call(CallingWay.SYSCALL, number, six);
            return;
        }
        GeneralRegisters registers = thread.cpu().registers();
        int[] order = {
            GeneralRegisters.RBX, GeneralRegisters.RCX, GeneralRegisters.RDX, GeneralRegisters.RSI, GeneralRegisters.RDI
        };
        registers.set32(GeneralRegisters.RAX, number);
        for (int i = 0; i < order.length; i++) {
            registers.set32(order[i], six[i]);
        }
        registers.set32(GeneralRegisters.RBP, thread.stackEnd() - SIXTH_ARGUMENT_BELOW);
        thread.execute(gate == WalkGate.SYSCALL ? UserInstruction.SYSCALL : UserInstruction.SYSENTER);
        result = (int) registers.get(GeneralRegisters.RAX);
    }

    private void callVdso(int number, long[] six) {
        if (!machine.generation().is64Bit()) {
            throw new UsageException(
                    "the classic kernel's vDSO has no functions but __kernel_vsyscall; walk that by --gate vsyscall");
        }
        SyscallEntry entry = EmulatedGates.open(Gate.EMULATED_VDSO, machine);
        entry.refusal(number).ifPresent(reason -> {
            throw new UsageException(reason);
        });
        thread.cpu().listen(recorder);
        result = entry.enter(number, six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    @Override
    public void close() {
        scope.close();
        machine.close();
    }
}
