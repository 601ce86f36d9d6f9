package dev.trapgate.bench.safepoint;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.trapgate.entry.Linkage;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A read of many bytes from {@code /dev/zero} by glibc's {@code read}. Trapgate refuses this by critical linkage, for a read may
 * sleep, so it is plain FFM that shows what comes of it.
 */
final class LongRead {

    private static final FunctionDescriptor SHAPE = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle ORDINARY = link();
    private static final MethodHandle CRITICAL = link(Linker.Option.critical(false));

    private final Linkage linkage;
    private final int fd;
    private final MemorySegment buffer;

    /**
     * Prepares.
     *
     * @param linkage how to call
     * @param fd an open {@code /dev/zero}
     * @param buffer where the bytes go; its size is how many are read
     */
    LongRead(Linkage linkage, int fd, MemorySegment buffer) {
        this.linkage = linkage;
        this.fd = fd;
        this.buffer = buffer;
    }

    @SuppressWarnings("restricted") // The function is glibc's, of the shape that read(2) gives.
    private static MethodHandle link(Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow("read"), SHAPE, options);
    }

    /** {@return how many nanoseconds one read took} */
    long run() {
        long start = System.nanoTime();
        long count = linkage == Linkage.CRITICAL ? critical() : ordinary();
        if (count != buffer.byteSize()) {
            throw new IllegalStateException("read answered " + count + ", not " + buffer.byteSize());
        }
        return System.nanoTime() - start;
    }

    private long ordinary() {
        try {
            return (long) ORDINARY.invokeExact(fd, buffer, buffer.byteSize());
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    private long critical() {
        try {
            return (long) CRITICAL.invokeExact(fd, buffer, buffer.byteSize());
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
