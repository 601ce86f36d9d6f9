package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.fs.FileDescriptorTable;
import dev.trapgate.emulator.linux.kernel.time.Timekeeper;
import dev.trapgate.emulator.linux.mm.Mm;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the tasks of one program share: memory, descriptors, signal actions, identity. */
public final class KernelProcess {

    private final int tgid;
    private final int parent;
    private final Credentials credentials;
    private final UtsName utsName;
    private final Mm mm;
    private final FileDescriptorTable files;
    private final Timekeeper timekeeper;
    private final ResourceLimits limits = new ResourceLimits();
    private final Object signalLock = new Object();
    private final SignalAction[] actions = new SignalAction[Signal.LAST + 1];
    private final SigPending sharedPending = new SigPending();
    private final Set<Task> tasks = ConcurrentHashMap.newKeySet();
    private volatile HandlerReturn handlerReturn = HandlerReturn.IN_FRAME;
    private volatile @Nullable TaskEnd end;

    /**
     * Makes a process without tasks.
     *
     * @param tgid its id
     * @param parent its parent's id
     * @param credentials whose rights it has
     * @param utsName what uname(2) tells it
     * @param mm its memory
     * @param files its descriptors
     * @param timekeeper the machine's clocks
     */
    public KernelProcess(
            int tgid,
            int parent,
            Credentials credentials,
            UtsName utsName,
            Mm mm,
            FileDescriptorTable files,
            Timekeeper timekeeper) {
        this.tgid = tgid;
        this.parent = parent;
        this.credentials = credentials;
        this.utsName = utsName;
        this.mm = mm;
        this.files = files;
        this.timekeeper = timekeeper;
        Arrays.fill(actions, SignalAction.DEFAULT);
    }

    /** {@return its id, which getpid(2) answers} */
    public int tgid() {
        return tgid;
    }

    /** {@return its parent's id} */
    public int parent() {
        return parent;
    }

    /** {@return its limits} */
    public ResourceLimits limits() {
        return limits;
    }

    /** {@return whose rights its tasks begin with} */
    public Credentials credentials() {
        return credentials;
    }

    /** {@return what uname(2) tells it} */
    public UtsName utsName() {
        return utsName;
    }

    /** {@return its memory} */
    public Mm mm() {
        return mm;
    }

    /** {@return its descriptors} */
    public FileDescriptorTable files() {
        return files;
    }

    /** {@return the machine's clocks} */
    public Timekeeper timekeeper() {
        return timekeeper;
    }

    /** {@return how many tasks it has} */
    public int taskCount() {
        return tasks.size();
    }

    /** {@return the tasks that it has beside one} */
    public List<Task> otherTasks(Task task) {
        return tasks.stream().filter(other -> other.tid() != task.tid()).toList();
    }

    /** {@return the tasks that it has} */
    Set<Task> tasks() {
        return tasks;
    }

    /** {@return the task with the lowest id, or null if there is none} */
    @Nullable
    Task firstTask() {
        return tasks.stream().min(Comparator.comparingInt(Task::tid)).orElse(null);
    }

    /** {@return the task with an id, or null if it has none such} */
    @Nullable
    Task task(int tid) {
        return tasks.stream().filter(task -> task.tid() == tid).findAny().orElse(null);
    }

    // Signals.

    /** {@return what guards its signals and those of its tasks: {@code sighand->siglock}} */
    Object signalLock() {
        return signalLock;
    }

    /** {@return the signals for whichever of its tasks takes them; guarded by {@link #signalLock}} */
    SigPending sharedPending() {
        return sharedPending;
    }

    /**
     * Sends it a signal, as kill(2). Any thread may.
     *
     * @param signal the signal
     */
    public void send(Signal signal) {
        Signals.send(this, signal, null);
    }

    /** {@return what it does about a signal, 1 to 64} */
    public SignalAction action(int signal) {
        synchronized (signalLock) {
            return actions[signal];
        }
    }

    /** Sets what it does about a signal, 1 to 64, as {@code sigaction(2)}. */
    public void setAction(int signal, SignalAction action) {
        synchronized (signalLock) {
            actions[signal] = action;
        }
    }

    /** {@return where its 32-bit handlers return to} */
    public HandlerReturn handlerReturn() {
        return handlerReturn;
    }

    /** Says where its 32-bit handlers return to. */
    public void setHandlerReturn(HandlerReturn places) {
        handlerReturn = places;
    }

    // Its end.

    /** {@return how it ended, or null while it lives} */
    public @Nullable TaskEnd end() {
        return end;
    }

    /** Ends the process and all its tasks: {@code do_group_exit}. The first end counts. */
    public void groupExit(TaskEnd how) {
        synchronized (signalLock) {
            if (end == null) {
                end = how;
            }
            tasks.forEach(Task::signalWakeUp);
        }
    }

    void join(Task task) {
        synchronized (signalLock) {
            tasks.add(task);
            Signals.recalcSigpending(task);
        }
    }

    void leave(Task task) {
        synchronized (signalLock) {
            tasks.remove(task);
            Signals.retarget(task, ~0L);
        }
    }
}
