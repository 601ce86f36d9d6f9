package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.emulator.linux.arch.x86.PtRegs;

/**
 * The calls of an administrator: kernel/reboot.c, kernel/printk/printk.c, kernel/acct.c, fs/open.c and mm/swapfile.c, Linux
 * 6.18. Without the capability they are refused as there; with it, only what an emulated machine can do is done.
 */
public final class AdminCalls {

    private static final int MAGIC1 = 0xfee1_dead;
    private static final int MAGIC2 = 672_274_793;
    private static final int MAGIC2A = 85_072_278;
    private static final int MAGIC2B = 369_367_448;
    private static final int MAGIC2C = 537_993_216;
    private static final int CMD_CAD_OFF = 0;
    private static final int CMD_CAD_ON = 0x89ab_cdef;
    private static final int CMD_RESTART = 0x0123_4567;
    private static final int CMD_HALT = 0xcdef_0123;
    private static final int CMD_POWER_OFF = 0x4321_fedc;
    private static final int SWAP_FLAGS = 0x7_ffff;

    private static final int SYSLOG_CLOSE = 0;
    private static final int SYSLOG_OPEN = 1;
    private static final int SYSLOG_READ = 2;
    private static final int SYSLOG_READ_CLEAR = 4;
    private static final int SYSLOG_CLEAR = 5;
    private static final int SYSLOG_CONSOLE_ON = 7;
    private static final int SYSLOG_CONSOLE_LEVEL = 8;
    private static final int SYSLOG_SIZE_UNREAD = 9;
    private static final int SYSLOG_SIZE_BUFFER = 10;
    private static final int MOST_LEVEL = 8;
    private static final int LOG_SIZE = 1 << 17;

    private AdminCalls() {}

    /** {@code vhangup(2)}: there is no terminal to hang up. */
    public static long vhangup(Task current, PtRegs regs) {
        return current.credentials().capable(Capability.CAP_SYS_TTY_CONFIG) ? 0 : ErrorNumbers.EPERM;
    }

    /** {@code reboot(2)}: to stop the machine, in whichever way, ends its program. */
    public static long reboot(Task current, PtRegs regs) {
        if (!current.credentials().capable(Capability.CAP_SYS_BOOT)) {
            return ErrorNumbers.EPERM;
        }
        int magic2 = (int) regs.argument(2);
        boolean meant = magic2 == MAGIC2 || magic2 == MAGIC2A || magic2 == MAGIC2B || magic2 == MAGIC2C;
        if ((int) regs.argument(1) != MAGIC1 || !meant) {
            return ErrorNumbers.EINVAL;
        }
        return switch ((int) regs.argument(3)) {
            case CMD_CAD_ON, CMD_CAD_OFF -> 0;
            case CMD_RESTART, CMD_HALT, CMD_POWER_OFF -> {
                current.process().groupExit(Task.killedBy(Signal.of(Signal.SIGKILL)));
                yield 0;
            }
            default -> ErrorNumbers.EINVAL;
        };
    }

    /** {@code syslog(2)}, with dmesg_restrict set: the kernel's log is empty. */
    public static long syslog(Task current, PtRegs regs) {
        int type = (int) regs.argument(1);
        int length = (int) regs.argument(3);
        if (!current.credentials().capable(Capability.CAP_SYSLOG)) {
            return ErrorNumbers.EPERM;
        }
        return switch (type) {
            case SYSLOG_CLOSE, SYSLOG_OPEN, SYSLOG_CLEAR, SYSLOG_CONSOLE_ON - 1, SYSLOG_CONSOLE_ON -> 0;
            case SYSLOG_READ, SYSLOG_READ + 1, SYSLOG_READ_CLEAR -> read(current, regs.argument(2), length);
            case SYSLOG_CONSOLE_LEVEL -> length < 1 || length > MOST_LEVEL ? ErrorNumbers.EINVAL : 0;
            case SYSLOG_SIZE_UNREAD -> 0;
            case SYSLOG_SIZE_BUFFER -> LOG_SIZE;
            default -> ErrorNumbers.EINVAL;
        };
    }

    private static long read(Task current, long to, int length) {
        if (to == 0 || length < 0) {
            return ErrorNumbers.EINVAL;
        }
        return length == 0 || current.uaccess().accessOk(to, length) ? 0 : ErrorNumbers.EFAULT;
    }

    /** {@code acct(2)}: only off. */
    public static long acct(Task current, PtRegs regs) {
        if (!current.credentials().capable(Capability.CAP_SYS_PACCT)) {
            return ErrorNumbers.EPERM;
        }
        return regs.argument(1) == 0 ? 0 : ErrorNumbers.ENOSYS;
    }

    /** {@code swapon(2)}. */
    public static long swapon(Task current, PtRegs regs) {
        if (((int) regs.argument(2) & ~SWAP_FLAGS) != 0) {
            return ErrorNumbers.EINVAL;
        }
        return swapoff(current, regs);
    }

    /** {@code swapoff(2)}. */
    public static long swapoff(Task current, PtRegs regs) {
        return current.credentials().capable(Capability.CAP_SYS_ADMIN) ? ErrorNumbers.ENOSYS : ErrorNumbers.EPERM;
    }
}
