package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.lang.foreign.MemorySegment;

/**
 * Making threads and processes: kernel/fork.c, Linux 6.18. A machine's program gets its threads from Java and has no children,
 * so that arguments are checked as the kernel does, and what it would make is refused: EAGAIN, as at a limit of processes.
 */
final class CloneCalls {

    private static final long CSIGNAL = 0xff;
    private static final long CLONE_NEWTIME = 0x80;
    private static final long CLONE_VM = 0x100;
    private static final long CLONE_FS = 0x200;
    private static final long CLONE_SIGHAND = 0x800;
    private static final long CLONE_PIDFD = 0x1000;
    private static final long CLONE_PARENT = 0x8000;
    private static final long CLONE_THREAD = 0x1_0000;
    private static final long CLONE_NEWNS = 0x2_0000;
    private static final long CLONE_SYSVSEM = 0x4_0000;
    private static final long CLONE_PARENT_SETTID = 0x10_0000;
    private static final long CLONE_DETACHED = 0x40_0000;
    private static final long CLONE_NEWCGROUP = 0x200_0000;
    private static final long CLONE_NEWUTS = 0x400_0000;
    private static final long CLONE_NEWIPC = 0x800_0000;
    private static final long CLONE_NEWUSER = 0x1000_0000;
    private static final long CLONE_NEWPID = 0x2000_0000;
    private static final long CLONE_NEWNET = 0x4000_0000;
    private static final long CLONE_CLEAR_SIGHAND = 1L << 32;
    private static final long CLONE_INTO_CGROUP = 1L << 33;
    private static final long KNOWN = 0xffff_ffffL | CLONE_CLEAR_SIGHAND | CLONE_INTO_CGROUP;
    private static final long NAME_SPACES =
            CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWTIME;

    private static final int PAGE = 4096;
    private static final int LEAST_SIZE = 64;
    private static final int CGROUP_SIZE = 88;
    private static final int MAX_PID_NS_LEVEL = 32;

    private CloneCalls() {}

    /** {@code fork(2)} and {@code vfork(2)}. {@return −EAGAIN} */
    static long fork(Task current, PtRegs regs) {
        return ErrorNumbers.EAGAIN;
    }

    /** {@code clone(2)}: the descriptor of CLONE_PIDFD goes where the id of CLONE_PARENT_SETTID does. */
    static long clone(Task current, PtRegs regs) {
        long flags = regs.argument(1) & 0xffff_ffffL & ~CSIGNAL;
        boolean both = (flags & (CLONE_PIDFD | CLONE_PARENT_SETTID)) == (CLONE_PIDFD | CLONE_PARENT_SETTID);
        return both ? ErrorNumbers.EINVAL : copyProcess(current, flags);
    }

    /** {@code clone3(2)}. */
    static long clone3(Task current, PtRegs regs) {
        long size = regs.argument(2);
        if (Long.compareUnsigned(size, PAGE) > 0) {
            return ErrorNumbers.E2BIG;
        }
        if (size < LEAST_SIZE) {
            return ErrorNumbers.EINVAL;
        }
        UserStructure given = UserStructure.from(current.uaccess(), regs.argument(1), (int) size);
        if (given == null) {
            return ErrorNumbers.EFAULT;
        }
        UserStructure arguments = new UserStructure(PAGE);
        MemorySegment.copy(given.bytes(), 0, arguments.bytes(), 0, size);
        for (int at = CGROUP_SIZE; at < PAGE; at += Long.BYTES) {
            if (arguments.get64(at) != 0) {
                return ErrorNumbers.E2BIG;
            }
        }
        return clone3(current, arguments, (int) size);
    }

    private static long clone3(Task current, UserStructure arguments, int size) {
        long flags = arguments.get64(0);
        long exitSignal = arguments.get64(32);
        long ids = arguments.get64(64);
        long idCount = arguments.get64(72);
        boolean badIds = Long.compareUnsigned(idCount, MAX_PID_NS_LEVEL) > 0 || (ids == 0) != (idCount == 0);
        boolean badSignal = Long.compareUnsigned(exitSignal, Signal.LAST) > 0;
        boolean badGroup = (flags & CLONE_INTO_CGROUP) != 0
                && (Long.compareUnsigned(arguments.get64(80), Integer.MAX_VALUE) > 0 || size < CGROUP_SIZE);
        if (badIds || badSignal || badGroup) {
            return ErrorNumbers.EINVAL;
        }
        if (idCount != 0 && UserStructure.from(current.uaccess(), ids, (int) idCount * Integer.BYTES) == null) {
            return ErrorNumbers.EFAULT;
        }
        boolean clash = has(flags, CLONE_SIGHAND | CLONE_CLEAR_SIGHAND)
                || ((flags & (CLONE_THREAD | CLONE_PARENT)) != 0 && exitSignal != 0);
        boolean unknown = (flags & ~KNOWN) != 0 || (flags & (CLONE_DETACHED | (CSIGNAL & ~CLONE_NEWTIME))) != 0;
        if (unknown || clash || !hasGoodStack(current, arguments.get64(40), arguments.get64(48))) {
            return ErrorNumbers.EINVAL;
        }
        boolean samePlace = has(flags, CLONE_PIDFD | CLONE_PARENT_SETTID) && arguments.get64(8) == arguments.get64(24);
        return samePlace ? ErrorNumbers.EINVAL : copyProcess(current, flags);
    }

    private static boolean hasGoodStack(Task current, long stack, long size) {
        return stack == 0 ? size == 0 : size != 0 && current.uaccess().accessOk(stack, size);
    }

    private static boolean has(long flags, long all) {
        return (flags & all) == all;
    }

    /** The checks with which {@code copy_process} begins, and those of {@code copy_namespaces}. */
    private static long copyProcess(Task current, long flags) {
        boolean clash = has(flags, CLONE_NEWNS | CLONE_FS)
                || has(flags, CLONE_NEWUSER | CLONE_FS)
                || (has(flags, CLONE_THREAD) && !has(flags, CLONE_SIGHAND))
                || (has(flags, CLONE_SIGHAND) && !has(flags, CLONE_VM))
                || (has(flags, CLONE_THREAD) && (flags & (CLONE_NEWUSER | CLONE_NEWPID)) != 0)
                || has(flags, CLONE_PIDFD | CLONE_DETACHED);
        if (clash) {
            return ErrorNumbers.EINVAL;
        }
        boolean spaces = (flags & NAME_SPACES) != 0 && (flags & CLONE_NEWUSER) == 0;
        if (spaces && !current.credentials().capable(Capability.CAP_SYS_ADMIN)) {
            return ErrorNumbers.EPERM;
        }
        return has(flags, CLONE_NEWIPC | CLONE_SYSVSEM) ? ErrorNumbers.EINVAL : ErrorNumbers.EAGAIN;
    }

    /** Adds them to a convention's calls. */
    static void define(SyscallDefinitions definitions) {
        String missing = "checks its arguments; makes no thread or process, but answers EAGAIN";
        definitions
                .partly(Syscall.CLONE, CloneCalls::clone, missing)
                .partly(Syscall.CLONE3, CloneCalls::clone3, missing)
                .partly(Syscall.FORK, CloneCalls::fork, "makes no process: EAGAIN")
                .partly(Syscall.VFORK, CloneCalls::fork, "makes no process: EAGAIN");
    }
}
