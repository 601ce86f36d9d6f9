package dev.trapgate.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * Times single calls, one after another, each between two readings of {@link System#nanoTime}. Every row has a copy of this
 * class to itself, made when the row is sampled: so the call is a constant, which the JIT compiler inlines.
 */
final class SampleLoop implements ToLongFunction<long[]> {

    private static final MethodHandle CALL = call();

    /** For the copies. */
    SampleLoop() {}

    /**
     * Makes a loop over a call.
     *
     * @param call a handle without parameters that answers a long
     * @return what fills an array with the nanoseconds that calls took, and answers the sum of what they answered
     */
    @SuppressWarnings("unchecked")
    static ToLongFunction<long[]> over(MethodHandle call) {
        try (InputStream code = SampleLoop.class.getResourceAsStream("SampleLoop.class")) {
            return (ToLongFunction<long[]>) MethodHandles.lookup()
                    .defineHiddenClassWithClassData(Objects.requireNonNull(code).readAllBytes(), call, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("a copy of this class cannot be made", impossible);
        }
    }

    private static MethodHandle call() {
        try {
            MethodHandle given =
                    MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, MethodHandle.class);
            return given == null ? MethodHandles.constant(long.class, 0L) : given;
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public long applyAsLong(long[] nanos) {
        long answers = 0;
        for (int i = 0; i < nanos.length; i++) {
            long before = System.nanoTime();
            answers += answer();
            nanos[i] = System.nanoTime() - before;
        }
        return answers;
    }

    private static long answer() {
        try {
            return (long) CALL.invokeExact();
        } catch (Throwable failed) {
            throw new IllegalStateException(failed);
        }
    }
}
