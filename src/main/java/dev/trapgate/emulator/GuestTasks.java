package dev.trapgate.emulator;

import dev.trapgate.emulator.cpu.AddressSpace;
import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.fs.exec.BinfmtElf;
import dev.trapgate.emulator.linux.kernel.KernelProcess;
import dev.trapgate.emulator.linux.kernel.PidNamespace;
import dev.trapgate.emulator.linux.kernel.Signal;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.kernel.TaskExit;
import dev.trapgate.emulator.linux.kernel.TaskHost;
import dev.trapgate.emulator.linux.mm.Mm;
import dev.trapgate.emulator.linux.mm.PhysicalMemory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs the threads and processes that programs of a machine make, each on a Java thread of its own: platform threads, since
 * what they execute computes, and virtual ones that compute would keep all others from their carriers.
 */
final class GuestTasks implements TaskHost {

    /** Often enough to notice within milliseconds that a task is to end. */
    private static final long INSTRUCTIONS_AT_ONCE = 1_000_000;

    /** What a task takes of the heap, about: processor, kernel stack, decoded code. */
    private static final long BYTES_A_TASK = 256 << 10;
    /** The share of the heap that tasks may take. */
    private static final long HEAP_SHARE = 4;

    private static final int MOST_TASKS = 1000;
    private static final int LEAST_TASKS = 64;
    private static final long STACK_SIZE = 1 << 20;
    private static final long LOOK_AGAIN_MILLIS = 10;
    private static final int SOME = 64;

    private final EmulatedMachine machine;
    private final MachineLayout layout;
    private final PhysicalMemory memory;
    private final PageFrames vvar;
    private final Set<Task> running = ConcurrentHashMap.newKeySet();
    /** Those that were started; some have ended. */
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /**
     * Makes a machine's, which runs none yet.
     *
     * @param machine the machine
     * @param layout how its kernel lays programs out
     * @param memory its page frames
     * @param vvar what the vDSO reads the clocks from
     */
    GuestTasks(EmulatedMachine machine, MachineLayout layout, PhysicalMemory memory, PageFrames vvar) {
        this.machine = machine;
        this.layout = layout;
        this.memory = memory;
        this.vvar = vvar;
    }

    @Override
    public AddressSpace newSpace() {
        return layout.newSpace();
    }

    @Override
    public Mm newMm() {
        Mm mm = layout.newMm(newSpace(), memory);
        layout.mapVdso(mm, vvar);
        return mm;
    }

    @Override
    public BinfmtElf.Personalities personalities() {
        return layout::personality;
    }

    @Override
    public int threadsMax() {
        long fitting = Runtime.getRuntime().maxMemory() / HEAP_SHARE / BYTES_A_TASK;
        return Math.clamp(fitting, LEAST_TASKS, MOST_TASKS);
    }

    @Override
    public @Nullable Task newTask(KernelProcess process, int tid) {
        try {
            return machine.newTask(process, tid);
        } catch (OutOfMemoryError none) {
            // The emulated machine is out of memory, not the host's program.
            return null;
        }
    }

    @Override
    public boolean wakeUp(Task task) {
        EmulatedThread thread = machine.thread(task);
        Thread java = Thread.ofPlatform()
                .daemon()
                .name("guest-" + task.tid())
                .stackSize(STACK_SIZE)
                .unstarted(() -> run(thread));
        running.add(task);
        if (threads.size() > 2 * running.size() + SOME) {
            threads.removeIf(ended -> !ended.isAlive());
        }
        try {
            java.start();
            threads.add(java);
            return true;
        } catch (OutOfMemoryError none) {
            // The host has no thread left.
            running.remove(task);
            return false;
        }
    }

    @Override
    public void discard(Task task) {
        machine.stop(task);
    }

    /** Runs a task to its end by the calling thread. */
    void run(EmulatedThread thread) {
        Task task = thread.task();
        running.add(task);
        try {
            while (task.end() == null) {
                thread.run(INSTRUCTIONS_AT_ONCE);
            }
        } catch (OutOfMemoryError none) {
            task.process().groupExit(Task.killedBy(Signal.of(Signal.SIGKILL)));
        } finally {
            TaskExit.doExit(task);
            machine.stop(task);
            running.remove(task);
            if (running.isEmpty()) {
                synchronized (this) {
                    notifyAll();
                }
            }
        }
    }

    /** Waits until a process has ended. */
    void await(KernelProcess process) {
        boolean interrupted = false;
        synchronized (this) {
            while (process.exit() == null) {
                try {
                    wait(LOOK_AGAIN_MILLIS);
                } catch (InterruptedException disturbed) {
                    interrupted = true;
                    process.groupExit(Task.killedBy(Signal.of(Signal.SIGKILL)));
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills all processes, and waits until their threads have ended; the calling thread may be none of those. */
    void endAll() {
        PidNamespace pids = machine.process().globals().pids();
        boolean interrupted = false;
        while (!running.isEmpty()) {
            // One that was just being made is found at the next look.
            pids.processes().forEach(process -> process.groupExit(Task.killedBy(Signal.of(Signal.SIGKILL))));
            interrupted |= !pause();
        }
        for (Thread thread : threads) {
            interrupted |= !joined(thread);
        }
        threads.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return whether nobody interrupted it} */
    private static boolean pause() {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
            return true;
        } catch (InterruptedException disturbed) {
            return false;
        }
    }

    /** {@return whether nobody interrupted the wait for the end of a thread that has nothing left to do} */
    private static boolean joined(Thread thread) {
        try {
            thread.join();
            return true;
        } catch (InterruptedException disturbed) {
            return false;
        }
    }
}
