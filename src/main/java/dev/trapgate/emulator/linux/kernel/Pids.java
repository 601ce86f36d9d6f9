package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.kernel.sched.SchedAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has an id: kernel/pid.c. A machine has its program's threads and their parent, which is the superuser's and does
 * nothing.
 */
public final class Pids {

    /**
     * One that has an id.
     *
     * @param tid its id
     * @param credentials whose rights it has
     * @param scheduling how it is scheduled
     */
    public record Subject(int tid, Credentials credentials, SchedAttributes scheduling) {

        static Subject of(Task task) {
            return new Subject(task.tid(), task.credentials(), task.scheduling());
        }
    }

    private Pids() {}

    /**
     * Finds a thread of the program: {@code find_task_by_vpid}.
     *
     * @param current the calling task
     * @param pid its id; 0 for the caller
     * @return the thread, or null if the program has none such
     */
    public static @Nullable Task task(Task current, int pid) {
        return pid == 0 || pid == current.tid() ? current : current.process().task(pid);
    }

    /**
     * Finds whoever has an id.
     *
     * @param current the calling task
     * @param pid the id; 0 for the caller
     * @return who has it, or null if nobody has
     */
    public static @Nullable Subject find(Task current, int pid) {
        if (pid == current.process().parent()) {
            return parent(current);
        }
        Task task = task(current, pid);
        return task == null ? null : Subject.of(task);
    }

    /** {@return the program's parent} */
    public static Subject parent(Task current) {
        return new Subject(
                current.process().parent(), Credentials.ROOT, current.process().parentScheduling());
    }

    /** {@return the rights of whoever has an id, or null if nobody has} */
    static @Nullable Credentials credentials(Task current, int pid) {
        Subject subject = find(current, pid);
        return subject == null ? null : subject.credentials();
    }

    /** {@return the program's threads, if it is in a process group} */
    public static List<Subject> ofGroup(Task current, int group) {
        return current.process().jobControl().processGroup() == group ? threads(current) : List.of();
    }

    /** {@return those whose real user id is {@code uid}} */
    public static List<Subject> ofUser(Task current, int uid) {
        List<Subject> found = new ArrayList<>(threads(current));
        found.add(parent(current));
        found.removeIf(subject -> subject.credentials().uid() != uid);
        return found;
    }

    private static List<Subject> threads(Task current) {
        return current.process().tasks().stream().map(Subject::of).toList();
    }
}
