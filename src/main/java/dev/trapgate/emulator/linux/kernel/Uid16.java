package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;

/**
 * The calls of i386 whose ids have 16 bits: kernel/uid16.c, Linux 6.18. An id that does not fit is told as 65534; 65535
 * from a program is −1.
 */
public final class Uid16 {

    /** overflowuid and overflowgid. */
    private static final int OVERFLOW = 65534;

    private static final int MOST = 0xffff;

    private Uid16() {}

    /** {@return an id as 16-bit calls tell it} */
    public static int low(int id) {
        return Integer.compareUnsigned(id, MOST) > 0 ? OVERFLOW : id;
    }

    /** {@return an id as 16-bit calls take it} */
    public static int high(long argument) {
        int id = (int) argument & MOST;
        return id == MOST ? -1 : id;
    }

    /** {@code getuid(2)}. */
    public static long getuid(Task current, PtRegs regs) {
        return low(current.credentials().uid());
    }

    /** {@code getgid(2)}. */
    public static long getgid(Task current, PtRegs regs) {
        return low(current.credentials().gid());
    }

    /** {@code geteuid(2)}. */
    public static long geteuid(Task current, PtRegs regs) {
        return low(current.credentials().euid());
    }

    /** {@code getegid(2)}. */
    public static long getegid(Task current, PtRegs regs) {
        return low(current.credentials().egid());
    }

    /** {@code getresuid(2)}. */
    public static long getresuid(Task current, PtRegs regs) {
        Credentials own = current.credentials();
        return putThree(current, regs, own.uid(), own.euid(), own.suid());
    }

    /** {@code getresgid(2)}. */
    public static long getresgid(Task current, PtRegs regs) {
        Credentials own = current.credentials();
        return putThree(current, regs, own.gid(), own.egid(), own.sgid());
    }

    private static long putThree(Task current, PtRegs regs, int... ids) {
        for (int i = 0; i < ids.length; i++) {
            if (!current.uaccess().putUser16(regs.argument(i + 1), low(ids[i]))) {
                return ErrorNumbers.EFAULT;
            }
        }
        return 0;
    }

    /** {@code setuid(2)}. */
    public static long setuid(Task current, PtRegs regs) {
        return CredCalls.setuid(current, high(regs.argument(1)));
    }

    /** {@code setgid(2)}. */
    public static long setgid(Task current, PtRegs regs) {
        return CredCalls.setgid(current, high(regs.argument(1)));
    }

    /** {@code setreuid(2)}. */
    public static long setreuid(Task current, PtRegs regs) {
        return CredCalls.setreuid(current, high(regs.argument(1)), high(regs.argument(2)));
    }

    /** {@code setregid(2)}. */
    public static long setregid(Task current, PtRegs regs) {
        return CredCalls.setregid(current, high(regs.argument(1)), high(regs.argument(2)));
    }

    /** {@code setresuid(2)}. */
    public static long setresuid(Task current, PtRegs regs) {
        return CredCalls.setresuid(current, high(regs.argument(1)), high(regs.argument(2)), high(regs.argument(3)));
    }

    /** {@code setresgid(2)}. */
    public static long setresgid(Task current, PtRegs regs) {
        return CredCalls.setresgid(current, high(regs.argument(1)), high(regs.argument(2)), high(regs.argument(3)));
    }

    /** {@code setfsuid(2)}. */
    public static long setfsuid(Task current, PtRegs regs) {
        return Integer.toUnsignedLong(CredCalls.setfsuid(current, high(regs.argument(1))));
    }

    /** {@code setfsgid(2)}. */
    public static long setfsgid(Task current, PtRegs regs) {
        return Integer.toUnsignedLong(CredCalls.setfsgid(current, high(regs.argument(1))));
    }

    /** {@code getgroups(2)}. */
    public static long getgroups(Task current, PtRegs regs) {
        return GroupCalls.getgroups(current, regs, Short.BYTES, (address, group) -> current.uaccess()
                .putUser16(address, low(group)));
    }

    /** {@code setgroups(2)}. */
    public static long setgroups(Task current, PtRegs regs) {
        return GroupCalls.setgroups(current, regs, Short.BYTES, element -> high(element.get16(0)));
    }
}
