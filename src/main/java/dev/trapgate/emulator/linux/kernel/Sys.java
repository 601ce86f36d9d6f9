package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** Who and where a program is: kernel/sys.c, kernel/exit.c, kernel/sched/core.c and drivers/char/random.c, Linux 5.17. */
public final class Sys {

    private static final int UTS_FIELD = 65;
    private static final int OLD_UTS_FIELD = 9;
    private static final int UTS_FIELDS = 6;
    private static final int OLD_UTS_FIELDS = 5;

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

    /** {@code getuid(2)}. */
    public static long getuid(Task current, PtRegs regs) {
        return current.credentials().uid();
    }

    /** {@code getgid(2)}. */
    public static long getgid(Task current, PtRegs regs) {
        return current.credentials().gid();
    }

    /** {@code geteuid(2)}. */
    public static long geteuid(Task current, PtRegs regs) {
        return current.credentials().euid();
    }

    /** {@code getegid(2)}. */
    public static long getegid(Task current, PtRegs regs) {
        return current.credentials().egid();
    }

    /** {@code sched_yield(2)}: each task has a processor to itself, so nobody waits for this one. */
    public static long schedYield(Task current, PtRegs regs) {
        return 0;
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

    /** {@code uname(2)}: {@code newuname}. */
    public static long newuname(Task current, PtRegs regs) {
        return copyName(current, regs.argument(1), UTS_FIELDS, UTS_FIELD);
    }

    /** {@code uname(2)} with {@code struct old_utsname}: number 109 of i386. */
    public static long uname(Task current, PtRegs regs) {
        return regs.argument(1) == 0
                ? ErrorNumbers.EFAULT
                : copyName(current, regs.argument(1), OLD_UTS_FIELDS, UTS_FIELD);
    }

    /** {@code uname(2)} with {@code struct oldold_utsname}: number 59 of i386. */
    public static long olduname(Task current, PtRegs regs) {
        return regs.argument(1) == 0
                ? ErrorNumbers.EFAULT
                : copyName(current, regs.argument(1), OLD_UTS_FIELDS, OLD_UTS_FIELD);
    }

    private static long copyName(Task current, long to, int fields, int width) {
        MemorySegment buffer = current.buffer();
        buffer.asSlice(0, (long) fields * width).fill((byte) 0);
        for (int i = 0; i < fields; i++) {
            byte[] text = current.process().utsName().fields().get(i).getBytes(StandardCharsets.US_ASCII);
            MemorySegment.copy(
                    text, 0, buffer, ValueLayout.JAVA_BYTE, (long) i * width, Math.min(text.length, width - 1));
        }
        return current.copyBufferToUser(to, fields * width);
    }

    /** {@code getcpu(2)}: either address may be null; the third argument is ignored. */
    public static long getcpu(Task current, PtRegs regs) {
        long cpu = regs.argument(1);
        long node = regs.argument(2);
        boolean written = cpu == 0 || current.uaccess().putUser32(cpu, current.cpuNumber());
        written &= node == 0 || current.uaccess().putUser32(node, 0);
        return written ? 0 : ErrorNumbers.EFAULT;
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
        long wanted = Long.compareUnsigned(count, Integer.MAX_VALUE) > 0 ? Integer.MAX_VALUE : count;
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
