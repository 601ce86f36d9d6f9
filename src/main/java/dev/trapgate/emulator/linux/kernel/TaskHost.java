package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.cpu.AddressSpace;
import dev.trapgate.emulator.linux.fs.exec.BinfmtElf;
import dev.trapgate.emulator.linux.mm.Mm;
import org.jspecify.annotations.Nullable;

/**
 * What of a machine its kernel needs to make tasks: processors to run them on, and memory with what every program finds in
 * it. A machine whose tasks are Java's own threads has none.
 */
public interface TaskHost {

    /** {@return a space for a program, with the kernel's half and nothing else} */
    AddressSpace newSpace();

    /** {@return a new program's memory, with the vDSO and nothing else: {@code mm_alloc}, {@code arch_setup_additional_pages}} */
    Mm newMm();

    /** {@return how programs are laid out} */
    BinfmtElf.Personalities personalities();

    /** {@return the most tasks that there may be at once: {@code kernel.threads-max}} */
    int threadsMax();

    /**
     * Makes a task with a processor of its own, set up by the kernel: {@code dup_task_struct}. It belongs to its process, but
     * is not counted among its tasks yet.
     *
     * @param process the process
     * @param tid its id
     * @return the task; null if there is no memory for it
     */
    @Nullable
    Task newTask(KernelProcess process, int tid);

    /**
     * Lets a task run, from the registers that its processor has: {@code wake_up_new_task}.
     *
     * @param task a task that {@link #newTask} made
     * @return false if the machine that the JVM runs on has no thread for it
     */
    boolean wakeUp(Task task);

    /** Takes back a task that was never let run. */
    void discard(Task task);
}
