package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.cpu.Cpu;
import dev.trapgate.emulator.linux.arch.x86.FloatingPoint;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.fs.FilesStruct;
import dev.trapgate.emulator.linux.fs.IovIter;
import dev.trapgate.emulator.linux.fs.Kiocb;
import dev.trapgate.emulator.linux.fs.NameBuffer;
import dev.trapgate.emulator.linux.kernel.futex.RobustList;
import dev.trapgate.emulator.linux.kernel.sched.CpuTime;
import dev.trapgate.emulator.linux.kernel.sched.Processors;
import dev.trapgate.emulator.linux.kernel.sched.SchedAttributes;
import dev.trapgate.emulator.linux.mm.Uaccess;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A thread of a program: {@code struct task_struct}. It has a processor to itself, so that none is ever switched. */
public final class Task {

    /** Kernel buffer for structures on their way to a program, in bytes. */
    public static final int BUFFER_SIZE = 512;

    /** How many yields of a virtual thread there are for one that parks; a power of 2. */
    private static final int YIELDS_A_PARK = 64;

    private volatile int tid;
    private final int cpuNumber;
    private final KernelProcess process;
    private final Cpu cpu;
    private final Uaccess uaccess;
    private final MemorySegment buffer = MemorySegment.ofArray(new long[BUFFER_SIZE / Long.BYTES]);
    private final NameBuffer names = new NameBuffer();
    private final Kiocb kiocb = new Kiocb();
    private final IovIter iovIter;
    private final TaskSignals signals;
    private final SyscallWork work = new SyscallWork();
    private volatile SchedAttributes scheduling = new SchedAttributes();
    private final CpuTime cpuTime = new CpuTime();
    private final TaskAttributes attributes = new TaskAttributes();
    private final Rseq rseq = new Rseq();
    private volatile Credentials credentials;
    private volatile FilesStruct files;
    private volatile boolean signalPending;
    private volatile @Nullable Thread sleeper;
    private int yields;
    private volatile @Nullable TaskEnd end;
    private @Nullable VforkDone vforkDone;
    private @Nullable SyscallHandler restart;
    private @Nullable String oops;
    private final FloatingPoint floatingPoint;

    /**
     * Makes a task of a process, which does not count it yet: {@link #join}.
     *
     * @param tid its id
     * @param cpuNumber the number of its processor
     * @param process the process it belongs to
     * @param cpu its processor
     */
    public Task(int tid, int cpuNumber, KernelProcess process, Cpu cpu) {
        this.tid = tid;
        this.cpuNumber = cpuNumber;
        this.process = process;
        this.cpu = cpu;
        this.floatingPoint = new FloatingPoint(cpu);
        this.uaccess = new Uaccess(cpu, process.mm());
        this.iovIter = new IovIter(uaccess);
        this.credentials = process.credentials();
        this.files = process.files().get();
        this.signals = new TaskSignals(AlternateStack.NONE, process.signalQuota());
    }

    /** Becomes one of its process's tasks, whom signals for it may reach. {@return false if the process is ending} */
    public boolean join() {
        return process.join(this);
    }

    /** Takes over what a child has of the task that makes it: {@code dup_task_struct} and what follows in {@code copy_process}. */
    void inherit(Task parent) {
        credentials = parent.credentials;
        scheduling = parent.scheduling.fork();
        attributes.copyFrom(parent.attributes);
        work.copyFrom(parent.work);
        signals.setBlocked(parent.signals.blocked());
    }

    /** Gives it another table of descriptors, whose reference becomes its own. */
    void setFiles(FilesStruct other) {
        FilesStruct before = files;
        files = other;
        before.put();
    }

    /** Takes the id of its process over, whose first task has ended: of {@code de_thread}. */
    void lead() {
        process.globals().pids().remove(this);
        tid = process.tgid();
        process.globals().pids().add(this);
    }

    /** {@return who waits for it to let go of its parent's memory: {@code vfork_done}; null if nobody does} */
    @Nullable
    VforkDone vforkDone() {
        return vforkDone;
    }

    void setVforkDone(@Nullable VforkDone done) {
        vforkDone = done;
    }

    /** {@return its id, which gettid(2) answers} */
    public int tid() {
        return tid;
    }

    /** {@return the number of its processor in this machine, counted as tasks are} */
    public int cpuNumber() {
        return cpuNumber;
    }

    /** {@return the process it belongs to} */
    public KernelProcess process() {
        return process;
    }

    /** {@return whose rights it has} */
    public Credentials credentials() {
        return credentials;
    }

    /** Gives it other rights: {@code commit_creds}. */
    public void setCredentials(Credentials others) {
        credentials = others;
    }

    /** {@return its descriptors: the process's, unless it took a table of its own} */
    public FilesStruct files() {
        return files;
    }

    /** Gives it a table of descriptors of its own, if others may use the one it has: {@code unshare_fd}. */
    public void unshareFiles() {
        int own = files == process.files() ? 2 : 1;
        if (files.users() > own) {
            setFiles(files.copy());
        }
    }

    /** {@return one more than the greatest descriptor it may have: RLIMIT_NOFILE} */
    public long descriptorLimit() {
        return process.limits().soft(ResourceLimits.Resource.RLIMIT_NOFILE);
    }

    /** {@return its room for a file's name on its way, one at a time} */
    public NameBuffer names() {
        return names;
    }

    /** {@return its reads' and writes' state, one at a time} */
    public Kiocb kiocb() {
        return kiocb;
    }

    /** {@return its way through the program's memory in a read or write, one at a time} */
    public IovIter iovIter() {
        return iovIter;
    }

    /** {@return how it is to be scheduled} */
    public SchedAttributes scheduling() {
        return scheduling;
    }

    /** {@return the number of the processor that it is told it runs on, which getcpu(2) answers} */
    public int processor() {
        return Processors.of(scheduling.affinity(), cpuNumber);
    }

    /** {@return how long it has run} */
    public CpuTime cpuTime() {
        return cpuTime;
    }

    /** {@return what it asked of the kernel for itself} */
    public TaskAttributes attributes() {
        return attributes;
    }

    /** {@return its restartable sequences} */
    public Rseq rseq() {
        return rseq;
    }

    /** {@return its processor} */
    public Cpu cpu() {
        return cpu;
    }

    /** {@return the way to its program's memory} */
    public Uaccess uaccess() {
        return uaccess;
    }

    /** {@return a kernel buffer of this task's own, for a structure on its way; its contents are whatever was there} */
    public MemorySegment buffer() {
        return buffer;
    }

    /**
     * Copies the start of {@link #buffer} to the program.
     *
     * @param to the program's address
     * @param size how many bytes
     * @return 0 or −EFAULT
     */
    public long copyBufferToUser(long to, int size) {
        return uaccess.copyToUser(to, buffer, size) == 0 ? 0 : ErrorNumbers.EFAULT;
    }

    /** {@return how it ended, or null while it lives} */
    public @Nullable TaskEnd end() {
        return end == null ? process.end() : end;
    }

    /** Ends this task alone, as {@code exit(2)}; with its last task a process ends. */
    public void exit(int status) {
        endAlone(TaskEnd.exited(status));
    }

    /** One of a program ends once it is out of the kernel: {@link TaskExit}. */
    private void endAlone(TaskEnd how) {
        if (process.globals().host() != null) {
            endAs(how);
            return;
        }
        RobustList.release(this);
        end = how;
        leave();
        if (process.taskCount() == 0) {
            process.groupExit(how);
        }
    }

    /** Has it end; any thread may. The first end counts. */
    void endAs(TaskEnd how) {
        if (end == null) {
            end = how;
        }
        signalWakeUp();
    }

    /** {@return how it alone has ended; null if it has not, or its whole process has} */
    @Nullable
    TaskEnd ownEnd() {
        return end;
    }

    /** {@return why its kernel code failed, or null: what the kernel would print as an oops} */
    public @Nullable String oops() {
        return oops;
    }

    /** Ends this task because its kernel code failed. */
    public void die(String why) {
        oops = why;
        end = TaskEnd.killed(Signal.of(Signal.SIGKILL));
        if (process.globals().host() == null) {
            leave();
        }
    }

    /** Ends this task alone, as a signal does that ends a thread: {@code do_exit}; with its last task a process ends. */
    public void endBy(Signal signal) {
        endAlone(TaskEnd.killed(signal));
    }

    /** Takes the task out of its process without an end: the thread it stood for is gone. */
    public void release() {
        leave();
    }

    /** Descriptors that are its own are closed; the process's are, when the process ends. */
    void leave() {
        process.leave(this);
        files.put();
    }

    /** {@return what is to be done around its calls} */
    public SyscallWork work() {
        return work;
    }

    // Signals.

    /** {@return its mask, its pending signals, its stack for handlers} */
    public TaskSignals signals() {
        return signals;
    }

    /** Sends it a signal. Any thread may. */
    public void send(Signal signal) {
        Signals.send(this, signal);
    }

    /** {@return whether a signal or the process's end awaits it: TIF_SIGPENDING} */
    public boolean signalPending() {
        return signalPending;
    }

    /** Sends a signal that the program cannot ignore or block: {@code force_sig_info}. */
    public void force(Signal signal) {
        Signals.force(this, signal, Signals.Forced.HANDLED);
    }

    /** Makes it look for signals, and wakes it if it sleeps: {@code signal_wake_up}. Any thread may. */
    public void signalWakeUp() {
        signalPending = true;
        wake();
    }

    void setSignalPending(boolean pending) {
        signalPending = pending || end() != null || process.isStopped();
    }

    /** {@return whether it sleeps, and nobody has woken it} */
    public boolean isAsleep() {
        return sleeper != null;
    }

    /** {@return the end that an unhandled signal brings} */
    public static TaskEnd killedBy(Signal signal) {
        return TaskEnd.killed(signal);
    }

    /** {@return its floating-point registers} */
    public FloatingPoint floatingPoint() {
        return floatingPoint;
    }

    // Sleeping.

    /**
     * Sleeps until a time or a signal.
     *
     * @param deadline by {@link System#nanoTime}
     * @return whether the time came; false if a signal did first
     */
    public boolean sleepUntil(long deadline) {
        while (deadline - System.nanoTime() > 0 && !signalPending()) {
            park(deadline);
        }
        if (deadline - System.nanoTime() > 0) {
            return false;
        }
        process.timekeeper().hrtimers().runExpired();
        return true;
    }

    private void fallAsleep() {
        sleeper = Thread.currentThread();
        // A signal for the process may wait that was told to a task which does not run.
        if ((process.sharedPending().set() & ~signals.blocked()) != 0) {
            signalPending = true;
        }
    }

    /**
     * Sleeps once: until it is unparked, a time comes or a signal does; perhaps for no reason. The caller looks again.
     *
     * @param deadline by {@link System#nanoTime}; {@link WaitingTask#FOREVER} for none
     */
    void park(long deadline) {
        fallAsleep();
        parkAsleep(deadline);
    }

    /**
     * The same until a time that may be changed. It is asked for once the task counts as asleep, so that {@link #wake} after a
     * change is never too early.
     */
    void park(LongSupplier deadline) {
        fallAsleep();
        parkAsleep(deadline.getAsLong());
    }

    /**
     * Sleeps until something is so or the task has ended; signals do not disturb it. Whoever makes it so {@link #wake}s it.
     *
     * @param done what it waits for
     */
    void sleepKillable(BooleanSupplier done) {
        cpuTime.sleeps();
        sleeper = Thread.currentThread();
        while (!done.getAsBoolean() && end() == null) {
            LockSupport.park(this);
            sleeper = Thread.currentThread();
        }
        sleeper = null;
        cpuTime.wakes();
    }

    private void parkAsleep(long deadline) {
        cpuTime.sleeps();
        try {
            if (signalPending()) {
                return;
            }
            if (deadline == WaitingTask.FOREVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, deadline - System.nanoTime());
            }
            if (Thread.interrupted()) {
                send(Signal.of(Signal.SIGTERM));
            }
        } finally {
            cpuTime.wakes();
            sleeper = null;
        }
    }

    /**
     * Lets other threads of Java run: {@code yield} of kernel/sched/syscalls.c. A task has a processor to itself; what others
     * may wait for is the thread that carries virtual ones.
     *
     * <p>Thread.yield() alone is not enough for a virtual thread: with as many of them looping over it as there are carriers,
     * each carrier takes its own up again and never looks at what other threads have submitted. One that parks leaves its
     * carrier to whoever else is due.
     */
    @SuppressWarnings("ThreadPriorityCheck") // the call is for just that
    public void yieldProcessor() {
        if (Thread.currentThread().isVirtual() && (++yields & YIELDS_A_PARK - 1) == 0) {
            LockSupport.parkNanos(this, 1);
        } else {
            Thread.yield();
        }
    }

    /** Wakes it if it sleeps; what it waits for is looked at anew. Any thread may. */
    public void wake() {
        Thread asleep = sleeper;
        if (asleep != null) {
            sleeper = null;
            LockSupport.unpark(asleep);
        }
    }

    /** Notes that somebody is about to unpark it: it sleeps no more. */
    void roused() {
        sleeper = null;
    }

    /** Remembers how restart_syscall(2) goes on with a call that a signal broke off: {@code restart_block}. */
    public void setRestart(SyscallHandler handler) {
        restart = handler;
    }

    /** {@return what restart_syscall(2) does: the remembered call once, −EINTR without one} */
    public long restart(PtRegs regs) {
        SyscallHandler handler = restart;
        restart = null;
        return handler == null ? ErrorNumbers.EINTR : handler.call(this, regs);
    }

    /** Forgets the broken-off call: a handler returned in between. */
    public void forgetRestart() {
        restart = null;
    }
}
