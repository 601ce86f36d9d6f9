package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.MachineSetup;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.util.Arrays;

/** A new machine's kernel, called by name: for what a scenario cannot ask of the host's kernel. */
public final class KernelUnderTest implements AutoCloseable {

    private final EmulatedMachine machine;
    private final SyscallEntry entry;
    private final UserMemory.Scope memory;

    private KernelUnderTest(Credentials credentials) {
        machine = new EmulatedMachine(
                MachineSetup.of(KernelGeneration.MODERN, Vendor.INTEL).as(credentials));
        entry = EmulatedGates.open(Gate.EMULATED_SYSCALL, machine);
        memory = entry.memory().open();
    }

    /** {@return a kernel whose program is the superuser's} */
    public static KernelUnderTest asRoot() {
        return new KernelUnderTest(Credentials.ROOT);
    }

    /** {@return a kernel whose program is an ordinary user's} */
    public static KernelUnderTest asUser() {
        return new KernelUnderTest(Credentials.USER);
    }

    /** {@return what the kernel answers: a value, or an error number negated} */
    public long call(Syscall call, long... arguments) {
        long[] a = Arrays.copyOf(arguments, 6);
        return entry.enter(call.number(entry.abi()), a[0], a[1], a[2], a[3], a[4], a[5]);
    }

    /** {@return new memory of the program} */
    public UserBuffer memory(long size) {
        return memory.allocate(size, Long.BYTES);
    }

    /** {@return the machine} */
    public EmulatedMachine machine() {
        return machine;
    }

    @Override
    public void close() {
        machine.close();
    }
}
