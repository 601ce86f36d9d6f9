package dev.trapgate.host.vdso;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.host.glibc.LibcSyscall;
import dev.trapgate.host.libc.CapturedErrno;
import dev.trapgate.host.libc.LibcFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The calls that give a process its auxiliary vector, and the memory that vector points to. */
final class AuxiliaryCalls {

    private static final int PR_GET_AUXV = 0x4155_5856;
    /** Larger than any kernel's vector, which has some twenty-five pairs. */
    private static final long VECTOR_ROOM = 4096;
    /** Types are small numbers: the largest that any architecture uses is 51. */
    private static final long LAST_TYPE = 127;
    /** The most a path can have, its final zero included. */
    private static final long PATH_MAX = 4096;

    private static final long ENOENT = 2;

    private static final MethodHandle GETAUXVAL =
            LibcFunction.link("getauxval", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG), CapturedErrno.capture());
    private static final MethodHandle CLOSE =
            LibcFunction.link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), CapturedErrno.capture());

    private AuxiliaryCalls() {}

    /** {@return what {@code getauxval(3)} answers for every type that it knows} */
    static AuxiliaryVector getauxval() {
        Map<Long, Long> values = new LinkedHashMap<>();
        for (long type = AuxiliaryType.AT_EXECFD.number(); type <= LAST_TYPE; type++) {
            MemorySegment errno = CapturedErrno.state();
            try {
                // 0 may be a value: only ENOENT says that there is none. A success leaves errno as it was, so let
                // something else be there, EBADF of a call that fails for sure.
                int failed = (int) CLOSE.invokeExact(errno, -1);
                long value = (long) GETAUXVAL.invokeExact(errno, type);
                if (value != 0 || CapturedErrno.kernelForm(failed, errno) != -ENOENT) {
                    values.put(type, value);
                }
            } catch (Throwable impossible) {
                throw new AssertionError("a downcall throws nothing", impossible);
            }
        }
        return new AuxiliaryVector(values);
    }

    /**
     * Reads the kernel's copy by {@code prctl(PR_GET_AUXV)}.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/PR_GET_AUXV.2const.html">PR_GET_AUXV(2const)</a>
     */
    static AuxiliaryReading prctlGetAuxv(AuxiliarySource source) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment vector = arena.allocate(VECTOR_ROOM);
            long size = LibcSyscall.call(Syscall.PRCTL, PR_GET_AUXV, vector.address(), VECTOR_ROOM);
            Optional<Errno> error = Errno.of(size);
            if (error.isPresent()) {
                return AuxiliaryReading.refused(
                        source,
                        "it failed with " + error.get() + "; kernels before 6.4 do not know it, and say EINVAL");
            }
            // The size is that of the whole vector, however much of it there was room for.
            byte[] bytes = vector.asSlice(0, Math.min(size, VECTOR_ROOM)).toArray(ValueLayout.JAVA_BYTE);
            return AuxiliaryReading.ofBytes(source, bytes);
        }
    }

    /**
     * Reads one of the strings that this process's own vector points to.
     *
     * @param address an address from the vector
     */
    @SuppressWarnings("restricted") // the kernel put a string there before the process started
    static String string(long address) {
        return MemorySegment.ofAddress(address).reinterpret(PATH_MAX).getString(0, StandardCharsets.UTF_8);
    }
}
