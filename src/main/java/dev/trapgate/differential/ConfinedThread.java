package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserMemory;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An entry whose calls are made by a thread of their own, which does nothing else: its descriptors are not the JVM's any
 * more, so it could not even load a class.
 */
final class ConfinedThread implements SyscallEntry {

    private static final int SPINS = 2_000;
    private static final long DEADLINE_NANOS = Side.DEADLINE_MILLIS * 1_000_000;

    private final SyscallEntry entry;
    private final Runnable confinement;
    private final Thread caller = Thread.currentThread();
    private final Thread thread = new Thread(this::serve, "confined");

    private final long[] arguments = new long[Player.REGISTERS];
    private int number;
    private long answer;
    private @Nullable Throwable failure;

    /** Who may touch the fields above. */
    private volatile Turn turn = Turn.THREAD;

    private enum Turn {
        CALLER,
        THREAD,
        NOBODY
    }

    /**
     * Starts the thread.
     *
     * @param entry through which gate it makes calls
     * @param confinement what it does first
     * @throws IllegalStateException if that fails
     */
    ConfinedThread(SyscallEntry entry, Runnable confinement) {
        this.entry = entry;
        this.confinement = confinement;
        thread.setDaemon(true);
        thread.start();
        await();
    }

    private void serve() {
        try {
            confinement.run();
        } catch (RuntimeException | Error refused) {
            failure = refused;
        }
        pass(Turn.CALLER, caller);
        while (awaitTurn()) {
            try {
                answer = entry.enter(
                        number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
            } catch (RuntimeException | Error refused) {
                failure = refused;
            }
            pass(Turn.CALLER, caller);
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

    private void await() {
        long start = System.nanoTime();
        for (int spins = 0; turn == Turn.THREAD; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, DEADLINE_NANOS);
                if (System.nanoTime() - start > DEADLINE_NANOS && turn == Turn.THREAD) {
                    throw new BlockedException();
                }
            }
        }
        if (failure != null) {
            throw new IllegalStateException("the confined thread failed: " + failure, failure);
        }
    }

    /** {@inheritDoc} */
    @Override
    public long enter(int callNumber, long a1, long a2, long a3, long a4, long a5, long a6) {
        number = callNumber;
        arguments[0] = a1;
        arguments[1] = a2;
        arguments[2] = a3;
        arguments[3] = a4;
        arguments[4] = a5;
        arguments[5] = a6;
        pass(Turn.THREAD, thread);
        await();
        return answer;
    }

    /** Ends the thread, and with it all that is its own. */
    @Override
    public void close() {
        if (turn != Turn.THREAD) {
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
