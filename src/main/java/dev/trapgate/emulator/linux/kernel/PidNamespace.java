package dev.trapgate.emulator.linux.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who has which id on a machine: {@code struct pid_namespace} of kernel/pid.c, Linux 6.18. Its monitor is the kernel's
 * {@code tasklist_lock}: whoever changes who is whose child holds it, and may then take a process's lock for signals.
 *
 * <p>Process 1, init, is there in name only: the superuser's, it takes orphans and waits for them at once.
 */
public final class PidNamespace {

    /** The id of init. */
    public static final int INIT = 1;
    /** {@code kernel.pid_max}: ids are below it. */
    public static final int PID_MAX = 32_768;
    /** RESERVED_PIDS: ids begin anew here once they have come to the end. */
    private static final int RESERVED_PIDS = 300;

    private final Map<Integer, KernelProcess> processes = new ConcurrentHashMap<>();
    private final Map<Integer, Task> tasks = new ConcurrentHashMap<>();
    private int last = RESERVED_PIDS - 1;
    private @Nullable KernelProcess first;

    /** Makes an empty one. */
    PidNamespace() {}

    /** {@return a free id, the next after the last one given: {@code alloc_pid}; 0 if there is none} */
    synchronized int allocate() {
        for (int tries = 0; tries < PID_MAX; tries++) {
            last = last + 1 >= PID_MAX ? RESERVED_PIDS : last + 1;
            if (isFree(last)) {
                return last;
            }
        }
        return 0;
    }

    /** {@return an id that was asked for: {@code set_tid} of {@code alloc_pid}; −EINVAL, −EPERM, −EEXIST} */
    synchronized int allocate(int wanted, Credentials credentials) {
        if (wanted < 1 || wanted >= PID_MAX) {
            return (int) ErrorNumbers.EINVAL;
        }
        if (!credentials.capable(Capability.CAP_SYS_ADMIN) && !credentials.capable(Capability.CAP_CHECKPOINT_RESTORE)) {
            return (int) ErrorNumbers.EPERM;
        }
        return wanted == INIT || !isFree(wanted) ? (int) ErrorNumbers.EEXIST : wanted;
    }

    /** An id stays taken while a process, a group or a session has it. */
    private boolean isFree(int id) {
        return !processes.containsKey(id)
                && !tasks.containsKey(id)
                && processes.values().stream()
                        .noneMatch(process -> process.jobControl().processGroup() == id
                                || process.jobControl().session() == id);
    }

    /** Notes that an id was given that Java has chosen. */
    public synchronized void taken(int id) {
        last = Math.max(last, id);
    }

    /** Begins with a machine's first process, which is there from the start. */
    public void begin(KernelProcess process) {
        first = process;
        taken(process.tgid());
        add(process);
    }

    /** {@return whether it is the machine's first process, whose memory can be looked at after its end} */
    boolean isFirst(KernelProcess process) {
        return process == first;
    }

    void add(KernelProcess process) {
        processes.put(process.tgid(), process);
    }

    void remove(KernelProcess process) {
        processes.remove(process.tgid(), process);
    }

    void add(Task task) {
        tasks.put(task.tid(), task);
    }

    void remove(Task task) {
        tasks.remove(task.tid(), task);
    }

    /** {@return the process with an id, which may have ended and not been waited for; null if there is none} */
    public @Nullable KernelProcess process(int tgid) {
        return processes.get(tgid);
    }

    /** {@return the task with an id: {@code find_task_by_vpid}; null if there is none, or it has ended} */
    public @Nullable Task task(int tid) {
        return tasks.get(tid);
    }

    /** {@return the process that an id belongs to, be it its own or a task's; null if there is none} */
    public @Nullable KernelProcess processOf(int id) {
        KernelProcess process = processes.get(id);
        if (process != null) {
            return process;
        }
        Task task = tasks.get(id);
        return task == null ? null : task.process();
    }

    /** {@return all processes, the ended ones that nobody has waited for included, by their ids} */
    public List<KernelProcess> processes() {
        List<KernelProcess> all = new ArrayList<>(processes.values());
        all.sort(Comparator.comparingInt(KernelProcess::tgid));
        return all;
    }

    /** {@return the processes of a process group: {@code do_each_pid_task} with PIDTYPE_PGID} */
    public List<KernelProcess> ofGroup(int group) {
        return select(process -> process.jobControl().processGroup() == group);
    }

    /** {@return the processes of a session} */
    public List<KernelProcess> ofSession(int session) {
        return select(process -> process.jobControl().session() == session);
    }

    private List<KernelProcess> select(Predicate<KernelProcess> wanted) {
        return processes().stream().filter(wanted).toList();
    }

    /** {@return all tasks} */
    public Collection<Task> tasks() {
        return List.copyOf(tasks.values());
    }

    /** {@return how many tasks there are, ended processes that were not waited for included: {@code nr_threads}} */
    public int taskCount() {
        return tasks.size() + (int) zombies().count();
    }

    /** {@return how many tasks a user has: UCOUNT_RLIMIT_NPROC} */
    long taskCount(int uid) {
        long running = tasks.values().stream()
                .filter(task -> task.credentials().uid() == uid)
                .count();
        return running + zombies().filter(process -> process.uid() == uid).count();
    }

    private Stream<KernelProcess> zombies() {
        return processes.values().stream().filter(process -> process.exit() != null);
    }

    /**
     * {@return whether nobody of a group has a parent elsewhere in its session, who could have it go on after a stop:
     * {@code is_current_pgrp_orphaned}}
     *
     * @param group its id
     */
    public boolean isOrphaned(int group) {
        return ofGroup(group).stream().noneMatch(this::isWatched);
    }

    private boolean isWatched(KernelProcess process) {
        KernelProcess parent = process.parentProcess();
        return process.exit() == null
                && parent != null
                && parent.jobControl().processGroup() != process.jobControl().processGroup()
                && parent.jobControl().session() == process.jobControl().session();
    }
}
