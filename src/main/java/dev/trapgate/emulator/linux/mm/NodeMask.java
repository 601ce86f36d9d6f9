package dev.trapgate.emulator.linux.mm;

import dev.trapgate.emulator.cpu.PageFrames;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Sets of nodes in a program's memory: {@code get_nodes} and {@code copy_nodes_to_user} of mm/mempolicy.c, Linux 6.18. */
final class NodeMask {

    /** The nodes that there are: number 0. */
    static final long ALL = 1;

    /** How many nodes the kernel could know: MAX_NUMNODES with CONFIG_NODES_SHIFT 10. */
    static final int MAX_NUMNODES = 1024;

    private static final int NODE_IDS = 1;
    private static final long MOST_BITS = PageFrames.PAGE_SIZE * 8L;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Task current;
    private final int wordBits;
    private long nodes;
    private boolean beyond;

    /** Prepares to read and write sets as a convention has them. */
    NodeMask(Task current, PtRegs regs) {
        this.current = current;
        this.wordBits = regs.abi().pointerSize() * Byte.SIZE;
    }

    /**
     * Reads a set: {@code get_nodes}.
     *
     * @param address where it is; 0 for an empty set
     * @param maxnode one more than the number of bits
     * @return 0, −EINVAL or −EFAULT; what was read is then {@link #nodes}
     */
    long read(long address, long maxnode) {
        nodes = 0;
        beyond = false;
        long bits = maxnode - 1;
        if (bits == 0 || address == 0) {
            return 0;
        }
        if (Long.compareUnsigned(bits, MOST_BITS) > 0) {
            return ErrorNumbers.EINVAL;
        }
        MemorySegment buffer = current.buffer();
        long words = (bits + wordBits - 1) / wordBits;
        boolean tooFar = false;
        for (long word = words - 1; word >= 0; word--) {
            buffer.set(LONG, 0, 0);
            int size = wordBits / Byte.SIZE;
            if (current.uaccess().copyFromUser(buffer, address + word * size, size) != 0) {
                return ErrorNumbers.EFAULT;
            }
            long value = buffer.get(LONG, 0);
            long left = bits - word * wordBits;
            if (left < wordBits) {
                value &= (1L << left) - 1;
            }
            tooFar |= word * wordBits >= MAX_NUMNODES && value != 0;
            if (tooFar) {
                return ErrorNumbers.EINVAL;
            }
            take(word, value);
        }
        return 0;
    }

    private void take(long word, long value) {
        if (word * wordBits < Long.SIZE) {
            nodes |= value << (word * wordBits);
        } else {
            beyond |= value != 0;
        }
    }

    /** {@return the nodes below 64 of the set that was read, as bits} */
    long nodes() {
        return nodes;
    }

    /** {@return whether the set that was read is empty} */
    boolean isEmpty() {
        return nodes == 0 && !beyond;
    }

    /** {@return whether the set that was read has nodes that there are not} */
    boolean hasUnknown() {
        return beyond || (nodes & ~ALL) != 0;
    }

    /**
     * Writes a set: {@code copy_nodes_to_user}.
     *
     * @param address where it goes
     * @param maxnode one more than the number of bits there
     * @param set the nodes, as bits
     * @return 0, −EINVAL or −EFAULT
     */
    long write(long address, long maxnode, long set) {
        long copy = ((maxnode - 1 + Long.SIZE - 1) & -Long.SIZE) / Byte.SIZE;
        int known = (NODE_IDS + wordBits - 1) / wordBits * wordBits / Byte.SIZE;
        if (Long.compareUnsigned(copy, known) > 0) {
            if (Long.compareUnsigned(copy, PageFrames.PAGE_SIZE) > 0) {
                return ErrorNumbers.EINVAL;
            }
            if (current.uaccess().clearUser(address + known, copy - known) != 0) {
                return ErrorNumbers.EFAULT;
            }
            copy = known;
        }
        current.buffer().set(LONG, 0, set);
        return current.copyBufferToUser(address, (int) copy);
    }
}
