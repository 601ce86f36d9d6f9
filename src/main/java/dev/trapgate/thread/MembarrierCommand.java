package dev.trapgate.thread;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What the barrier is for.
 *
 * @param number the kernel's number
 * @see <a href="https://man7.org/linux/man-pages/man2/membarrier.2.html">membarrier(2)</a>
 */
public record MembarrierCommand(int number) {

    /** Which commands there are, as a mask. */
    public static final MembarrierCommand MEMBARRIER_CMD_QUERY = new MembarrierCommand(0);
    /** All threads of all processes. */
    public static final MembarrierCommand MEMBARRIER_CMD_GLOBAL = new MembarrierCommand(1);
    /** All threads of processes that registered, quickly. */
    public static final MembarrierCommand MEMBARRIER_CMD_GLOBAL_EXPEDITED = new MembarrierCommand(2);
    /** Register for that. */
    public static final MembarrierCommand MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED = new MembarrierCommand(4);
    /** All threads of this process, quickly. */
    public static final MembarrierCommand MEMBARRIER_CMD_PRIVATE_EXPEDITED = new MembarrierCommand(8);
    /** Register for that. */
    public static final MembarrierCommand MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED = new MembarrierCommand(16);
    /** All threads of this process, their instruction fetches too. */
    public static final MembarrierCommand MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE = new MembarrierCommand(32);
    /** Register for that. */
    public static final MembarrierCommand MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE =
            new MembarrierCommand(64);
    /** All threads of this process, ending their restartable sequences. */
    public static final MembarrierCommand MEMBARRIER_CMD_PRIVATE_EXPEDITED_RSEQ = new MembarrierCommand(128);
    /** Register for that. */
    public static final MembarrierCommand MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_RSEQ = new MembarrierCommand(256);
    /** What this process has registered for, as a mask; since Linux 6.3. */
    public static final MembarrierCommand MEMBARRIER_CMD_GET_REGISTRATIONS = new MembarrierCommand(512);

    /** {@return the C names, for example {@code MEMBARRIER_CMD_GLOBAL}} */
    @Override
    public String toString() {
        return ConstantNames.render("membarrier", number, Abi.X86_64);
    }
}
