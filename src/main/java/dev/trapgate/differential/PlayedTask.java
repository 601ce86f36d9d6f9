package dev.trapgate.differential;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.EmulatedEndException;
import dev.trapgate.emulator.EmulatedMachine;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.entry.SyscallEntry;

/** A thread of an emulated program. */
final class PlayedTask implements KernelThread {

    private final Task task;
    private final SyscallEntry entry;

    private PlayedTask(Task task, SyscallEntry entry) {
        this.task = task;
        this.entry = entry;
    }

    /**
     * {@return the emulated thread that the calling one is}
     *
     * @param machine the machine
     * @param entry a gate into it
     */
    static PlayedTask current(EmulatedMachine machine, SyscallEntry entry) {
        return new PlayedTask(machine.currentThread().task(), entry);
    }

    /** {@return whether it sleeps in a call, and nobody has woken it} */
    boolean isAsleep() {
        return task.isAsleep();
    }

    @Override
    public boolean isAsleep(int number, long... arguments) {
        return isAsleep();
    }

    @Override
    public void exit() {
        try {
            entry.enter(Syscall.EXIT.number(entry.abi()), 0, 0, 0, 0, 0, 0);
        } catch (EmulatedEndException expected) {
            // As it should be.
        }
    }

    @Override
    public boolean isGone() {
        return task.end() != null;
    }
}
