package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserMemory;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An entry whose calls are made by a thread of their own, which does nothing else: its descriptors are not the JVM's any
 * more, so it could not even load a class.
 *
 * <p>One other thread at a time tells it what to do.
 */
final class ConfinedThread implements SyscallEntry {

    private static final int SPINS = 100;
    private static final long DEADLINE_NANOS = Side.DEADLINE_MILLIS * 1_000_000L;
    /** What the runner itself does may take longer than a call: the host may be busy. */
    private static final long PATIENCE_NANOS = 30 * 1_000_000_000L;

    private static final long LOOK_NANOS = 200_000;

    private final SyscallEntry entry;
    private final Supplier<? extends KernelThread> confinement;
    private final Thread thread = new Thread(this::serve, "confined");

    private final long[] arguments = new long[Player.REGISTERS];
    private int number;
    private long answer;
    private @Nullable Runnable task;
    private @Nullable Throwable failure;
    private @Nullable KernelThread inKernel;

    /** Who may touch the fields above, but for those of a call's arguments, which only the caller writes. */
    private volatile Turn turn = Turn.THREAD;

    private volatile Thread caller = Thread.currentThread();

    private enum Turn {
        CALLER,
        THREAD,
        EXIT,
        NOBODY
    }

    /**
     * Starts the thread.
     *
     * @param entry through which gate it makes calls
     * @param confinement what it does first, and what its kernel has of it then
     * @throws IllegalStateException if that fails
     */
    ConfinedThread(SyscallEntry entry, Supplier<? extends KernelThread> confinement) {
        this.entry = entry;
        this.confinement = confinement;
        thread.setDaemon(true);
        thread.start();
        await(PATIENCE_NANOS);
    }

    /**
     * Has the thread start another, which shares with it what threads of a process share.
     *
     * @param before what this thread does before it starts the other
     * @param otherConfinement what the other does first, and what its kernel has of it then
     * @param after what this thread does afterwards
     * @return the other
     */
    ConfinedThread fork(Runnable before, Supplier<? extends KernelThread> otherConfinement, Runnable after) {
        return inside(its -> {
            before.run();
            ConfinedThread other = new ConfinedThread(its, otherConfinement);
            after.run();
            return other;
        });
    }

    /**
     * Has the thread do something that takes many calls, which costs less than to hand them over one by one.
     *
     * @param work what to do with the thread's entry; whatever it needs must have been loaded before
     * @param <T> what comes of it
     * @return what came of it
     * @throws BlockedException if it is not done after half a minute
     */
    <T> T inside(Function<SyscallEntry, T> work) {
        AtomicReference<T> done = new AtomicReference<>();
        task = () -> done.set(work.apply(entry));
        caller = Thread.currentThread();
        pass(Turn.THREAD, thread);
        await(PATIENCE_NANOS);
        task = null;
        return done.get();
    }

    private void serve() {
        try {
            inKernel = confinement.get();
        } catch (RuntimeException | Error refused) {
            failure = refused;
        }
        pass(Turn.CALLER, caller);
        while (awaitTurn()) {
            try {
                work();
            } catch (RuntimeException | Error refused) {
                failure = refused;
            }
            pass(Turn.CALLER, caller);
        }
        if (turn == Turn.EXIT && inKernel != null) {
            inKernel.exit();
        }
    }

    private void work() {
        if (task != null) {
            task.run();
        } else {
            answer = entry.enter(
                    number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
        }
    }

    private boolean awaitTurn() {
        for (int spins = 0; turn == Turn.CALLER; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
        return turn == Turn.THREAD;
    }

    private void pass(Turn next, Thread to) {
        turn = next;
        LockSupport.unpark(to);
    }

    private void await(long patience) {
        long start = System.nanoTime();
        for (int spins = 0; turn == Turn.THREAD; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, patience);
                if (System.nanoTime() - start > patience && turn == Turn.THREAD) {
                    throw new BlockedException();
                }
            }
        }
        if (failure instanceof RuntimeException itsOwn) {
            throw itsOwn;
        }
        if (failure != null) {
            throw new IllegalStateException("the confined thread failed: " + failure, failure);
        }
    }

    /** {@inheritDoc} */
    @Override
    public long enter(int callNumber, long a1, long a2, long a3, long a4, long a5, long a6) {
        begin(callNumber, a1, a2, a3, a4, a5, a6);
        return result();
    }

    /** Has the thread make a call, and does not wait for it. */
    void begin(int callNumber, long a1, long a2, long a3, long a4, long a5, long a6) {
        number = callNumber;
        arguments[0] = a1;
        arguments[1] = a2;
        arguments[2] = a3;
        arguments[3] = a4;
        arguments[4] = a5;
        arguments[5] = a6;
        caller = Thread.currentThread();
        pass(Turn.THREAD, thread);
    }

    /** {@return whether the call has come back} */
    boolean isBack() {
        return turn == Turn.CALLER;
    }

    /**
     * {@return what the call answered, once it has}
     *
     * @throws BlockedException if it has not come back at its deadline
     */
    long result() {
        await(DEADLINE_NANOS);
        return answer;
    }

    /** {@return whether the thread sleeps in the call} */
    boolean isAsleep() {
        return turn == Turn.THREAD && Objects.requireNonNull(inKernel).isAsleep(number, arguments);
    }

    /**
     * Ends the thread, as {@code exit(2)}, and waits for its end.
     *
     * @throws BlockedException if it has not ended at the deadline
     */
    void exit() {
        pass(Turn.EXIT, thread);
        long start = System.nanoTime();
        KernelThread its = Objects.requireNonNull(inKernel);
        while (thread.isAlive() || !its.isGone()) {
            if (System.nanoTime() - start > DEADLINE_NANOS) {
                throw new BlockedException();
            }
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
    }

    /** Ends the thread, and with it all that is its own; one that is in a call stays there. */
    @Override
    public void close() {
        if (turn == Turn.CALLER) {
            pass(Turn.NOBODY, thread);
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Gate gate() {
        return entry.gate();
    }

    @Override
    public Abi abi() {
        return entry.abi();
    }

    @Override
    public Linkage linkage() {
        return entry.linkage();
    }

    @Override
    public Optional<String> refusal(int callNumber) {
        return entry.refusal(callNumber);
    }

    @Override
    public SyscallEntry critical() {
        throw new UnsupportedOperationException("calls of another thread have no linkage to choose");
    }

    @Override
    public UserMemory memory() {
        return entry.memory();
    }
}
