package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.kernel.futex.RobustList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The end of tasks and processes: kernel/exit.c, Linux 6.18. For tasks of programs; those of Java leave by {@link Task#release}. */
public final class TaskExit {

    private TaskExit() {}

    /**
     * Ends a task that is out of the kernel, by the thread that it is: {@code do_exit}. With the last one its process ends.
     *
     * @param task the task, which has its {@link Task#end}
     */
    public static void doExit(Task task) {
        KernelProcess process = task.process();
        mmRelease(task);
        if (task.tid() == process.tgid()) {
            process.family().setLeaderEnd(task.end());
        }
        task.leave();
        process.groupStop().taskLeft();
        if (process.taskCount() == 0 && process.family().takeLast()) {
            endProcess(process, Objects.requireNonNull(task.end()));
        }
    }

    /** {@code exit_mm_release}: what others are told of a task's futexes, and the parent that lent its memory. */
    static void mmRelease(Task task) {
        RobustList.release(task);
        VforkDone done = task.vforkDone();
        if (done != null) {
            task.setVforkDone(null);
            done.complete();
        }
    }

    private static void endProcess(KernelProcess process, TaskEnd last) {
        TaskEnd group = process.end();
        TaskEnd leader = process.family().leaderEnd();
        TaskEnd end = group != null ? group : leader != null ? leader : last;
        process.groupExit(end);
        process.releaseParts();
        exitNotify(process, end);
    }

    /** {@code exit_notify}: children get another parent, the parent hears of the end. */
    private static void exitNotify(KernelProcess process, TaskEnd end) {
        PidNamespace pids = process.globals().pids();
        synchronized (pids) {
            List<Integer> groups = forgetOriginalParent(process);
            process.family().setExit(end);
            KernelProcess parent = process.parentProcess();
            if (parent == null || ChildNotice.exited(parent, process, end)) {
                releaseTask(process);
            }
            groups.add(process.jobControl().processGroup());
            groups.stream().distinct().forEach(group -> killOrphanedGroup(pids, group));
        }
        process.exitQueue().wakeUpAll(FileOperations.POLLIN | FileOperations.POLLRDNORM | FileOperations.POLLHUP);
    }

    /** {@code forget_original_parent}. {@return the groups of children, who may be orphaned now} */
    private static List<Integer> forgetOriginalParent(KernelProcess process) {
        List<Integer> groups = new ArrayList<>();
        KernelProcess reaper = newChildReaper(process);
        for (KernelProcess child : List.copyOf(process.family().children())) {
            groups.add(child.jobControl().processGroup());
            child.family().setParent(reaper);
            child.family().setExitSignal(Signal.SIGCHLD);
            if (reaper != null) {
                reaper.family().children().add(child);
            }
            tellOfParentsEnd(child);
            TaskEnd ended = child.exit();
            if (ended != null && (reaper == null || ChildNotice.exited(reaper, child, ended))) {
                releaseTask(child);
            }
        }
        process.family().children().clear();
        return groups;
    }

    /** PR_SET_PDEATHSIG. */
    private static void tellOfParentsEnd(KernelProcess child) {
        for (Task task : child.tasks()) {
            int signal = task.attributes().parentDeathSignal();
            if (signal != 0) {
                Signals.send(child, Signal.of(signal), null);
            }
        }
    }

    /** {@code find_new_reaper}: the next subreaper above. {@return null for init} */
    private static @Nullable KernelProcess newChildReaper(KernelProcess process) {
        KernelProcess above = process.parentProcess();
        while (above != null && (!above.isChildSubreaper() || above.end() != null)) {
            above = above.parentProcess();
        }
        return above;
    }

    /** {@code kill_orphaned_pgrp}: a group with stopped processes that nobody can have go on is hung up. */
    private static void killOrphanedGroup(PidNamespace pids, int group) {
        List<KernelProcess> members =
                pids.ofGroup(group).stream().filter(one -> one.exit() == null).toList();
        boolean stopped = members.stream().anyMatch(member -> member.groupStop().isComplete());
        if (stopped && pids.isOrphaned(group)) {
            members.forEach(member -> {
                Signals.send(member, Signal.of(SigInfo.sentBy(Signal.SIGHUP, Signal.SI_KERNEL, 0, 0)), null);
                Signals.send(member, Signal.of(SigInfo.sentBy(Signal.SIGCONT, Signal.SI_KERNEL, 0, 0)), null);
            });
        }
    }

    /** Lets go of an ended process, whose id is free then: {@code release_task}. The caller holds the {@link PidNamespace}. */
    static void releaseTask(KernelProcess process) {
        KernelProcess parent = process.parentProcess();
        if (parent != null) {
            parent.family().children().remove(process);
        }
        process.globals().pids().remove(process);
    }
}
