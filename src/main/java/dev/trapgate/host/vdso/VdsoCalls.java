package dev.trapgate.host.vdso;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.entry.Linkage;
import dev.trapgate.host.libc.Downcalls;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The functions of this process's vDSO, pointers as longs. They trust their pointers.
 *
 * <p>A function that the vDSO lacks answers {@code −ENOSYS}: to the caller that is the same as a function which cannot
 * answer, and means making the system call.
 *
 * @see <a href="https://github.com/torvalds/linux/blob/v6.18/arch/x86/entry/vdso/vclock_gettime.c">vclock_gettime.c</a>
 *     and its neighbors, for the prototypes
 */
final class VdsoCalls {

    /** What a function answers that is not there. */
    static final int ABSENT = -38; // ENOSYS

    private static final FunctionDescriptor CLOCK = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final FunctionDescriptor TWO_POINTERS = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final FunctionDescriptor ONE_POINTER = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG);
    private static final FunctionDescriptor THREE_POINTERS =
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final FunctionDescriptor FILL =
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);

    /** This class must come up without a vDSO too: then every function is absent, and the gate is not opened. */
    private static final Optional<Vdso> VDSO = find();

    private static final Linker.Option PROMPT = Linker.Option.critical(false);

    private static final MethodHandle CLOCK_GETTIME = link(VdsoFunction.CLOCK_GETTIME, CLOCK);
    private static final MethodHandle CLOCK_GETTIME_CRITICAL = link(VdsoFunction.CLOCK_GETTIME, CLOCK, PROMPT);
    private static final MethodHandle CLOCK_GETRES = link(VdsoFunction.CLOCK_GETRES, CLOCK);
    private static final MethodHandle CLOCK_GETRES_CRITICAL = link(VdsoFunction.CLOCK_GETRES, CLOCK, PROMPT);
    private static final MethodHandle GETTIMEOFDAY = link(VdsoFunction.GETTIMEOFDAY, TWO_POINTERS);
    private static final MethodHandle GETTIMEOFDAY_CRITICAL = link(VdsoFunction.GETTIMEOFDAY, TWO_POINTERS, PROMPT);
    private static final MethodHandle TIME = link(VdsoFunction.TIME, ONE_POINTER);
    private static final MethodHandle TIME_CRITICAL = link(VdsoFunction.TIME, ONE_POINTER, PROMPT);
    private static final MethodHandle GETCPU = link(VdsoFunction.GETCPU, THREE_POINTERS);
    private static final MethodHandle GETCPU_CRITICAL = link(VdsoFunction.GETCPU, THREE_POINTERS, PROMPT);
    private static final MethodHandle GETRANDOM = link(VdsoFunction.GETRANDOM, FILL);

    private VdsoCalls() {}

    private static Optional<Vdso> find() {
        try {
            return Optional.of(Vdso.ofThisProcess());
        } catch (GateUnavailableException none) {
            return Optional.empty();
        }
    }

    /** The descriptors are the kernel's prototypes. */
    private static MethodHandle link(VdsoFunction function, FunctionDescriptor descriptor, Linker.Option... options) {
        OptionalLong address = VDSO.map(vdso -> vdso.address(function)).orElse(OptionalLong.empty());
        return address.isPresent()
                ? Downcalls.link(MemorySegment.ofAddress(address.getAsLong()), descriptor, options)
                : absent(descriptor);
    }

    /** {@return a handle that takes what the function would and answers {@link #ABSENT}} */
    static MethodHandle absent(FunctionDescriptor descriptor) {
        boolean narrow = descriptor.returnLayout().equals(Optional.<MemoryLayout>of(JAVA_INT));
        MethodHandle answer =
                narrow ? MethodHandles.constant(int.class, ABSENT) : MethodHandles.constant(long.class, (long) ABSENT);
        return MethodHandles.dropArguments(answer, 0, descriptor.toMethodType().parameterList());
    }

    /** {@code int clock_gettime(clockid_t, struct timespec *)}. */
    static int clockGettime(Linkage linkage, int clock, long time) {
        try {
            return linkage == Linkage.CRITICAL
                    ? (int) CLOCK_GETTIME_CRITICAL.invokeExact(clock, time)
                    : (int) CLOCK_GETTIME.invokeExact(clock, time);
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing", impossible);
        }
    }

    /** {@code int clock_getres(clockid_t, struct timespec *)}. */
    static int clockGetres(Linkage linkage, int clock, long resolution) {
        try {
            return linkage == Linkage.CRITICAL
                    ? (int) CLOCK_GETRES_CRITICAL.invokeExact(clock, resolution)
                    : (int) CLOCK_GETRES.invokeExact(clock, resolution);
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing", impossible);
        }
    }

    /** {@code int gettimeofday(struct timeval *, struct timezone *)}. */
    static int gettimeofday(Linkage linkage, long time, long zone) {
        try {
            return linkage == Linkage.CRITICAL
                    ? (int) GETTIMEOFDAY_CRITICAL.invokeExact(time, zone)
                    : (int) GETTIMEOFDAY.invokeExact(time, zone);
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing", impossible);
        }
    }

    /** {@code time_t time(time_t *)}. */
    static long time(Linkage linkage, long time) {
        try {
            return linkage == Linkage.CRITICAL ? (long) TIME_CRITICAL.invokeExact(time) : (long) TIME.invokeExact(time);
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing", impossible);
        }
    }

    /** {@code long getcpu(unsigned *, unsigned *, void *)}. */
    static long getcpu(Linkage linkage, long cpu, long node, long unused) {
        try {
            return linkage == Linkage.CRITICAL
                    ? (long) GETCPU_CRITICAL.invokeExact(cpu, node, unused)
                    : (long) GETCPU.invokeExact(cpu, node, unused);
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing", impossible);
        }
    }

    /** {@code ssize_t getrandom(void *, size_t, unsigned, void *state, size_t stateSize)}; it may sleep. */
    static long getrandom(long buffer, long length, int flags, long state, long stateSize) {
        try {
            return (long) GETRANDOM.invokeExact(buffer, length, flags, state, stateSize);
        } catch (Throwable impossible) {
            throw new AssertionError("a downcall throws nothing", impossible);
        }
    }
}
