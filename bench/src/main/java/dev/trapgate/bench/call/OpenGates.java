package dev.trapgate.bench.call;

import dev.trapgate.Gates;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserBuffer;
import dev.trapgate.entry.UserMemory;
import java.lang.foreign.MemorySegment;

/**
 * Every gate's entries in {@code static final} fields, so that the compiler sees through them to the instruction. Each
 * pair has a class of its own: a gate is opened when a benchmark first uses it.
 */
final class OpenGates {

    private OpenGates() {}

    static final class Glibc {
        static final SyscallEntry ENTRY = Gates.open(Gate.GLIBC);

        private Glibc() {}
    }

    static final class GlibcCritical {
        static final SyscallEntry ENTRY = Glibc.ENTRY.critical();

        private GlibcCritical() {}
    }

    static final class LibcSyscall {
        static final SyscallEntry ENTRY = Gates.open(Gate.LIBC_SYSCALL);

        private LibcSyscall() {}
    }

    static final class LibcSyscallCritical {
        static final SyscallEntry ENTRY = LibcSyscall.ENTRY.critical();

        private LibcSyscallCritical() {}
    }

    static final class Syscall {
        static final SyscallEntry ENTRY = Gates.open(Gate.SYSCALL);

        private Syscall() {}
    }

    static final class SyscallCritical {
        static final SyscallEntry ENTRY = Syscall.ENTRY.critical();

        private SyscallCritical() {}
    }

    static final class Int80 {
        static final SyscallEntry ENTRY = Gates.open(Gate.INT80);

        private Int80() {}
    }

    static final class Int80Critical {
        static final SyscallEntry ENTRY = Int80.ENTRY.critical();

        private Int80Critical() {}
    }

    /** Memory that 32-bit pointers reach. */
    static final class Low {
        private static final long PAGE = 4096;
        private static final UserMemory.Scope SCOPE = Int80.ENTRY.memory().open();

        /** A page for data. */
        static final long BUFFER = SCOPE.allocate(PAGE, PAGE).address();

        /** The path that is opened. */
        static final long PATH = copy(Fixtures.PATH);

        private Low() {}

        private static long copy(MemorySegment path) {
            UserBuffer buffer = SCOPE.allocate(path.byteSize(), 1);
            buffer.segment().copyFrom(path);
            return buffer.address();
        }
    }

    static final class Vdso {
        static final SyscallEntry ENTRY = Gates.open(Gate.VDSO);

        private Vdso() {}
    }

    static final class VdsoCritical {
        static final SyscallEntry ENTRY = Vdso.ENTRY.critical();

        private VdsoCritical() {}
    }

    static final class Jnr {
        static final SyscallEntry ENTRY = Gates.open(Gate.JNR);

        private Jnr() {}
    }
}
