package dev.trapgate.emulator.linux.arch.x86.entry;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.cpu.Descriptor;
import dev.trapgate.emulator.linux.kernel.HandlerReturn;
import dev.trapgate.emulator.linux.kernel.Task;
import java.util.Optional;

/** A kernel's entry on one machine: what it lays out in memory at boot, and how it sets a processor up. */
public interface Kernel {

    /**
     * Sets a processor up: descriptor tables, task state segment, control and model-specific registers.
     *
     * @param cpu the processor
     * @param number its number, from 0
     */
    void startCpu(Cpu cpu, int number);

    /**
     * Takes a processor's tables and stack out of memory again.
     *
     * @param number its number
     */
    void stopCpu(int number);

    /**
     * Gives a processor the registers of a program that begins: {@code start_thread}.
     *
     * @param cpu the processor
     * @param width 32- or 64-bit code
     * @throws IllegalArgumentException if this kernel does not run such programs
     */
    void startThread(Cpu cpu, Descriptor.Width width);

    /**
     * Prepares a task's way in; its processor must have been started.
     *
     * @param task the task
     * @return its entry
     */
    KernelEntry entry(Task task);

    /** {@return the table that a convention's numbers index; empty if this kernel has none} */
    Optional<SyscallTable> table(Abi abi);

    /** {@return where {@code __kernel_vsyscall} is, AT_SYSINFO of 32-bit programs} */
    long kernelVsyscall();

    /** {@return where handlers of 32-bit programs return to, unless they say so themselves} */
    HandlerReturn handlerReturn();

    /** {@return the selector, with privilege level 3, of the first descriptor that is a thread's own} */
    int threadLocalSelector();

    /** {@return the vector by which the local APIC's timer interrupts programs: LOCAL_TIMER_VECTOR} */
    int timerVector();

    /** {@return the address after a program's half of the address space} */
    long taskSize();
}
