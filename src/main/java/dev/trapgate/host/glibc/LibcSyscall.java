package dev.trapgate.host.glibc;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.Linkage;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.host.DynamicClock;
import dev.trapgate.host.NativeEntry;
import dev.trapgate.host.libc.CapturedErrno;
import dev.trapgate.host.libc.LibcFunction;
import dev.trapgate.host.memory.ArenaMemory;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The {@code LIBC_SYSCALL} gate: glibc's {@code syscall(2)}.
 *
 * <p>It needs nothing but the C library that the JVM runs on, so the other native gates set themselves up through it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/syscall.2.html">syscall(2)</a>
 */
public final class LibcSyscall extends NativeEntry {

    /** {@code long syscall(long number, ...)} with all six arguments given. */
    private static final FunctionDescriptor DESCRIPTOR = FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle SYSCALL = link();

    /** The gate by ordinary linkage. It holds nothing, so one is enough. */
    public static final LibcSyscall ENTRY = new LibcSyscall();

    private LibcSyscall() {
        super(Gate.LIBC_SYSCALL, Linkage.ORDINARY, ArenaMemory.INSTANCE);
    }

    private static MethodHandle link(Linker.Option... more) {
        List<Linker.Option> always = List.of(Linker.Option.firstVariadicArg(1), CapturedErrno.capture());
        return LibcFunction.link(
                "syscall",
                DESCRIPTOR,
                Stream.concat(always.stream(), Arrays.stream(more)).toArray(Linker.Option[]::new));
    }

    /**
     * Makes a call that Trapgate needs for itself.
     *
     * @param call the call
     * @param arguments its arguments, six at most
     * @return the kernel's raw answer
     */
    public static long call(Syscall call, long... arguments) {
        long[] six = Arrays.copyOf(arguments, 6);
        return ENTRY.enter(call.number(Abi.X86_64), six[0], six[1], six[2], six[3], six[4], six[5]);
    }

    @Override
    public long enter(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        MemorySegment errno = CapturedErrno.state();
        try {
            long result = (long) SYSCALL.invokeExact(errno, (long) number, a1, a2, a3, a4, a5, a6);
            return CapturedErrno.kernelForm(result, errno);
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing", impossible);
        }
    }

    @Override
    public SyscallEntry critical() {
        return Critical.ENTRY;
    }

    /** The gate by critical linkage. */
    private static final class Critical extends NativeEntry {

        private static final MethodHandle SYSCALL = link(Linker.Option.critical(false));
        private static final Critical ENTRY = new Critical();

        Critical() {
            super(Gate.LIBC_SYSCALL, Linkage.CRITICAL, ArenaMemory.INSTANCE);
        }

        @Override
        public long enter(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
            if (!Syscall.isPrompt(Abi.X86_64, number)) {
                throw refused(number);
            }
            if (DynamicClock.isReadBy(Abi.X86_64, number, a1)) {
                return LibcSyscall.ENTRY.enter(number, a1, a2, a3, a4, a5, a6);
            }
            MemorySegment errno = CapturedErrno.state();
            try {
                long result = (long) SYSCALL.invokeExact(errno, (long) number, a1, a2, a3, a4, a5, a6);
                return CapturedErrno.kernelForm(result, errno);
            } catch (Throwable impossible) {
                throw new AssertionError("a downcall throws nothing", impossible);
            }
        }

        @Override
        public SyscallEntry critical() {
            return this;
        }
    }
}
