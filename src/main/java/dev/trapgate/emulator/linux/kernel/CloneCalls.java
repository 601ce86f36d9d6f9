package dev.trapgate.emulator.linux.kernel;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls that make threads and processes: kernel/fork.c, Linux 6.18. On a machine whose threads are Java's own there is
 * nobody to run what they would make: arguments are checked as the kernel does, then they answer EAGAIN, as at a limit of
 * processes.
 */
final class CloneCalls {

    static final long CSIGNAL = 0xff;
    private static final long CLONE_NEWTIME = 0x80;
    static final long CLONE_VM = 0x100;
    static final long CLONE_FS = 0x200;
    static final long CLONE_SIGHAND = 0x800;
    static final long CLONE_PIDFD = 0x1000;
    static final long CLONE_FILES = 0x400;
    static final long CLONE_VFORK = 0x4000;
    static final long CLONE_SETTLS = 0x8_0000;
    static final long CLONE_CHILD_CLEARTID = 0x20_0000;
    static final long CLONE_CHILD_SETTID = 0x100_0000;
    static final long CLONE_PARENT = 0x8000;
    static final long CLONE_THREAD = 0x1_0000;
    private static final long CLONE_NEWNS = 0x2_0000;
    static final long CLONE_SYSVSEM = 0x4_0000;
    static final long CLONE_PARENT_SETTID = 0x10_0000;
    private static final long CLONE_DETACHED = 0x40_0000;
    private static final long CLONE_NEWCGROUP = 0x200_0000;
    private static final long CLONE_NEWUTS = 0x400_0000;
    private static final long CLONE_NEWIPC = 0x800_0000;
    private static final long CLONE_NEWUSER = 0x1000_0000;
    private static final long CLONE_NEWPID = 0x2000_0000;
    private static final long CLONE_NEWNET = 0x4000_0000;
    static final long CLONE_CLEAR_SIGHAND = 1L << 32;
    private static final long CLONE_INTO_CGROUP = 1L << 33;
    private static final long KNOWN = 0xffff_ffffL | CLONE_CLEAR_SIGHAND | CLONE_INTO_CGROUP;
    private static final long NAME_SPACES =
            CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWTIME;

    private static final int PAGE = 4096;
    private static final int LEAST_SIZE = 64;
    private static final int CGROUP_SIZE = 88;
    private static final int MAX_PID_NS_LEVEL = 32;

    private CloneCalls() {}

    /** {@code fork(2)}. */
    static long fork(Task current, PtRegs regs) {
        return kernelClone(current, regs, CloneArguments.of(0, Signal.SIGCHLD));
    }

    /** {@code vfork(2)}. */
    static long vfork(Task current, PtRegs regs) {
        return kernelClone(current, regs, CloneArguments.of(CLONE_VFORK | CLONE_VM, Signal.SIGCHLD));
    }

    /** {@code clone(2)}: the descriptor of CLONE_PIDFD goes where the id of CLONE_PARENT_SETTID does. */
    static long clone(Task current, PtRegs regs) {
        long flags = regs.argument(1) & 0xffff_ffffL & ~CSIGNAL;
        if (has(flags, CLONE_PIDFD | CLONE_PARENT_SETTID)) {
            return ErrorNumbers.EINVAL;
        }
        boolean narrow = regs.abi() == Abi.I386;
        return kernelClone(
                current,
                regs,
                new CloneArguments(
                        flags,
                        (int) (regs.argument(1) & CSIGNAL),
                        regs.argument(2),
                        regs.argument(narrow ? 4 : 5),
                        regs.argument(3),
                        regs.argument(narrow ? 5 : 4),
                        regs.argument(3),
                        List.of()));
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
        return clone3(current, regs, arguments, (int) size);
    }

    private static long clone3(Task current, PtRegs regs, UserStructure arguments, int size) {
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
        List<Integer> wantedIds = new ArrayList<>();
        UserStructure given =
                idCount == 0 ? null : UserStructure.from(current.uaccess(), ids, (int) idCount * Integer.BYTES);
        if (idCount != 0 && given == null) {
            return ErrorNumbers.EFAULT;
        }
        for (int i = 0; given != null && i < idCount; i++) {
            wantedIds.add(given.get32(i * Integer.BYTES));
        }
        boolean clash = has(flags, CLONE_SIGHAND | CLONE_CLEAR_SIGHAND)
                || ((flags & (CLONE_THREAD | CLONE_PARENT)) != 0 && exitSignal != 0);
        boolean unknown = (flags & ~KNOWN) != 0 || (flags & (CLONE_DETACHED | (CSIGNAL & ~CLONE_NEWTIME))) != 0;
        if (unknown || clash || !hasGoodStack(current, arguments.get64(40), arguments.get64(48))) {
            return ErrorNumbers.EINVAL;
        }
        boolean samePlace = has(flags, CLONE_PIDFD | CLONE_PARENT_SETTID) && arguments.get64(8) == arguments.get64(24);
        if (samePlace) {
            return ErrorNumbers.EINVAL;
        }
        long top = arguments.get64(40) == 0 ? 0 : arguments.get64(40) + arguments.get64(48);
        return kernelClone(
                current,
                regs,
                new CloneArguments(
                        flags,
                        (int) exitSignal,
                        top,
                        arguments.get64(56),
                        arguments.get64(24),
                        arguments.get64(16),
                        arguments.get64(8),
                        wantedIds));
    }

    private static boolean hasGoodStack(Task current, long stack, long size) {
        return stack == 0 ? size == 0 : size != 0 && current.uaccess().accessOk(stack, size);
    }

    static boolean has(long flags, long all) {
        return (flags & all) == all;
    }

    /** {@code kernel_clone}. */
    private static long kernelClone(Task current, PtRegs regs, CloneArguments arguments) {
        long refused = check(current, arguments.flags());
        if (refused != 0) {
            return refused;
        }
        TaskHost host = current.process().globals().host();
        return host == null ? ErrorNumbers.EAGAIN : new CopyProcess(current, regs, arguments, host).kernelClone();
    }

    /** The checks with which {@code copy_process} begins, and those of {@code copy_namespaces}. */
    private static long check(Task current, long flags) {
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
        if (has(flags, CLONE_NEWIPC | CLONE_SYSVSEM)) {
            return ErrorNumbers.EINVAL;
        }
        return (flags & (NAME_SPACES | CLONE_NEWUSER | CLONE_INTO_CGROUP)) != 0 ? ErrorNumbers.EAGAIN : 0;
    }

    /** Adds them to a convention's calls. */
    static void define(SyscallDefinitions definitions) {
        String missing = "no namespaces, no cgroups: EAGAIN; EAGAIN, too, where threads are Java's own";
        String javas = "EAGAIN where threads are Java's own";
        definitions
                .partly(Syscall.CLONE, CloneCalls::clone, missing)
                .partly(Syscall.CLONE3, CloneCalls::clone3, missing)
                .partly(Syscall.FORK, CloneCalls::fork, javas)
                .partly(Syscall.VFORK, CloneCalls::vfork, javas);
    }
}
