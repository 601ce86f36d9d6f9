package dev.trapgate.bench.call;

import dev.trapgate.Gates;
import dev.trapgate.Linux;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.event.EpollEvents;
import dev.trapgate.event.EpollFlags;
import dev.trapgate.event.EpollList;
import dev.trapgate.event.EventfdFlags;
import dev.trapgate.fs.OpenFlags;
import dev.trapgate.fs.Statx;
import dev.trapgate.kernel.FileDescriptor;
import dev.trapgate.kernel.Timespec;
import dev.trapgate.thread.CurrentCpu;
import java.lang.foreign.MemorySegment;

/**
 * Every gate's entries in {@code static final} fields, so that the compiler sees through them to the instruction. Each
 * has a class of its own: a gate is opened when a benchmark first uses it.
 */
final class OpenGates {

    private OpenGates() {}

    /** The companion, which is started when a benchmark first uses it. */
    static final class I386 {
        static final CompanionLoops LOOPS = CompanionLoops.start();

        private I386() {}
    }

    /** Trapgate's typed API, and what it is called with. */
    static final class Typed {
        static final Linux LINUX = Linux.host();
        private static final UserMemory.Scope SCOPE = LINUX.memory().open(); // for as long as there are benchmarks
        static final Timespec TIME = Timespec.in(SCOPE);
        static final CurrentCpu CPU = CurrentCpu.in(SCOPE);
        static final Statx STATUS = Statx.in(SCOPE);
        static final EpollList EVENTS = EpollList.in(SCOPE, 4);
        static final MemorySegment SIXTEEN = SCOPE.allocate(16, 16).segment();
        static final FileDescriptor ZERO = LINUX.fs().open("/dev/zero", OpenFlags.O_RDONLY.or(OpenFlags.O_CLOEXEC));
        static final FileDescriptor NULL = LINUX.fs().open("/dev/null", OpenFlags.O_WRONLY.or(OpenFlags.O_CLOEXEC));
        static final FileDescriptor COUNTER =
                LINUX.event().eventfd(0, EventfdFlags.EFD_CLOEXEC.or(EventfdFlags.EFD_NONBLOCK));
        private static final FileDescriptor NEVER_READY = LINUX.event().eventfd(0, EventfdFlags.EFD_CLOEXEC);
        static final FileDescriptor EPOLL = watchingNothingReady();

        private Typed() {}

        private static FileDescriptor watchingNothingReady() {
            FileDescriptor epoll = LINUX.event().epollCreate(EpollFlags.EPOLL_CLOEXEC);
            LINUX.event().epollAdd(epoll, NEVER_READY, EpollEvents.EPOLLIN, 0);
            return epoll;
        }
    }

    static final class Glibc {
        static final SyscallEntry ENTRY = Gates.open(Gate.GLIBC);
        static final GateMemory MEMORY = GateMemory.of(ENTRY);

        private Glibc() {}
    }

    static final class LibcSyscall {
        static final SyscallEntry ENTRY = Gates.open(Gate.LIBC_SYSCALL);
        static final GateMemory MEMORY = GateMemory.of(ENTRY);

        private LibcSyscall() {}
    }

    static final class LibcSyscallCritical {
        static final SyscallEntry ENTRY = LibcSyscall.ENTRY.critical();

        private LibcSyscallCritical() {}
    }

    static final class Syscall {
        static final SyscallEntry ENTRY = Gates.open(Gate.SYSCALL);
        static final GateMemory MEMORY = GateMemory.of(ENTRY);

        private Syscall() {}
    }

    static final class SyscallCritical {
        static final SyscallEntry ENTRY = Syscall.ENTRY.critical();

        private SyscallCritical() {}
    }

    static final class Int80 {
        static final SyscallEntry ENTRY = Gates.open(Gate.INT80);
        static final GateMemory MEMORY = GateMemory.of(ENTRY);

        private Int80() {}
    }

    static final class Int80Critical {
        static final SyscallEntry ENTRY = Int80.ENTRY.critical();

        private Int80Critical() {}
    }

    static final class Vdso {
        static final SyscallEntry ENTRY = Gates.open(Gate.VDSO);
        static final GateMemory MEMORY = GateMemory.of(ENTRY);

        private Vdso() {}
    }

    static final class VdsoCritical {
        static final SyscallEntry ENTRY = Vdso.ENTRY.critical();

        private VdsoCritical() {}
    }

    static final class Jnr {
        static final SyscallEntry ENTRY = Gates.open(Gate.JNR);
        static final GateMemory MEMORY = GateMemory.of(ENTRY);

        private Jnr() {}
    }

    static final class EmulatedInt80 {
        static final SyscallEntry ENTRY = Gates.open(Gate.EMULATED_INT80);
        static final GateMemory MEMORY = GateMemory.of(ENTRY);
        static final long ZERO = Fixtures.open(ENTRY, "/dev/zero", Fixtures.FLAGS);
        static final long NULL = Fixtures.open(ENTRY, "/dev/null", Fixtures.O_WRONLY_CLOEXEC);

        private EmulatedInt80() {}
    }

    static final class EmulatedSysenter {
        static final SyscallEntry ENTRY = Gates.open(Gate.EMULATED_SYSENTER);
        static final GateMemory MEMORY = GateMemory.of(ENTRY);

        private EmulatedSysenter() {}
    }

    static final class EmulatedSyscall {
        static final SyscallEntry ENTRY = Gates.open(Gate.EMULATED_SYSCALL);
        static final GateMemory MEMORY = GateMemory.of(ENTRY);
        static final long ZERO = Fixtures.open(ENTRY, "/dev/zero", Fixtures.FLAGS);
        static final long NULL = Fixtures.open(ENTRY, "/dev/null", Fixtures.O_WRONLY_CLOEXEC);

        private EmulatedSyscall() {}
    }

    static final class EmulatedVdso {
        static final SyscallEntry ENTRY = Gates.open(Gate.EMULATED_VDSO);
        static final GateMemory MEMORY = GateMemory.of(ENTRY);

        private EmulatedVdso() {}
    }
}
