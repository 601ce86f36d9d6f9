package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.LocalDescriptorTable;
import dev.trapgate.emulator.linux.fs.BlockedLocks;
import dev.trapgate.emulator.linux.fs.FileOperations;
import dev.trapgate.emulator.linux.fs.FilesStruct;
import dev.trapgate.emulator.linux.fs.FsStruct;
import dev.trapgate.emulator.linux.fs.KernelMounts;
import dev.trapgate.emulator.linux.fs.Path;
import dev.trapgate.emulator.linux.ipc.IpcNamespace;
import dev.trapgate.emulator.linux.kernel.futex.Futexes;
import dev.trapgate.emulator.linux.kernel.sched.SchedAttributes;
import dev.trapgate.emulator.linux.kernel.time.ProcessTimers;
import dev.trapgate.emulator.linux.kernel.time.Timekeeper;
import dev.trapgate.emulator.linux.mm.Mm;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the tasks of one program share: memory, descriptors, signal actions, identity. */
public final class KernelProcess {

    private final int tgid;
    private final int parent;
    private final Credentials credentials;
    private final Mm mm;
    private final FilesStruct files;
    private final FsStruct fs;
    private final Timekeeper timekeeper;
    private final KernelMounts mounts;
    private final BlockedLocks blockedLocks = new BlockedLocks();
    private final IpcNamespace ipcNamespace;
    private final ResourceLimits limits = new ResourceLimits();
    private final Futexes futexes = new Futexes();
    private final Object signalLock = new Object();
    private final SignalAction[] actions = new SignalAction[Signal.LAST + 1];
    private final SignalQuota signalQuota = new SignalQuota();
    private final SigPending sharedPending = new SigPending(signalQuota);
    private final WaitQueue signalfdQueue = new WaitQueue();
    private final WaitQueue exitQueue = new WaitQueue();
    private final Set<Task> tasks = ConcurrentHashMap.newKeySet();
    private volatile HandlerReturn handlerReturn = HandlerReturn.IN_FRAME;
    private final ResourceLimits parentLimits = new ResourceLimits();
    private final SchedAttributes parentScheduling = new SchedAttributes();
    private final MmFlags mmFlags = new MmFlags();
    private final LocalDescriptorTable ldt = new LocalDescriptorTable();
    private final JobControl jobControl;
    private final ProcessTimers timers;
    private final LongAdder endedCpuTime = new LongAdder();
    private volatile UtsName utsName;
    private volatile @Nullable Executable executable;
    private volatile boolean childSubreaper;
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
     * @param fs its root and working directory
     * @param timekeeper the machine's clocks
     * @param mounts the kernel's own file systems
     */
    public KernelProcess(
            int tgid,
            int parent,
            Credentials credentials,
            UtsName utsName,
            Mm mm,
            FilesStruct files,
            FsStruct fs,
            Timekeeper timekeeper,
            KernelMounts mounts) {
        this.tgid = tgid;
        this.parent = parent;
        this.credentials = credentials;
        this.utsName = utsName;
        this.mm = mm;
        mm.setOwner(limits, () -> groupExit(Task.killedBy(Signal.of(Signal.SIGKILL))));
        this.files = files;
        this.fs = fs;
        this.timekeeper = timekeeper;
        this.mounts = mounts;
        this.ipcNamespace = new IpcNamespace(mounts.inodes());
        Arrays.fill(actions, SignalAction.DEFAULT);
        this.jobControl = new JobControl(tgid, tgid);
        this.timers = new ProcessTimers(this);
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

    /** {@return its parent's limits} */
    ResourceLimits parentLimits() {
        return parentLimits;
    }

    /** {@return how its parent is scheduled} */
    SchedAttributes parentScheduling() {
        return parentScheduling;
    }

    /** {@return its process group and session} */
    public JobControl jobControl() {
        return jobControl;
    }

    /** {@return what it asked of its memory as a whole} */
    public MmFlags mmFlags() {
        return mmFlags;
    }

    /** {@return its own segment descriptors} */
    public LocalDescriptorTable ldt() {
        return ldt;
    }

    /** {@return whether orphans below it become its children: PR_GET_CHILD_SUBREAPER} */
    public boolean isChildSubreaper() {
        return childSubreaper;
    }

    /** Sets whether orphans below it become its children. */
    public void setChildSubreaper(long value) {
        childSubreaper = value != 0;
    }

    /** {@return how long its tasks have run, those that ended included, in nanoseconds} */
    public long cpuTime() {
        long sum = endedCpuTime.sum();
        for (Task task : tasks) {
            sum += task.cpuTime().nanos();
        }
        return sum;
    }

    /** {@return whose rights its tasks begin with} */
    public Credentials credentials() {
        return credentials;
    }

    /** {@return what uname(2) tells it} */
    public UtsName utsName() {
        return utsName;
    }

    /** Changes what uname(2) tells it: sethostname(2). */
    public void setUtsName(UtsName other) {
        utsName = other;
    }

    /** {@return its memory} */
    public Mm mm() {
        return mm;
    }

    /** {@return its descriptors} */
    public FilesStruct files() {
        return files;
    }

    /** {@return its root, working directory and umask} */
    public FsStruct fs() {
        return fs;
    }

    /** {@return the machine's clocks} */
    public Timekeeper timekeeper() {
        return timekeeper;
    }

    /** {@return the kernel's own file systems} */
    public KernelMounts mounts() {
        return mounts;
    }

    /** {@return who waits for whose record lock} */
    public BlockedLocks blockedLocks() {
        return blockedLocks;
    }

    /**
     * What it executes.
     *
     * @param file the program's file; null if no path leads to it
     * @param arguments its arguments, the first of which is its name
     */
    public record Executable(@Nullable Path file, List<String> arguments) {

        /** Keeps a copy of the arguments. */
        public Executable {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@return what it executes: {@code mm->exe_file}; null if it is Java that makes its calls} */
    public @Nullable Executable executable() {
        return executable;
    }

    /** Says what it executes. */
    public void setExecutable(Executable program) {
        executable = program;
    }

    /** {@return who waits on its futexes} */
    public Futexes futexes() {
        return futexes;
    }

    /** {@return its queues, semaphores and shared memory of System V, and its message queues of POSIX} */
    public IpcNamespace ipcNamespace() {
        return ipcNamespace;
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

    /** {@return who waits for a task of it to end: {@code wait_pidfd}} */
    public WaitQueue exitQueue() {
        return exitQueue;
    }

    /** {@return the task with an id, or null if it has none such} */
    public @Nullable Task task(int tid) {
        return tasks.stream().filter(task -> task.tid() == tid).findAny().orElse(null);
    }

    // Signals.

    /** {@return what guards its signals and those of its tasks: {@code sighand->siglock}} */
    public Object signalLock() {
        return signalLock;
    }

    /** {@return its timers that send signals} */
    public ProcessTimers timers() {
        return timers;
    }

    /** {@return who waits for signals to read: {@code signalfd_wqh}} */
    public WaitQueue signalfdQueue() {
        return signalfdQueue;
    }

    /** {@return what counts its queued signals} */
    SignalQuota signalQuota() {
        return signalQuota;
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
        boolean first;
        synchronized (signalLock) {
            first = end == null;
            if (first) {
                end = how;
                timekeeper.hrtimers().stop();
            }
            tasks.forEach(Task::signalWakeUp);
        }
        if (first) {
            ipcNamespace.exitSemaphores(tgid, timekeeper.realtime() / Timekeeper.NSEC_PER_SEC);
        }
    }

    /**
     * Closes all that an ended process had open: {@code exit_files}. Whoever ends it, or comes out of the kernel after its end,
     * calls this, holding no lock; a task that is still inside keeps the files it has looked up.
     */
    public void closeFilesIfEnded() {
        if (end != null && !Thread.holdsLock(signalLock)) {
            files.closeAll();
            tasks.forEach(task -> task.files().closeAll());
        }
    }

    void join(Task task) {
        synchronized (signalLock) {
            tasks.add(task);
            Signals.recalcSigpending(task);
        }
    }

    void leave(Task task) {
        boolean left;
        synchronized (signalLock) {
            left = tasks.remove(task);
            Signals.retarget(task, ~0L);
        }
        if (left) {
            endedCpuTime.add(task.cpuTime().nanos());
            exitQueue.wakeUpAll(FileOperations.POLLIN | FileOperations.POLLRDNORM);
        }
    }
}
