package dev.trapgate.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Times single calls, one after another, each between two readings of {@link System#nanoTime}. Every row has a copy of this
 * class to itself, made when the row is sampled: so the call is a constant, which the JIT compiler inlines.
 */
final class SampleLoop implements Consumer<long[]> {

    private static final MethodHandle CALL = call();

    private long answers;

    /** For the copies. */
    SampleLoop() {}

    /**
     * Makes a loop over a call.
     *
     * @param call a handle without parameters that answers a long
     * @return what fills an array with the nanoseconds that calls took
     */
    @SuppressWarnings("unchecked")
    static Consumer<long[]> over(MethodHandle call) {
        try (InputStream code = SampleLoop.class.getResourceAsStream("SampleLoop.class")) {
            return (Consumer<long[]>) MethodHandles.lookup()
                    .defineHiddenClassWithClassData(Objects.requireNonNull(code).readAllBytes(), call, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
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
    public void accept(long[] nanos) {
        for (int i = 0; i < nanos.length; i++) {
            long before = System.nanoTime();
            answers += answer();
            nanos[i] = System.nanoTime() - before;
        }
    }

    private static long answer() {
        try {
            return (long) CALL.invokeExact();
        } catch (Throwable failed) {
            throw new IllegalStateException(failed);
        }
    }
}
