package dev.trapgate;

import dev.trapgate.emulator.EmulatedGates;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.KernelGeneration;
import dev.trapgate.emulator.cpu.Vendor;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.ThreadEndedException;

/**
 * A computer in the JVM with a kernel and a processor of one's choice, and an ordinary user's program on it, whose threads are
 * the Java threads that use its gates. {@code Linux.over(computer.open(Gate.EMULATED_SYSCALL))} makes typed calls of it.
 *
 * <p>Computers share nothing. Any number of threads may use one.
 */
public final class EmulatedComputer implements AutoCloseable {

    private final EmulatedMachine machine;

    private EmulatedComputer(EmulatedMachine machine) {
        this.machine = machine;
    }

    /** Which Linux it runs. */
    public enum Kernel {
        /** Linux 2.6.18 for i386, whose only calls are those of 32-bit programs. */
        CLASSIC(KernelGeneration.CLASSIC),
        /** Linux 4.16 for x86-64: {@code int $0x80} gives 64-bit code its r8 to r11 back as zero. */
        BEFORE_4_17(KernelGeneration.BEFORE_4_17),
        /** Linux 5.17 for x86-64, which has the calls of 32-bit programs, too. */
        MODERN(KernelGeneration.MODERN),
        /** {@link #MODERN} with CONFIG_X86_X32_ABI: the numbers from 0x40000000 are answered. */
        MODERN_X32(KernelGeneration.MODERN_X32);

        private final KernelGeneration generation;

        Kernel(KernelGeneration generation) {
            this.generation = generation;
        }
    }

    /** Whose processors it has: they differ in which entry instruction exists in which mode. */
    public enum Processor {
        /** Intel's: SYSENTER in every mode, SYSCALL in 64-bit code alone. */
        INTEL(Vendor.INTEL),
        /** AMD's: SYSCALL in every mode, SYSENTER only where the kernel is a 32-bit one. */
        AMD(Vendor.AMD);

        private final Vendor vendor;

        Processor(Vendor vendor) {
            this.vendor = vendor;
        }
    }

    /**
     * Switches a computer on. It has an empty {@code /tmp} in memory and nothing of the host's.
     *
     * @param kernel which Linux it runs
     * @param processor whose processors it has
     * @return the computer, to be closed
     */
    public static EmulatedComputer running(Kernel kernel, Processor processor) {
        return new EmulatedComputer(new EmulatedMachine(kernel.generation, processor.vendor));
    }

    /**
     * Opens one of its gates. Its calls throw {@link ThreadEndedException} where the emulated thread does not come back, and
     * IllegalStateException once the computer is switched off or its program has ended.
     *
     * @param gate an emulated gate
     * @return the entry
     * @throws GateUnavailableException if this kernel or processor lacks the gate; its message says why
     * @throws IllegalArgumentException if the gate leads into the host's kernel
     */
    public SyscallEntry open(Gate gate) {
        return EmulatedGates.open(gate, machine);
    }

    /** Switches it off: its program is killed, calls that sleep in it end, and its files are gone. */
    @Override
    public void close() {
        machine.close();
    }

    /** {@return for example {@code Linux 5.17.0 on INTEL, emulated}} */
    @Override
    public String toString() {
        return "Linux " + machine.process().utsName().release() + " on " + machine.vendor() + ", emulated";
    }
}
