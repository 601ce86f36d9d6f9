package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.fs.BlockedLocks;
import dev.trapgate.emulator.linux.fs.KernelMounts;
import dev.trapgate.emulator.linux.ipc.IpcNamespace;
import dev.trapgate.emulator.linux.kernel.futex.Futexes;
import dev.trapgate.emulator.linux.kernel.time.Timekeeper;
import org.jspecify.annotations.Nullable;

/** What all processes of a machine share: its clocks, its namespaces, the kernel's tables and their locks. */
public final class KernelGlobals {

    private final Timekeeper timekeeper;
    private final KernelMounts mounts;
    private final BlockedLocks blockedLocks = new BlockedLocks();
    private final IpcNamespace ipcNamespace;
    private final Futexes futexes = new Futexes();
    private final PidNamespace pids = new PidNamespace();
    private final HandlerReturn handlerReturn;
    private volatile UtsName utsName;
    private volatile @Nullable TaskHost host;

    /**
     * Makes a machine's.
     *
     * @param timekeeper its clocks
     * @param mounts the kernel's own file systems
     * @param utsName what uname(2) tells
     * @param handlerReturn where handlers of 32-bit programs return to
     */
    public KernelGlobals(Timekeeper timekeeper, KernelMounts mounts, UtsName utsName, HandlerReturn handlerReturn) {
        this.timekeeper = timekeeper;
        this.mounts = mounts;
        this.ipcNamespace = new IpcNamespace(mounts.inodes());
        this.utsName = utsName;
        this.handlerReturn = handlerReturn;
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

    /** {@return queues, semaphores and shared memory of System V, and message queues of POSIX} */
    public IpcNamespace ipcNamespace() {
        return ipcNamespace;
    }

    /** {@return who waits on which futex} */
    public Futexes futexes() {
        return futexes;
    }

    /** {@return who has which id} */
    public PidNamespace pids() {
        return pids;
    }

    /** {@return where handlers of 32-bit programs return to} */
    public HandlerReturn handlerReturn() {
        return handlerReturn;
    }

    /** {@return what uname(2) tells} */
    public UtsName utsName() {
        return utsName;
    }

    /** Changes what uname(2) tells: sethostname(2). */
    public void setUtsName(UtsName other) {
        utsName = other;
    }

    /** {@return what runs tasks that programs make; null if tasks are made by Java alone} */
    public @Nullable TaskHost host() {
        return host;
    }

    /** Lets programs make tasks from now on. */
    public void setHost(TaskHost runner) {
        host = runner;
    }
}
