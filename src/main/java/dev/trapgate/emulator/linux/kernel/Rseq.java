package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;

/**
 * {@code rseq(2)}, restartable sequences: kernel/rseq.c, Linux 6.18. A task stays on its processor, so that the area is
 * filled when it is registered and a sequence is never broken off by a change of processor.
 */
public final class Rseq {

    private static final int FLAG_UNREGISTER = 1;
    private static final int ORIGINAL_SIZE = 32;
    /** How much of an area this kernel uses, in bytes: AT_RSEQ_FEATURE_SIZE. */
    public static final int FEATURE_SIZE = 28;
    /** What an area must be aligned to, in bytes: AT_RSEQ_ALIGN. */
    public static final int ALIGNMENT = 32;

    private static final int CPU_ID = 4;
    private static final int RSEQ_CS = 8;
    private static final int NODE_ID = 20;
    private static final int MM_CID = 24;
    private static final int UNINITIALIZED = -1;

    private long area;
    private int size;
    private int signature;

    /** Makes a thread's, without an area. */
    public Rseq() {}

    /** {@return where a thread's area is, 0 if it registered none} */
    public long area() {
        return area;
    }

    /** Takes over a parent's area, which a child has in its own memory: {@code rseq_fork} without CLONE_VM. */
    void copyFrom(Rseq parent) {
        area = parent.area;
        size = parent.size;
        signature = parent.signature;
    }

    /** Forgets the area: {@code rseq_execve}. */
    void forget() {
        area = 0;
        size = 0;
        signature = 0;
    }

    /** {@code rseq(2)}. */
    public static long rseq(Task current, PtRegs regs) {
        long address = regs.argument(1);
        int size = (int) regs.argument(2);
        int flags = (int) regs.argument(3);
        int signature = (int) regs.argument(4);
        if ((flags & FLAG_UNREGISTER) != 0) {
            return flags == FLAG_UNREGISTER
                    ? current.rseq().unregister(current, address, size, signature)
                    : ErrorNumbers.EINVAL;
        }
        return flags == 0 ? current.rseq().register(current, address, size, signature) : ErrorNumbers.EINVAL;
    }

    private long register(Task current, long address, int length, int ownSignature) {
        if (area != 0) {
            if (area != address || size != length) {
                return ErrorNumbers.EINVAL;
            }
            return signature == ownSignature ? ErrorNumbers.EBUSY : ErrorNumbers.EPERM;
        }
        boolean aligned = address % ORIGINAL_SIZE == 0;
        boolean fitting = length == ORIGINAL_SIZE
                || (Integer.compareUnsigned(length, ORIGINAL_SIZE) > 0 && length >= FEATURE_SIZE);
        if (!aligned || !fitting) {
            return ErrorNumbers.EINVAL;
        }
        if (!current.uaccess().accessOk(address, length & 0xffff_ffffL)) {
            return ErrorNumbers.EFAULT;
        }
        if (!current.uaccess().putUser64(address + RSEQ_CS, 0)) {
            return ErrorNumbers.EFAULT;
        }
        area = address;
        size = length;
        signature = ownSignature;
        int cpu = current.processor();
        boolean written = put(current, 0, cpu)
                && put(current, CPU_ID, cpu)
                && put(current, NODE_ID, 0)
                && put(current, MM_CID, current.cpuNumber());
        if (!written) {
            // On its way back to the program, too late for an errno.
            current.force(Signal.of(Signal.SIGSEGV));
        }
        return 0;
    }

    private long unregister(Task current, long address, int length, int ownSignature) {
        if (area == 0 || area != address || size != length) {
            return ErrorNumbers.EINVAL;
        }
        if (signature != ownSignature) {
            return ErrorNumbers.EPERM;
        }
        boolean written = put(current, 0, 0)
                && put(current, CPU_ID, UNINITIALIZED)
                && put(current, NODE_ID, 0)
                && put(current, MM_CID, 0);
        if (!written) {
            return ErrorNumbers.EFAULT;
        }
        area = 0;
        size = 0;
        signature = 0;
        return 0;
    }

    private boolean put(Task current, int offset, int value) {
        return current.uaccess().putUser32(area + offset, value);
    }
}
