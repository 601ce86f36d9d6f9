package dev.trapgate.emulator.linux.arch.x86.entry;

/** One task's way through the kernel's entry code. */
public interface KernelEntry {

    /** Runs the kernel from where its processor arrived until the processor is back in the program, or the task ended. */
    void run();
}
