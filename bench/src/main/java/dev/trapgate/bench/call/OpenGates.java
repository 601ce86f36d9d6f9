package dev.trapgate.bench.call;

import dev.trapgate.Gates;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;

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

        private EmulatedSyscall() {}
    }

    static final class EmulatedVdso {
        static final SyscallEntry ENTRY = Gates.open(Gate.EMULATED_VDSO);
        static final GateMemory MEMORY = GateMemory.of(ENTRY);

        private EmulatedVdso() {}
    }
}
