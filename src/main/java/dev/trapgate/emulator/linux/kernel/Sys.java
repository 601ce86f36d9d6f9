package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/** Who a program is, its end, the machine and its randomness: kernel/sys.c, exit.c, drivers/char/random.c, Linux 6.18. */
public final class Sys {

    /** The most that one call transfers, INT_MAX in whole pages. */
    private static final long MAX_RW_COUNT = 0x7fff_f000;

    private static final int GRND_NONBLOCK = 1;
    private static final int GRND_RANDOM = 2;
    private static final int GRND_INSECURE = 4;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Sys() {}

    /** A number without a call: {@code sys_ni_syscall} of kernel/sys_ni.c. {@return −ENOSYS} */
    public static long niSyscall(Task current, PtRegs regs) {
        return ErrorNumbers.ENOSYS;
    }

    /** {@code getpid(2)}. */
    public static long getpid(Task current, PtRegs regs) {
        return current.process().tgid();
    }

    /** {@code getppid(2)}. */
    public static long getppid(Task current, PtRegs regs) {
        return current.process().parent();
    }

    /** {@code gettid(2)}. */
    public static long gettid(Task current, PtRegs regs) {
        return current.tid();
    }

    /** {@code restart_syscall(2)}. */
    public static long restartSyscall(Task current, PtRegs regs) {
        return current.restart(regs);
    }

    /** {@code exit(2)}: ends the calling task. */
    public static long exit(Task current, PtRegs regs) {
        current.exit((int) regs.argument(1));
        return 0;
    }

    /** {@code exit_group(2)}: ends the process. */
    public static long exitGroup(Task current, PtRegs regs) {
        current.process().groupExit(TaskEnd.exited((int) regs.argument(1)));
        return 0;
    }

    /** {@code getrandom(2)}. */
    public static long getrandom(Task current, PtRegs regs) {
        long to = regs.argument(1);
        long count = regs.argument(2);
        long flags = regs.argument(3) & 0xffff_ffffL;
        boolean unknown = (flags & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE)) != 0;
        if (unknown || (flags & (GRND_RANDOM | GRND_INSECURE)) == (GRND_RANDOM | GRND_INSECURE)) {
            return ErrorNumbers.EINVAL;
        }
        long wanted = Long.compareUnsigned(count, MAX_RW_COUNT) > 0 ? MAX_RW_COUNT : count;
        if (!current.uaccess().accessOk(to, wanted)) {
            return ErrorNumbers.EFAULT;
        }
        return fillRandom(current, to, wanted);
    }

    private static long fillRandom(Task current, long to, long wanted) {
        byte[] chunk = new byte[(int) Math.min(wanted, Task.BUFFER_SIZE)];
        long done = 0;
        while (done < wanted) {
            RANDOM.nextBytes(chunk);
            long size = Math.min(chunk.length, wanted - done);
            long left = current.uaccess().copyToUser(to + done, MemorySegment.ofArray(chunk), size);
            done += size - left;
            if (left != 0) {
                return done == 0 ? ErrorNumbers.EFAULT : done;
            }
        }
        return done;
    }

    /** {@code sysinfo(2)} of a 64-bit program. */
    public static long sysinfo(Task current, PtRegs regs) {
        MemorySegment buffer = current.buffer();
        buffer.asSlice(0, 112).fill((byte) 0);
        buffer.set(LONG, 0, current.process().timekeeper().uptimeSeconds());
        buffer.set(LONG, 32, current.process().mm().pageLimit() << 12);
        buffer.set(LONG, 40, current.process().mm().freePages() << 12);
        buffer.set(SHORT, 80, (short) current.process().taskCount());
        buffer.set(INT, 104, 1);
        return current.copyBufferToUser(regs.argument(1), 112);
    }

    /** {@code sysinfo(2)} of a 32-bit program: counts in pages where bytes would not fit. */
    public static long compatSysinfo(Task current, PtRegs regs) {
        MemorySegment buffer = current.buffer();
        buffer.asSlice(0, 64).fill((byte) 0);
        boolean inBytes = current.process().mm().pageLimit() << 12 >>> 32 == 0;
        int shift = inBytes ? 12 : 0;
        buffer.set(INT, 0, (int) current.process().timekeeper().uptimeSeconds());
        buffer.set(INT, 16, (int) (current.process().mm().pageLimit() << shift));
        buffer.set(INT, 20, (int) (current.process().mm().freePages() << shift));
        buffer.set(SHORT, 40, (short) current.process().taskCount());
        buffer.set(INT, 52, inBytes ? 1 : 4096);
        return current.copyBufferToUser(regs.argument(1), 64);
    }
}
