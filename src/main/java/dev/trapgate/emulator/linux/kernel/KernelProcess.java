package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.LocalDescriptorTable;
import dev.trapgate.emulator.linux.fs.FileDescriptorTable;
import dev.trapgate.emulator.linux.kernel.sched.SchedAttributes;
import dev.trapgate.emulator.linux.kernel.time.Timekeeper;
import dev.trapgate.emulator.linux.mm.Mm;
import java.util.Map;
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
    private final FileDescriptorTable files;
    private final Timekeeper timekeeper;
    private final ResourceLimits limits = new ResourceLimits();
    private final Map<Integer, SignalAction> actions = new ConcurrentHashMap<>();
    private final Set<Task> tasks = ConcurrentHashMap.newKeySet();
    private final ResourceLimits parentLimits = new ResourceLimits();
    private final SchedAttributes parentScheduling = new SchedAttributes();
    private final MmFlags mmFlags = new MmFlags();
    private final LocalDescriptorTable ldt = new LocalDescriptorTable();
    private final JobControl jobControl;
    private final LongAdder endedCpuTime = new LongAdder();
    private volatile UtsName utsName;
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
        this.jobControl = new JobControl(tgid, tgid);
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

    /** {@return the tasks that it has} */
    Set<Task> tasks() {
        return tasks;
    }

    /** {@return the task with an id, or null if it has none such} */
    @Nullable
    Task task(int tid) {
        return tasks.stream().filter(task -> task.tid() == tid).findAny().orElse(null);
    }

    /** {@return what it does about a signal} */
    public SignalAction action(int signal) {
        return actions.getOrDefault(signal, SignalAction.DEFAULT);
    }

    /** Sets what it does about a signal, as {@code sigaction(2)}. */
    public void setAction(int signal, SignalAction action) {
        actions.put(signal, action);
    }

    /** {@return how it ended, or null while it lives} */
    public @Nullable TaskEnd end() {
        return end;
    }

    /** Ends the process and all its tasks: {@code do_group_exit}. The first end counts. */
    public synchronized void groupExit(TaskEnd how) {
        if (end == null) {
            end = how;
        }
        tasks.forEach(Task::wake);
    }

    void join(Task task) {
        tasks.add(task);
    }

    void leave(Task task) {
        if (tasks.remove(task)) {
            endedCpuTime.add(task.cpuTime().nanos());
        }
    }
}
