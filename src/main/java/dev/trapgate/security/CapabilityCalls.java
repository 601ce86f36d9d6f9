package dev.trapgate.security;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.kernel.Call;
import dev.trapgate.kernel.Kernel;
import dev.trapgate.kernel.Layouts;
import dev.trapgate.kernel.Pid;
import dev.trapgate.kernel.RefusedCallException;
import dev.trapgate.kernel.Scratch;
import dev.trapgate.kernel.SyscallException;

/**
 * What of root's rights a thread has, and giving some up.
 *
 * <p>Rights are a thread's, not the process's: what one thread of a JVM gives up, the others keep, and code that runs in one of
 * them can use it. That protects from mistakes, not from an attacker; for that start the JVM without the rights, by
 * {@code setpriv(1)} or {@code systemd}.
 *
 * @param kernel whose calls
 * @see <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>
 */
public record CapabilityCalls(Kernel kernel) {

    private static final Call CAPGET = Call.of(Syscall.CAPGET);
    private static final Call CAPSET = Call.of(Syscall.CAPSET);
    private static final Call PRCTL = Call.of(Syscall.PRCTL);

    private static final int PR_CAPBSET_READ = 23;
    /** _LINUX_CAPABILITY_VERSION_3. */
    private static final int VERSION = 0x2008_0522;

    private static final long HEADER = 8;

    /**
     * {@return a thread's capabilities, as {@code capget(2)}}
     *
     * @param thread its number; {@link Pid#SELF} for the calling one
     * @throws SyscallException ESRCH if there is no such thread
     * @see <a href="https://man7.org/linux/man-pages/man2/capget.2.html">capget(2)</a>
     */
    public Capabilities capget(Pid thread) {
        try (Scratch scratch = kernel.scratch()) {
            long data = scratch.zeroed(Capabilities.SIZE, Long.BYTES);
            kernel.call(CAPGET, header(scratch, thread), data);
            return Capabilities.read(scratch.at(data, Capabilities.SIZE));
        }
    }

    /**
     * Changes the calling thread's capabilities, as {@code capset(2)}. What is not permitted any more cannot be had again.
     *
     * @param capabilities what it is to have
     * @throws SyscallException EPERM for what is not permitted now, or for effective ones that would not be permitted
     * @throws RefusedCallException if the thread is virtual: the change would stay with the carrier
     */
    public void capset(Capabilities capabilities) {
        if (Thread.currentThread().isVirtual()) {
            throw new RefusedCallException(
                    Syscall.CAPSET,
                    "this is a virtual thread; the change would stay with the carrier that it happens to run on",
                    "run this part in a platform thread");
        }
        try (Scratch scratch = kernel.scratch()) {
            long data = scratch.zeroed(Capabilities.SIZE, Long.BYTES);
            capabilities.write(scratch.at(data, Capabilities.SIZE));
            kernel.call(CAPSET, header(scratch, Pid.SELF), data);
        }
    }

    private static long header(Scratch scratch, Pid thread) {
        long header = scratch.room(HEADER, Integer.BYTES);
        scratch.at(header, HEADER).set(Layouts.INT, 0, VERSION);
        scratch.at(header, HEADER).set(Layouts.INT, Integer.BYTES, thread.value());
        return header;
    }

    /**
     * {@return whether programs that the calling thread executes can ever have a capability, by prctl PR_CAPBSET_READ; false for
     * one that the kernel does not know}
     *
     * @param capability the capability
     */
    public boolean isInBoundingSet(Capability capability) {
        long answer = kernel.enter(PRCTL, PR_CAPBSET_READ, capability.number(), 0, 0, 0, 0);
        if (Errno.isError(answer) && answer != -Errno.EINVAL.number()) {
            throw kernel.failure(PRCTL, answer, PR_CAPBSET_READ, capability.number(), 0, 0, 0, 0);
        }
        return answer == 1;
    }
}
