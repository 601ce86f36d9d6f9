package dev.trapgate.kernel;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What a descriptor's owner and the cleaner share: the number, how many calls use it, and whether it is to be closed. All
 * three change in one word, so that the number cannot go back to the kernel, and on to someone else, during a call.
 */
final class OpenDescriptor implements Runnable {

    private static final Call CLOSE = Call.of(Syscall.CLOSE);
    private static final System.Logger LOGGER = System.getLogger("dev.trapgate");
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(OpenDescriptor.class, "state", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Set, with no use left, once the number has been handed on: nothing is to be closed. */
    private static final int DETACHED = 1 << 30;
    /** The sign: closed for new uses. The bits below {@link #DETACHED} count the calls in progress. */
    private static final int CLOSED = 1 << 31;

    private final Kernel kernel;
    private final int number;
    private final @Nullable Throwable opened;

    @SuppressWarnings("unused") // by STATE
    private volatile int state;

    OpenDescriptor(Kernel kernel, int number, @Nullable Throwable opened) {
        this.kernel = kernel;
        this.number = number;
        this.opened = opened;
    }

    Kernel kernel() {
        return kernel;
    }

    int number() {
        return number;
    }

    boolean isOpen() {
        return state >= 0;
    }

    /** {@return whether one more call may use it} */
    boolean hold() {
        int now = (int) STATE.getOpaque(this);
        while (now >= 0) {
            int before = (int) STATE.compareAndExchange(this, now, now + 1);
            if (before == now) {
                return true;
            }
            now = before;
        }
        return false;
    }

    void letGo() {
        if ((int) STATE.getAndAdd(this, -1) == CLOSED + 1) {
            kernel.enter(CLOSE, number, 0, 0, 0, 0, 0);
        }
    }

    /** {@return the kernel's answer; 0 if it was closed before, or if the last call that uses it will close it} */
    long close() {
        int before = (int) STATE.getAndBitwiseOr(this, CLOSED);
        return before == 0 ? kernel.enter(CLOSE, number, 0, 0, 0, 0, 0) : 0;
    }

    /** {@return whether the number is the caller's now; not while calls use it, nor once it is closed} */
    boolean detach() {
        return STATE.compareAndSet(this, 0, CLOSED | DETACHED);
    }

    SyscallException failure(long answer) {
        return kernel.failure(CLOSE, answer, number, 0, 0, 0, 0, 0);
    }

    /** Closes what its owner lost, and says so. */
    @Override
    public void run() {
        if (!isOpen()) {
            return;
        }
        LOGGER.log(
                System.Logger.Level.WARNING,
                "file descriptor " + number + " was never closed; close it, or use try-with-resources"
                        + (opened == null ? ". Where it was opened: -D" + FileDescriptor.TRACE + "=true" : ""),
                opened);
        try {
            long answer = close();
            if (Errno.isError(answer)) {
                LOGGER.log(System.Logger.Level.WARNING, failure(answer).getMessage());
            }
        } catch (RuntimeException machineIsOff) {
            LOGGER.log(System.Logger.Level.DEBUG, "its kernel is gone", machineIsOff);
        }
    }
}
