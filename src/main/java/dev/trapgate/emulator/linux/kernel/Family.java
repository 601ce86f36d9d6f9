package dev.trapgate.emulator.linux.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A process's parent, its children, and what is left of it for its parent to wait for: {@code real_parent}, {@code children},
 * {@code exit_signal} of {@code task_struct}. Changed with the {@link PidNamespace}'s monitor held.
 */
final class Family {

    private final List<KernelProcess> children = new ArrayList<>();
    private final WaitQueue waitChildExit = new WaitQueue();
    private volatile @Nullable KernelProcess parent;
    private volatile int parentId;
    private volatile int exitSignal;
    private volatile boolean childSubreaper;
    private volatile boolean executed;
    private volatile @Nullable TaskEnd exit;
    private volatile @Nullable TaskEnd leaderEnd;
    private final AtomicBoolean ended = new AtomicBoolean();
    private long childrenCpuTime;

    /**
     * Begins without children.
     *
     * @param parent the parent; null for init
     * @param exitSignal what it is sent at the end; 0 for nothing
     */
    Family(@Nullable KernelProcess parent, int exitSignal) {
        this.exitSignal = exitSignal;
        setParent(parent);
    }

    /** {@return the parent; null if that is init} */
    @Nullable
    KernelProcess parent() {
        return parent;
    }

    /** {@return the parent's id} */
    int parentId() {
        return parentId;
    }

    final void setParent(@Nullable KernelProcess other) {
        parent = other;
        parentId = other == null ? PidNamespace.INIT : other.tgid();
    }

    /** {@return the children, ended ones that were not waited for included} */
    List<KernelProcess> children() {
        return children;
    }

    /** {@return who of the process waits for a child: {@code signal->wait_chldexit}} */
    WaitQueue waitChildExit() {
        return waitChildExit;
    }

    /** {@return what the parent is sent at the end; 0 for nothing} */
    int exitSignal() {
        return exitSignal;
    }

    void setExitSignal(int signal) {
        exitSignal = signal;
    }

    /** {@return whether orphans below become children: {@code is_child_subreaper}} */
    boolean isChildSubreaper() {
        return childSubreaper;
    }

    void setChildSubreaper(boolean reaps) {
        childSubreaper = reaps;
    }

    /** {@return whether it has executed a program since it was forked, so that its parent moves it to no other group: {@code !PF_FORKNOEXEC}} */
    boolean hasExecuted() {
        return executed;
    }

    void setExecuted() {
        executed = true;
    }

    /** {@return how it ended, once it waits to be waited for: EXIT_ZOMBIE; null before} */
    @Nullable
    TaskEnd exit() {
        return exit;
    }

    void setExit(TaskEnd how) {
        exit = how;
    }

    /** {@return how the first task ended by itself; null if it did not} */
    @Nullable
    TaskEnd leaderEnd() {
        return leaderEnd;
    }

    void setLeaderEnd(@Nullable TaskEnd how) {
        leaderEnd = how;
    }

    /** {@return whether the caller is the one to end the process: the first that found it without tasks} */
    boolean takeLast() {
        return ended.compareAndSet(false, true);
    }

    /** {@return how long children ran that were waited for, with theirs, in nanoseconds: {@code cutime}} */
    synchronized long childrenCpuTime() {
        return childrenCpuTime;
    }

    synchronized void addChildrenCpuTime(long nanos) {
        childrenCpuTime += nanos;
    }
}
