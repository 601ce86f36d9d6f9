package dev.trapgate.bench.peer;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;

/**
 * A loop in C.
 *
 * @param handle the function: count, descriptor, buffer to the last call's answer
 * @param function where the function is
 * @param fd the descriptor its calls use, if they do
 * @param buffer the address of the memory its calls use, if they do
 */
public record CLoop(MethodHandle handle, MemorySegment function, long fd, long buffer) {

    /** How many calls a loop makes before it is back in Java: the way there is then lost in the noise. */
    public static final int COUNT = 1000;

    private static final FunctionDescriptor SHAPE = FunctionDescriptor.of(
            ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);

    /** Enough for the compiler to have been at it. */
    private static final int WARM_UPS = 20_000;

    /**
     * Binds a loop.
     *
     * @param name the C function's name
     * @param fd the descriptor its calls use
     * @param buffer the address of the memory its calls use
     * @return the loop
     */
    public static CLoop named(String name, long fd, long buffer) {
        return new CLoop(function(name, SHAPE), symbol(name), fd, buffer);
    }

    /**
     * Binds a loop whose calls need neither descriptor nor memory.
     *
     * @param name the C function's name
     * @return the loop
     */
    public static CLoop named(String name) {
        return named(name, 0, 0);
    }

    @SuppressWarnings("restricted") // The functions are those of our own loops.c, of the shapes given.
    static MethodHandle function(String name, FunctionDescriptor shape, Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(symbol(name), shape, options);
    }

    private static MemorySegment symbol(String name) {
        return Library.SYMBOLS.find(name).orElseThrow(() -> new NoSuchElementException(name));
    }

    /** {@return what the last of {@link #COUNT} calls answered} */
    public long run() {
        return run(COUNT);
    }

    /** {@return what the last of {@code count} calls answered} */
    public long run(long count) {
        try {
            return (long) handle.invokeExact(count, fd, buffer);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Times single calls in C.
     *
     * @param nanos where the nanoseconds that each took go, reading the clock included
     */
    public void sample(long[] nanos) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment samples = arena.allocate(ValueLayout.JAVA_LONG, nanos.length);
            Library.SAMPLE.invokeExact(function, fd, buffer, samples, (long) nanos.length);
            MemorySegment.copy(samples, ValueLayout.JAVA_LONG, 0, nanos, 0, nanos.length);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static final class Library {

        static final SymbolLookup SYMBOLS = load();

        static final MethodHandle SAMPLE = function(
                "sample",
                FunctionDescriptor.ofVoid(
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG));

        static {
            // A loop over a slow call is entered too seldom to be compiled, and the way in would count.
            CLoop empty = named("empty");
            for (int i = 0; i < WARM_UPS; i++) {
                empty.run(1);
            }
        }

        @SuppressWarnings("restricted") // The library is the one this package has just compiled.
        private static SymbolLookup load() {
            return SymbolLookup.libraryLookup(NativePeer.LOOPS.library(), Arena.global());
        }
    }
}
