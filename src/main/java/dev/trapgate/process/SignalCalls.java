package dev.trapgate.process;

import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.RefusedCallException;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;
import java.lang.foreign.MemorySegment;

/**
 * Signals to threads, and signals as something to read.
 *
 * <p>A signal to the process goes to any of its threads that has not blocked it, and a JVM has many: what is to be read from a
 * descriptor must be sent to the thread that blocked it ({@link #tgkill}), or be blocked before the JVM starts, by the program
 * that starts it.
 *
 * @param kernel whose calls
 * @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
 */
public record SignalCalls(Kernel kernel) {

    private static final Call TGKILL = Call.of(Syscall.TGKILL);
    private static final Call RT_SIGPROCMASK = Call.of(Syscall.RT_SIGPROCMASK);
    private static final Call RT_SIGPENDING = Call.of(Syscall.RT_SIGPENDING);
    private static final Call SIGNALFD4 = Call.of(Syscall.SIGNALFD4);
    private static final Call READ = Call.of(Syscall.READ);

    private static final int NEW = -1;
    private static final int SIG_BLOCK = 0;
    private static final int SIG_UNBLOCK = 1;
    /** HotSpot's handlers of these make null checks, polls and deoptimization: blocked, they end the process. */
    private static final SignalSet JVMS_OWN =
            SignalSet.of(Signal.SIGSEGV, Signal.SIGBUS, Signal.SIGFPE, Signal.SIGILL, Signal.SIGTRAP);

    /**
     * Sends a signal to a thread, as {@code tgkill(2)}. A JVM's thread that has not blocked it does what the process does.
     *
     * @param process the process
     * @param thread its thread, by {@code thread().gettid()}
     * @param signal the signal
     * @throws SyscallException ESRCH if there is no such thread; EPERM; EAGAIN if too many signals wait
     * @see <a href="https://man7.org/linux/man-pages/man2/tgkill.2.html">tgkill(2)</a>
     */
    public void tgkill(Pid process, Pid thread, Signal signal) {
        kernel.call(TGKILL, process.value(), thread.value(), signal.number());
    }

    /**
     * Blocks signals for the calling thread, as {@code rt_sigprocmask(2)} with SIG_BLOCK: they wait.
     *
     * @param signals what to block; SIGKILL and SIGSTOP never are
     * @return what was blocked before
     * @throws RefusedCallException if the thread is virtual: it would be the carrier's signals; or for signals that the JVM
     *     lives by
     */
    public SignalSet block(SignalSet signals) {
        requireNotTheJvms(signals);
        return mask(SIG_BLOCK, signals);
    }

    /**
     * Lets signals through to the calling thread again, as with SIG_UNBLOCK; those that waited come at once.
     *
     * @param signals what not to block
     * @return what was blocked before
     * @throws RefusedCallException if the thread is virtual
     */
    public SignalSet unblock(SignalSet signals) {
        return mask(SIG_UNBLOCK, signals);
    }

    /** {@return what the calling thread, a virtual one's carrier, blocks} */
    public SignalSet blocked() {
        try (Scratch scratch = kernel.scratch()) {
            long old = scratch.room(SignalSet.SIZE, Long.BYTES);
            kernel.call(RT_SIGPROCMASK, SIG_BLOCK, 0, old, SignalSet.SIZE);
            return read(scratch, old);
        }
    }

    /** {@return what waits for the calling thread or its process because it is blocked, as {@code rt_sigpending(2)}} */
    public SignalSet pending() {
        try (Scratch scratch = kernel.scratch()) {
            long set = scratch.room(SignalSet.SIZE, Long.BYTES);
            kernel.call(RT_SIGPENDING, set, SignalSet.SIZE);
            return read(scratch, set);
        }
    }

    private void requireNotTheJvms(SignalSet signals) {
        if (kernel.gate().kind() == Gate.Kind.NATIVE && (signals.bits() & JVMS_OWN.bits()) != 0) {
            throw new RefusedCallException(
                    Syscall.RT_SIGPROCMASK,
                    "the JVM's compiled code lives by " + JVMS_OWN + ", and a thread that blocks one ends the process",
                    "leave these out");
        }
    }

    private SignalSet mask(int how, SignalSet signals) {
        if (Thread.currentThread().isVirtual()) {
            throw new RefusedCallException(
                    Syscall.RT_SIGPROCMASK,
                    "this is a virtual thread; the change would stay with the carrier that it happens to run on",
                    "run this part in a platform thread");
        }
        try (Scratch scratch = kernel.scratch()) {
            long set = set(scratch, signals);
            long old = scratch.room(SignalSet.SIZE, Long.BYTES);
            kernel.call(RT_SIGPROCMASK, how, set, old, SignalSet.SIZE);
            return read(scratch, old);
        }
    }

    private static long set(Scratch scratch, SignalSet signals) {
        long set = scratch.room(SignalSet.SIZE, Long.BYTES);
        scratch.at(set, SignalSet.SIZE).set(Layouts.LONG, 0, signals.bits());
        return set;
    }

    private static SignalSet read(Scratch scratch, long set) {
        return new SignalSet(scratch.at(set, SignalSet.SIZE).get(Layouts.LONG, 0));
    }

    /**
     * Makes a descriptor from which signals are read, as {@code signalfd4(2)}. It reads what waits for the thread that reads, or
     * for the process: block the signals first.
     *
     * @param signals which
     * @param flags what kind
     * @return the descriptor, to be closed
     * @see <a href="https://man7.org/linux/man-pages/man2/signalfd.2.html">signalfd(2)</a>
     */
    public FileDescriptor signalfd(SignalSet signals, SignalfdFlags flags) {
        try (Scratch scratch = kernel.scratch()) {
            long number = kernel.call(SIGNALFD4, NEW, set(scratch, signals), SignalSet.SIZE, flags.bits());
            return FileDescriptor.own(kernel, (int) number);
        }
    }

    /**
     * Changes which signals are read from a descriptor.
     *
     * @param descriptor what signalfd made
     * @param signals which from now on
     * @throws SyscallException EINVAL if it is another kind of descriptor
     */
    public void signalfd(FileDescriptor descriptor, SignalSet signals) {
        try (Scratch scratch = kernel.scratch()) {
            kernel.callOn(SIGNALFD4, descriptor, set(scratch, signals), SignalSet.SIZE, 0);
        }
    }

    /**
     * Waits for a signal, and takes it.
     *
     * @param descriptor what signalfd made
     * @return the signal: a copy on the heap
     * @throws SyscallException EAGAIN if it does not block and there is none; EINTR
     */
    public SignalInfo read(FileDescriptor descriptor) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(SignalInfo.SIZE, Long.BYTES);
            kernel.callOn(READ, descriptor, address, SignalInfo.SIZE, 0);
            MemorySegment info = scratch.at(address, SignalInfo.SIZE);
            return SignalInfo.copyOf(info);
        }
    }

    /**
     * Waits for a signal, and takes it, without allocating.
     *
     * @param descriptor what signalfd made
     * @param into what to fill: {@link SignalInfo#in} makes one
     * @throws SyscallException EAGAIN if it does not block and there is none; EINTR
     */
    public void read(FileDescriptor descriptor, SignalInfo into) {
        kernel.callOn(READ, descriptor, kernel.address(into.buffer(), SignalInfo.SIZE), SignalInfo.SIZE, 0);
    }
}
