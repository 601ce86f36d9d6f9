package dev.trapgate.emulator;

import dev.trapgate.emulator.linux.drivers.tty.ProcessGroups;
import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.PidNamespace;
import dev.trapgate.emulator.linux.kernel.Signal;

/**
 * A machine's process groups, for its terminals.
 *
 * @param pids who has which id
 */
record MachineProcessGroups(PidNamespace pids) implements ProcessGroups {

    @Override
    public void send(int group, Signal signal) {
        for (KernelProcess process : pids.ofGroup(group)) {
            process.send(signal);
        }
    }

    @Override
    public int sessionOf(int group) {
        return pids.ofGroup(group).stream()
                .mapToInt(process -> process.jobControl().session())
                .findFirst()
                .orElse(NONE);
    }

    @Override
    public boolean isOrphaned(int group) {
        return pids.isOrphaned(group);
    }
}
