package dev.trapgate.emulator;

import dev.trapgate.emulator.linux.drivers.tty.ProcessGroups;
import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.Signal;

/** The process groups of a machine with one process. */
record OneProcessGroup(KernelProcess process) implements ProcessGroups {

    @Override
    public void send(int group, Signal signal) {
        if (group == process.jobControl().processGroup()) {
            process.send(signal);
        }
    }

    @Override
    public int sessionOf(int group) {
        return group == process.jobControl().processGroup()
                ? process.jobControl().session()
                : NONE;
    }

    /** Its parent, outside of the machine, is of another session. */
    @Override
    public boolean isOrphaned(int group) {
        return true;
    }
}
