package dev.trapgate.thread;

import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.RefusedCallException;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;

/**
 * The calling thread, and how threads are scheduled.
 *
 * <p>To the kernel a virtual thread is whatever carrier it runs on at the moment. Asking is allowed there, and the answer is
 * the carrier's; changing the calling thread is refused, for the change would stay with the carrier.
 *
 * @param kernel whose calls
 */
public record ThreadCalls(Kernel kernel) {

    private static final Call GETTID = Call.of(Syscall.GETTID);
    private static final Call GETCPU = Call.of(Syscall.GETCPU);
    private static final Call SCHED_GETAFFINITY = Call.of(Syscall.SCHED_GETAFFINITY);
    private static final Call SCHED_SETAFFINITY = Call.of(Syscall.SCHED_SETAFFINITY);
    private static final Call SCHED_SETATTR = Call.of(Syscall.SCHED_SETATTR);
    private static final Call SCHED_GETATTR = Call.of(Syscall.SCHED_GETATTR);
    private static final Call SCHED_YIELD = Call.of(Syscall.SCHED_YIELD);
    private static final Call MEMBARRIER = Call.of(Syscall.MEMBARRIER);

    /** {@return the calling thread's number, as {@code gettid(2)}} */
    public Pid gettid() {
        return new Pid((int) kernel.call(GETTID));
    }

    /**
     * {@return where the calling thread runs, as {@code getcpu(2)}} It may run elsewhere at once, unless it is pinned.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/getcpu.2.html">getcpu(2)</a>
     */
    public CpuAndNode getcpu() {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.room(Long.BYTES, Long.BYTES);
            kernel.call(GETCPU, address, address + Integer.BYTES, 0);
            long both = scratch.longAt(address);
            return new CpuAndNode((int) both, (int) (both >>> Integer.SIZE));
        }
    }

    /**
     * Asks where the calling thread runs, as {@link #getcpu()}, without looking for memory: twice as fast by the vDSO.
     *
     * @param into what to fill: {@link CurrentCpu#in} makes one
     */
    public void getcpu(CurrentCpu into) {
        long address = kernel.address(into.buffer(), CurrentCpu.SIZE);
        kernel.call(GETCPU, address, address + CurrentCpu.NODE, 0);
    }

    /**
     * {@return the processors that a thread may run on, as {@code sched_getaffinity(2)}}
     *
     * @param thread its number; {@link Pid#SELF} for the calling one
     * @throws SyscallException ESRCH if there is none
     */
    public CpuSet schedGetaffinity(Pid thread) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.zeroed(CpuSet.SIZE, Long.BYTES);
            kernel.call(SCHED_GETAFFINITY, thread.value(), CpuSet.SIZE, address);
            return CpuSet.read(scratch.at(address, CpuSet.SIZE));
        }
    }

    /**
     * Pins a thread to processors, as {@code sched_setaffinity(2)}.
     *
     * @param thread its number; {@link Pid#SELF} for the calling one, which must be a platform thread
     * @param processors where it may run
     * @throws SyscallException EINVAL if none of them is there and allowed; ESRCH; EPERM for another user's
     * @throws RefusedCallException if the calling thread is meant and virtual
     * @see <a href="https://man7.org/linux/man-pages/man2/sched_setaffinity.2.html">sched_setaffinity(2)</a>
     */
    public void schedSetaffinity(Pid thread, CpuSet processors) {
        requirePlatformThread(Syscall.SCHED_SETAFFINITY, thread);
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.zeroed(CpuSet.SIZE, Long.BYTES);
            processors.write(scratch.at(address, CpuSet.SIZE));
            kernel.call(SCHED_SETAFFINITY, thread.value(), CpuSet.SIZE, address);
        }
    }

    private static void requirePlatformThread(Syscall call, Pid thread) {
        if (thread.value() == 0 && Thread.currentThread().isVirtual()) {
            throw new RefusedCallException(
                    call,
                    "this is a virtual thread; the change would stay with the carrier that it happens to run on",
                    "run this part in a platform thread");
        }
    }

    /**
     * {@return how a thread is scheduled, as {@code sched_getattr(2)}; ESRCH if there is none}
     *
     * @param thread its number
     */
    public SchedulingAttributes schedGetattr(Pid thread) {
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.zeroed(SchedulingAttributes.SIZE, Long.BYTES);
            kernel.call(SCHED_GETATTR, thread.value(), address, SchedulingAttributes.SIZE, 0);
            return SchedulingAttributes.read(scratch.at(address, SchedulingAttributes.SIZE));
        }
    }

    /**
     * Changes how a thread is scheduled, as {@code sched_setattr(2)}.
     *
     * @param thread its number; {@link Pid#SELF} for the calling one, which must be a platform thread
     * @param attributes how
     * @throws SyscallException EPERM without right; EINVAL if they do not fit together; EBUSY for a deadline that cannot be kept
     * @throws RefusedCallException if the calling thread is meant and virtual
     */
    public void schedSetattr(Pid thread, SchedulingAttributes attributes) {
        requirePlatformThread(Syscall.SCHED_SETATTR, thread);
        try (Scratch scratch = kernel.scratch()) {
            long address = scratch.zeroed(SchedulingAttributes.SIZE, Long.BYTES);
            attributes.write(scratch.at(address, SchedulingAttributes.SIZE));
            kernel.call(SCHED_SETATTR, thread.value(), address, 0);
        }
    }

    /** Lets another thread run, as {@code sched_yield(2)}. */
    public void schedYield() {
        kernel.call(SCHED_YIELD);
    }

    /**
     * Has other threads pass a memory barrier, as {@code membarrier(2)}.
     *
     * @param command what for
     * @return 0, or the mask of commands for MEMBARRIER_CMD_QUERY
     * @throws SyscallException EPERM if the process has not registered for an expedited one; EINVAL if it is not known
     */
    public long membarrier(MembarrierCommand command) {
        return kernel.call(MEMBARRIER, command.number(), 0, 0);
    }
}
