package dev.trapgate.host.vdso;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** glibc's functions that give a process its auxiliary vector, and the memory that vector points to. */
@SuppressWarnings("restricted") // links two of glibc's functions and reads strings at addresses the kernel gave
final class AuxiliaryCalls {

    private static final int PR_GET_AUXV = 0x4155_5856;
    /** Larger than any kernel's vector, which has some twenty-five pairs. */
    private static final long VECTOR_ROOM = 4096;
    /** Types are small numbers: the largest that any architecture uses is 51. */
    private static final long LAST_TYPE = 127;
    /** The most a path can have, its final zero included. */
    private static final long PATH_MAX = 4096;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle GETAUXVAL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("getauxval"),
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
            CAPTURE_ERRNO);
    private static final MethodHandle PRCTL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("prctl"),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG),
            CAPTURE_ERRNO,
            Linker.Option.firstVariadicArg(1));

    private AuxiliaryCalls() {}

    /** {@return what {@code getauxval(3)} answers for every type that it knows} */
    static AuxiliaryVector getauxval() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            Map<Long, Long> values = new LinkedHashMap<>();
            for (long type = AuxiliaryType.AT_EXECFD.number(); type <= LAST_TYPE; type++) {
                ERRNO.set(state, 0L, 0);
                long value = (long) GETAUXVAL.invokeExact(state, type);
                boolean absent = value == 0 && (int) ERRNO.get(state, 0L) != 0;
                if (!absent) {
                    values.put(type, value);
                }
            }
            return new AuxiliaryVector(values);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Reads the kernel's copy by {@code prctl(PR_GET_AUXV)}.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/PR_GET_AUXV.2const.html">PR_GET_AUXV(2const)</a>
     */
    static AuxiliaryReading prctlGetAuxv(AuxiliarySource source) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment vector = arena.allocate(VECTOR_ROOM);
            int size = (int) PRCTL.invokeExact(state, PR_GET_AUXV, vector, VECTOR_ROOM, 0L, 0L);
            if (size < 0) {
                return AuxiliaryReading.refused(
                        source,
                        "it failed with error number " + (int) ERRNO.get(state, 0L)
                                + "; kernels before 6.4 do not know it and answer 22 (EINVAL)");
            }
            // The size is that of the whole vector, however much of it there was room for.
            byte[] bytes = vector.asSlice(0, Math.min(size, VECTOR_ROOM)).toArray(ValueLayout.JAVA_BYTE);
            return AuxiliaryReading.ofBytes(source, bytes);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Reads one of the strings that this process's own vector points to.
     *
     * @param address an address from the vector
     */
    static String string(long address) {
        return MemorySegment.ofAddress(address).reinterpret(PATH_MAX).getString(0, StandardCharsets.UTF_8);
    }
}
