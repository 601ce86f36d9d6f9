package dev.trapgate.host.libc;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/**
 * The {@code errno} of the current thread's last downcall, saved by the downcall itself.
 *
 * <p>Read any later, errno may be another call's: the JVM makes calls of its own at safepoints.
 */
public final class CapturedErrno {

    private static final StructLayout LAYOUT = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<MemorySegment> STATE =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(LAYOUT));

    private CapturedErrno() {}

    /** {@return the option to link a function with, so that its first argument is {@link #state()}} */
    public static Linker.Option capture() {
        return Linker.Option.captureCallState("errno");
    }

    /** {@return where the current thread's calls save errno} */
    public static MemorySegment state() {
        return STATE.get();
    }

    /**
     * Reads what a call saved.
     *
     * @param state where the call saved it
     * @return the error number, 1 to 4095 after a call that failed
     */
    public static int number(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    /**
     * Turns a C library's answer into the kernel's form.
     *
     * @param result what the function returned
     * @param state what its call saved errno in
     * @return the result, or the error number negated if the result is −1
     */
    public static long kernelForm(long result, MemorySegment state) {
        return result == -1 ? -number(state) : result;
    }
}
