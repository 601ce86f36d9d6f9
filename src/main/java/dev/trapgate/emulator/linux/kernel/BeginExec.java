package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.mm.Mm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a process loses when it executes a program: {@code begin_new_exec} of fs/exec.c, Linux 6.18. */
public final class BeginExec {

    private BeginExec() {}

    /**
     * Gives a process another program: the point of no return.
     *
     * @param task the calling task, which is the only one afterwards, and the first
     * @param mm the program's memory
     * @param program what is executed
     * @param name the program's name, without directories
     * @return false if the task ends instead; the memory is then the caller's
     */
    public static boolean run(Task task, Mm mm, KernelProcess.Executable program, String name) {
        KernelProcess process = task.process();
        if (!deThread(task)) {
            return false;
        }
        task.unshareFiles();
        task.files().closeOnExec();
        TaskExit.mmRelease(task);
        process.exec(mm, task, program);
        task.uaccess().setMm(mm);
        task.cpu().mmu().load(mm.space());
        synchronized (process.signalLock()) {
            process.timers().forget();
        }
        process.family().setExecuted();
        process.family().setExitSignal(Signal.SIGCHLD);
        task.signals().setStack(AlternateStack.NONE);
        task.rseq().forget();
        task.forgetRestart();
        task.work().setDispatch(null);
        TaskAttributes attributes = task.attributes();
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        attributes.setName(Arrays.copyOf(bytes, Math.min(bytes.length, TaskAttributes.NAME_SIZE - 1)));
        attributes.setRobustList(Abi.X86_64, 0);
        attributes.setRobustList(Abi.I386, 0);
        attributes.setTimerSlack(0);
        task.setCredentials(credentials(task.credentials()));
        // Not by SYSEXIT: all registers are new.
        task.signalWakeUp();
        return true;
    }

    /** {@code de_thread}: ends all other tasks, waits for them, and takes the place of the first. */
    private static boolean deThread(Task task) {
        KernelProcess process = task.process();
        synchronized (process.signalLock()) {
            if (task.end() != null) {
                return false;
            }
            process.otherTasks(task).forEach(other -> other.endAs(TaskEnd.killed(Signal.of(Signal.SIGKILL))));
        }
        task.sleepKillable(() -> process.taskCount() == 1);
        if (task.end() != null) {
            return false;
        }
        process.family().setLeaderEnd(null);
        if (task.tid() != process.tgid()) {
            task.lead();
        }
        return true;
    }

    /** {@code bprm_creds_from_file} and {@code cap_bprm_creds_from_file} for a file that gives nothing of its own. */
    private static Credentials credentials(Credentials old) {
        boolean isRoot = old.uid() == 0 || old.euid() == 0;
        long ambient = isRoot ? 0 : old.ambient();
        long permitted = isRoot ? old.bounding() | old.inheritable() : ambient;
        return new Credentials(
                old.uid(),
                old.gid(),
                old.euid(),
                old.egid(),
                old.euid(),
                old.egid(),
                old.euid(),
                old.egid(),
                old.groups(),
                old.inheritable(),
                permitted,
                old.euid() == 0 ? permitted : ambient,
                old.bounding(),
                ambient,
                old.securebits());
    }
}
