package dev.trapgate.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Glibc's functions by plain downcall handles, bound as jextract binds them: no {@code errno}, no checks. */
public final class Glibc {

    private static final MethodHandle GETPPID = function("getppid", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle CLOCK_GETTIME =
            function("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle GETCPU = function("getcpu", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle READ =
            function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle OPENAT = function(
            "openat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(3));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private Glibc() {}

    @SuppressWarnings("restricted") // The functions are glibc's, of the shapes that their manual pages give.
    static MethodHandle function(String name, FunctionDescriptor shape, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
    }

    /** {@return the parent's process id} */
    public static int getppid() {
        try {
            return (int) GETPPID.invokeExact();
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Reads a clock.
     *
     * @param clock its number
     * @param time where the {@code timespec} goes
     * @return 0, or −1
     */
    public static int clockGettime(int clock, MemorySegment time) {
        try {
            return (int) CLOCK_GETTIME.invokeExact(clock, time);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Says where the thread runs.
     *
     * @param cpu where the CPU's number goes
     * @param node where the node's number goes
     * @return 0, or −1
     */
    public static int getcpu(MemorySegment cpu, MemorySegment node) {
        try {
            return (int) GETCPU.invokeExact(cpu, node);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Reads.
     *
     * @param fd from where
     * @param buffer to where
     * @param count how many bytes at most
     * @return how many were read, or −1
     */
    public static long read(int fd, MemorySegment buffer, long count) {
        try {
            return (long) READ.invokeExact(fd, buffer, count);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Writes.
     *
     * @param fd to where
     * @param buffer from where
     * @param count how many bytes at most
     * @return how many were written, or −1
     */
    public static long write(int fd, MemorySegment buffer, long count) {
        try {
            return (long) WRITE.invokeExact(fd, buffer, count);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Opens a file.
     *
     * @param directory where a relative path starts
     * @param path the path
     * @param flags how
     * @return the descriptor, or −1
     */
    public static int openat(int directory, MemorySegment path, int flags) {
        try {
            return (int) OPENAT.invokeExact(directory, path, flags);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Closes a descriptor.
     *
     * @param fd the descriptor
     * @return 0, or −1
     */
    public static int close(int fd) {
        try {
            return (int) CLOSE.invokeExact(fd);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
