package dev.trapgate.bench.peer;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** A native function that does nothing, by downcall: what the linker's bridge costs by itself. */
public final class Empty {

    private static final FunctionDescriptor SHAPE = FunctionDescriptor.of(ValueLayout.JAVA_LONG);
    private static final MethodHandle ORDINARY = CLoop.function("empty_target", SHAPE);
    private static final MethodHandle CRITICAL = CLoop.function("empty_target", SHAPE, Linker.Option.critical(false));

    private Empty() {}

    /** {@return 0, by ordinary linkage} */
    public static long ordinary() {
        try {
            return (long) ORDINARY.invokeExact();
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** {@return 0, by critical linkage} */
    public static long critical() {
        try {
            return (long) CRITICAL.invokeExact();
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
