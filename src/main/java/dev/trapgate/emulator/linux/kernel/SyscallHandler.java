package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;

/** The C function behind a number of the table: takes the registers of the program, answers a value or −errno. */
@FunctionalInterface
public interface SyscallHandler {

    /**
     * Does what the call asks.
     *
     * @param current the calling task
     * @param regs its saved registers: {@link PtRegs#argument} has the arguments
     * @return the call's value, or an error number negated
     */
    long call(Task current, PtRegs regs);
}
