package dev.trapgate.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** Some of glibc's functions by downcall handles that capture {@code errno}, always into the same segment. */
public final class GlibcErrno {

    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MemorySegment CAPTURED = Arena.global().allocate(Linker.Option.captureStateLayout());

    private static final MethodHandle GETPPID = Glibc.function("getppid", FunctionDescriptor.of(JAVA_INT), ERRNO);
    private static final MethodHandle CLOCK_GETTIME =
            Glibc.function("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS), ERRNO);
    private static final MethodHandle READ =
            Glibc.function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), ERRNO);
    private static final MethodHandle WRITE =
            Glibc.function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), ERRNO);
    private static final MethodHandle CLOSE = Glibc.function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), ERRNO);
    private static final VarHandle ERRNO_FIELD =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private GlibcErrno() {}

    /** {@return the parent's process id} */
    public static int getppid() {
        try {
            return (int) GETPPID.invokeExact(CAPTURED);
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
            return (int) CLOCK_GETTIME.invokeExact(CAPTURED, clock, time);
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
            return (long) READ.invokeExact(CAPTURED, fd, buffer, count);
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
            return (long) WRITE.invokeExact(CAPTURED, fd, buffer, count);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Closes a descriptor.
     *
     * @param fd the descriptor
     * @return 0, or −errno
     */
    public static int close(int fd) {
        try {
            int answer = (int) CLOSE.invokeExact(CAPTURED, fd);
            return answer < 0 ? -(int) ERRNO_FIELD.get(CAPTURED, 0L) : answer;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
