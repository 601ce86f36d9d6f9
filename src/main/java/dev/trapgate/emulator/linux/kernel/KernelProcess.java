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
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of one program share: memory, descriptors, signal actions, identity: {@code struct signal_struct} and what a
 * thread group has in common.
 */
public final class KernelProcess {

    private final KernelGlobals globals;
    private final Timekeeper timekeeper;
    private final KernelMounts mounts;
    private final Futexes futexes;
    private final int tgid;
    private final Family family;
    private final Credentials credentials;
    private volatile Mm mm;
    private volatile FilesStruct files;
    private final FsStruct fs;
    private final ResourceLimits limits;
    private final Object signalLock = new Object();
    private volatile SighandStruct sighand;
    private final SignalQuota signalQuota = new SignalQuota();
    private final SigPending sharedPending = new SigPending(signalQuota);
    private final WaitQueue signalfdQueue = new WaitQueue();
    private final WaitQueue exitQueue = new WaitQueue();
    private final Set<Task> tasks = ConcurrentHashMap.newKeySet();
    private final ResourceLimits parentLimits = new ResourceLimits();
    private final SchedAttributes parentScheduling = new SchedAttributes();
    private volatile MmFlags mmFlags;
    private volatile LocalDescriptorTable ldt;
    private final JobControl jobControl;
    private final GroupStop groupStop = new GroupStop(this);
    private final ProcessTimers timers;
    private final LongAdder endedCpuTime = new LongAdder();
    private volatile @Nullable Executable executable;
    private volatile @Nullable TaskEnd end;
    private volatile @Nullable Task lastTask;

    /**
     * Makes a machine's first process, a child of init, without tasks.
     *
     * @param globals what the machine's processes share
     * @param tgid its id
     * @param credentials whose rights it has
     * @param mm its memory
     * @param files its descriptors
     * @param fs its root and working directory
     */
    public KernelProcess(
            KernelGlobals globals, int tgid, Credentials credentials, Mm mm, FilesStruct files, FsStruct fs) {
        this(
                globals,
                tgid,
                new Family(null, Signal.SIGCHLD),
                credentials,
                new Parts(
                        mm,
                        files,
                        fs,
                        new SighandStruct(),
                        new ResourceLimits(),
                        new MmFlags(),
                        new LocalDescriptorTable(),
                        new JobControl(tgid, tgid)));
    }

    /** What a child has copies of or shares with its parent. */
    record Parts(
            Mm mm,
            FilesStruct files,
            FsStruct fs,
            SighandStruct sighand,
            ResourceLimits limits,
            MmFlags mmFlags,
            LocalDescriptorTable ldt,
            JobControl jobControl) {}

    /** Makes a process without tasks, whose references to its parts are its own. */
    KernelProcess(KernelGlobals globals, int tgid, Family family, Credentials credentials, Parts parts) {
        this.globals = globals;
        this.timekeeper = globals.timekeeper();
        this.mounts = globals.mounts();
        this.futexes = globals.futexes();
        this.tgid = tgid;
        this.family = family;
        this.credentials = credentials;
        this.mm = parts.mm();
        this.files = parts.files();
        this.fs = parts.fs();
        this.sighand = parts.sighand();
        this.limits = parts.limits();
        this.mmFlags = parts.mmFlags();
        this.ldt = parts.ldt();
        this.jobControl = parts.jobControl();
        this.timers = new ProcessTimers(this);
        if (mm.users() == 1) {
            own(mm);
        }
    }

    private void own(Mm memory) {
        memory.setOwner(limits, () -> OomKiller.outOfMemory(this));
    }

    /** {@return what all processes of its machine share} */
    public KernelGlobals globals() {
        return globals;
    }

    /** {@return its id, which getpid(2) answers} */
    public int tgid() {
        return tgid;
    }

    /** {@return its parent's id, which getppid(2) answers} */
    public int parent() {
        return family.parentId();
    }

    /** {@return its parent; null if that is init} */
    public @Nullable KernelProcess parentProcess() {
        return family.parent();
    }

    /** {@return its parent and its children} */
    Family family() {
        return family;
    }

    /** {@return how it ended, once all of its tasks have; null before} */
    public @Nullable TaskEnd exit() {
        return family.exit();
    }

    /** {@return its limits} */
    public ResourceLimits limits() {
        return limits;
    }

    /** {@return the limits of init} */
    ResourceLimits parentLimits() {
        return parentLimits;
    }

    /** {@return how init is scheduled} */
    SchedAttributes parentScheduling() {
        return parentScheduling;
    }

    /** {@return whether it is stopped, and what it was told to tell of that} */
    GroupStop groupStop() {
        return groupStop;
    }

    /** {@return whether it is stopped by a signal} */
    public boolean isStopped() {
        return groupStop.isStopped();
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
        return family.isChildSubreaper();
    }

    /** Sets whether orphans below it become its children. */
    public void setChildSubreaper(long value) {
        family.setChildSubreaper(value != 0);
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

    /** {@return how long children ran that it has waited for, with theirs, in nanoseconds} */
    public long childrenCpuTime() {
        return family.childrenCpuTime();
    }

    /** {@return its real user id: that of its first task, or of the one that ended last} */
    int uid() {
        return representative().credentials().uid();
    }

    /** {@return what uname(2) tells it} */
    public UtsName utsName() {
        return globals.utsName();
    }

    /** Changes what uname(2) tells it: sethostname(2). */
    public void setUtsName(UtsName other) {
        globals.setUtsName(other);
    }

    /** {@return its memory} */
    public Mm mm() {
        return mm;
    }

    /** {@return its descriptors, which its tasks begin with} */
    public FilesStruct files() {
        return files;
    }

    /** Gives it the program that it executes from now on: of {@code begin_new_exec}. Its one task has been told. */
    void exec(Mm memory, Task task, Executable program) {
        FilesStruct before = files;
        if (before != task.files()) {
            task.files().get();
            files = task.files();
            before.put();
        }
        sighand = sighand.exec();
        mmFlags = new MmFlags();
        ldt = new LocalDescriptorTable();
        executable = program;
        Mm old = mm;
        mm = memory;
        own(memory);
        old.put();
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
        return globals.blockedLocks();
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
        return globals.ipcNamespace();
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

    /** {@return its tasks by their ids} */
    public List<Task> tasksInOrder() {
        return tasks.stream().sorted(Comparator.comparingInt(Task::tid)).toList();
    }

    /** {@return its first task, or the one that ended last if it has none any more} */
    public Task representative() {
        Task first = firstTask();
        return first == null ? Objects.requireNonNull(lastTask) : first;
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

    /** {@return what it does about signals} */
    SighandStruct sighand() {
        return sighand;
    }

    /** {@return what it does about a signal, 1 to 64} */
    public SignalAction action(int signal) {
        return sighand.action(signal);
    }

    /** Sets what it does about a signal, 1 to 64, as {@code sigaction(2)}. */
    public void setAction(int signal, SignalAction action) {
        sighand.setAction(signal, action);
    }

    /** {@return where its 32-bit handlers return to} */
    public HandlerReturn handlerReturn() {
        return globals.handlerReturn();
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
            }
            tasks.forEach(Task::signalWakeUp);
        }
        if (first && globals.host() == null) {
            timekeeper.hrtimers().stop();
            undoSemaphores();
        }
    }

    /** {@code exit_sem}: undoes what it did to semaphores with SEM_UNDO. */
    void undoSemaphores() {
        ipcNamespace().exitSemaphores(tgid, timekeeper.realtime() / Timekeeper.NSEC_PER_SEC);
    }

    /**
     * Closes all that an ended process of Java's own threads had open: {@code exit_files}. Whoever ends it, or comes out of the
     * kernel after its end, calls this, holding no lock; a task that is still inside keeps the files it has looked up.
     */
    public void closeFilesIfEnded() {
        if (end != null && globals.host() == null && !Thread.holdsLock(signalLock)) {
            files.closeAll();
            tasks.forEach(task -> task.files().closeAll());
        }
    }

    /** Gives back what it has, when its last task ends: {@code exit_mm}, {@code exit_files}, {@code exit_fs}. */
    void releaseParts() {
        timers.exit();
        undoSemaphores();
        files.put();
        fs.put();
        if (globals.pids().isFirst(this)) {
            mm.unmapFiles();
        } else {
            mm.put();
        }
    }

    /** Counts a task that is about to run, unless the process is ending. {@return whether it is counted} */
    boolean join(Task task) {
        synchronized (signalLock) {
            if (end != null) {
                return false;
            }
            tasks.add(task);
            globals.pids().add(task);
            Signals.recalcSigpending(task);
            return true;
        }
    }

    void leave(Task task) {
        boolean left;
        synchronized (signalLock) {
            lastTask = task;
            left = tasks.remove(task);
            globals.pids().remove(task);
            Signals.retarget(task, ~0L);
            // One of them may wait to be the only one.
            tasks.forEach(Task::wake);
        }
        if (left) {
            endedCpuTime.add(task.cpuTime().nanos());
            exitQueue.wakeUpAll(FileOperations.POLLIN | FileOperations.POLLRDNORM);
        }
    }
}
