package dev.trapgate.thread;

import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.kernel.Layouts;

/**
 * The two numbers that {@code getcpu(2)} writes, in memory of one's own: {@link ThreadCalls#getcpu(CurrentCpu)} fills it without
 * looking for the thread's.
 *
 * @param buffer its 8 bytes
 */
public record CurrentCpu(UserBuffer buffer) {

    /** Its size in bytes. */
    public static final long SIZE = 8;

    /** Where the node stands. */
    static final long NODE = 4;

    /**
     * {@return a zeroed one in memory that a kernel can fill} Its life ends with the scope.
     *
     * @param scope whose memory it is to have
     */
    public static CurrentCpu in(UserMemory.Scope scope) {
        return new CurrentCpu(scope.allocate(SIZE, Integer.BYTES));
    }

    /** {@return the number of the processor on which the thread ran, from 0} */
    public int cpu() {
        return buffer.segment().get(Layouts.INT, 0);
    }

    /** {@return the number of that processor's NUMA node, from 0} */
    public int node() {
        return buffer.segment().get(Layouts.INT, NODE);
    }

    /** {@return for example {@code cpu 1, node 0}} */
    @Override
    public String toString() {
        return "cpu " + cpu() + ", node " + node();
    }
}
