package dev.trapgate.emulator.linux.fs.proc;

import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.Task;

/** What a thread is doing: {@code task_state_array} of fs/proc/array.c. */
final class ProcessState {

    private ProcessState() {}

    /** {@return its state's letter with its meaning} */
    static String of(Task task) {
        KernelProcess process = task.process();
        if (process.exit() != null) {
            return "Z (zombie)";
        }
        if (process.isStopped()) {
            return "T (stopped)";
        }
        return task.isAsleep() ? "S (sleeping)" : "R (running)";
    }

    /** {@return its state's letter} */
    static char letter(Task task) {
        return of(task).charAt(0);
    }

    /** {@return its id: a process's is its own, whoever of its threads is left} */
    static int id(Task task) {
        KernelProcess process = task.process();
        return task == process.representative() ? process.tgid() : task.tid();
    }
}
