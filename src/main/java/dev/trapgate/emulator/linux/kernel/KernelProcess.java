package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.fs.FilesStruct;
import dev.trapgate.emulator.linux.fs.FsStruct;
import dev.trapgate.emulator.linux.fs.KernelMounts;
import dev.trapgate.emulator.linux.kernel.time.Timekeeper;
import dev.trapgate.emulator.linux.mm.Mm;
import java.util.Map;
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
    private final FilesStruct files;
    private final FsStruct fs;
    private final Timekeeper timekeeper;
    private final KernelMounts mounts;
    private final ResourceLimits limits = new ResourceLimits();
    private final Map<Integer, SignalAction> actions = new ConcurrentHashMap<>();
    private final Set<Task> tasks = ConcurrentHashMap.newKeySet();
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

    /** {@return how many tasks it has} */
    public int taskCount() {
        return tasks.size();
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
        tasks.remove(task);
    }
}
