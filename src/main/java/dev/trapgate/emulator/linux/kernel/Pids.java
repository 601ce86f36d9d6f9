package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.kernel.sched.SchedAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a call means by an id: kernel/pid.c. A machine has its programs' threads and init, which is the superuser's and does
 * nothing.
 */
public final class Pids {

    /**
     * One that has an id.
     *
     * @param tid its id
     * @param credentials whose rights it has
     * @param scheduling how it is scheduled
     * @param task the thread; null for init
     */
    public record Subject(
            int tid,
            Credentials credentials,
            SchedAttributes scheduling,
            @Nullable Task task) {

        static Subject of(Task task) {
            return new Subject(task.tid(), task.credentials(), task.scheduling(), task);
        }
    }

    private Pids() {}

    /**
     * Finds a thread of the caller's process.
     *
     * @param current the calling task
     * @param pid its id; 0 for the caller
     * @return the thread, or null if the process has none such
     */
    public static @Nullable Task task(Task current, int pid) {
        return pid == 0 || pid == current.tid() ? current : current.process().task(pid);
    }

    /**
     * Finds a thread of any process: {@code find_task_by_vpid}. A process that has ended has none any more.
     *
     * @param current the calling task
     * @param pid its id; 0 for the caller
     * @return the thread, or null if there is none such
     */
    public static @Nullable Task anyTask(Task current, int pid) {
        return pid == 0 || pid == current.tid()
                ? current
                : current.process().globals().pids().task(pid);
    }

    /**
     * Finds whoever has an id.
     *
     * @param current the calling task
     * @param pid the id; 0 for the caller
     * @return who has it, or null if nobody has
     */
    public static @Nullable Subject find(Task current, int pid) {
        if (pid == PidNamespace.INIT) {
            return init(current);
        }
        Task task = anyTask(current, pid);
        return task == null ? null : Subject.of(task);
    }

    private static Subject init(Task current) {
        return new Subject(
                PidNamespace.INIT, Credentials.ROOT, current.process().parentScheduling(), null);
    }

    /** {@return the rights of whoever has an id, or null if nobody has} */
    static @Nullable Credentials credentials(Task current, int pid) {
        Subject subject = find(current, pid);
        return subject == null ? null : subject.credentials();
    }

    /** {@return the threads of a process group's processes} */
    public static List<Subject> ofGroup(Task current, int group) {
        return current.process().globals().pids().ofGroup(group).stream()
                .flatMap(process -> process.tasks().stream())
                .map(Subject::of)
                .toList();
    }

    /** {@return those whose real user id is {@code uid}} */
    public static List<Subject> ofUser(Task current, int uid) {
        List<Subject> found = new ArrayList<>();
        current.process().globals().pids().tasks().forEach(task -> found.add(Subject.of(task)));
        found.add(init(current));
        found.removeIf(subject -> subject.credentials().uid() != uid);
        return found;
    }
}
