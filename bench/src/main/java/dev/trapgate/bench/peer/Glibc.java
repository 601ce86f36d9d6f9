package dev.trapgate.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Glibc's functions by plain downcall handles, bound by hand: no {@code errno}, no checks. */
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
    private static final MethodHandle GETPID = function("getpid", FunctionDescriptor.of(JAVA_INT));
    private static final MethodHandle GETTIMEOFDAY =
            function("gettimeofday", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle TIME = function("time", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
    private static final MethodHandle GETRANDOM =
            function("getrandom", FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle FSTAT = function("fstat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle STATX =
            function("statx", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle MMAP = function(
            "mmap", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP = function("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle EPOLL_WAIT =
            function("epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle SYSCALL = function(
            "syscall",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));

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

    /** {@return the process id} */
    public static int getpid() {
        try {
            return (int) GETPID.invokeExact();
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Reads the time of day.
     *
     * @param time where the {@code timeval} goes
     * @param zone where the time zone goes, or NULL
     * @return 0, or −1
     */
    public static int gettimeofday(MemorySegment time, MemorySegment zone) {
        try {
            return (int) GETTIMEOFDAY.invokeExact(time, zone);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Reads the time.
     *
     * @param time where it goes as well, or NULL
     * @return seconds since 1970
     */
    public static long time(MemorySegment time) {
        try {
            return (long) TIME.invokeExact(time);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Gets random bytes.
     *
     * @param buffer to where
     * @param count how many
     * @param flags how
     * @return how many, or −1
     */
    public static long getrandom(MemorySegment buffer, long count, int flags) {
        try {
            return (long) GETRANDOM.invokeExact(buffer, count, flags);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Asks for an open file's status.
     *
     * @param fd the descriptor
     * @param status where the answer goes
     * @return 0, or −1
     */
    public static int fstat(int fd, MemorySegment status) {
        try {
            return (int) FSTAT.invokeExact(fd, status);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Asks for a file's status.
     *
     * @param directory where a relative path starts
     * @param path the path
     * @param flags how
     * @param mask which fields
     * @param status where the answer goes
     * @return 0, or −1
     */
    public static int statx(int directory, MemorySegment path, int flags, int mask, MemorySegment status) {
        try {
            return (int) STATX.invokeExact(directory, path, flags, mask, status);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Maps memory.
     *
     * @param address where, or NULL
     * @param length how many bytes
     * @param protection what may be done with them
     * @param flags how
     * @param fd of which file
     * @param offset from where in it
     * @return the memory
     */
    public static MemorySegment mmap(
            MemorySegment address, long length, int protection, int flags, int fd, long offset) {
        try {
            return (MemorySegment) MMAP.invokeExact(address, length, protection, flags, fd, offset);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Takes a mapping away.
     *
     * @param address the memory
     * @param length how many bytes
     * @return 0, or −1
     */
    public static int munmap(MemorySegment address, long length) {
        try {
            return (int) MUNMAP.invokeExact(address, length);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Waits for events.
     *
     * @param epoll the epoll instance
     * @param events where they go
     * @param most how many at most
     * @param timeout how long to wait, in milliseconds
     * @return how many there are, or −1
     */
    public static int epollWait(int epoll, MemorySegment events, int most, int timeout) {
        try {
            return (int) EPOLL_WAIT.invokeExact(epoll, events, most, timeout);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Makes a system call of three arguments, as {@code syscall(2)}.
     *
     * @param number its number
     * @param a1 its first argument, an address
     * @param a2 its second argument
     * @param a3 its third argument
     * @return what it answers, or −1
     */
    public static long syscall(long number, MemorySegment a1, long a2, long a3) {
        try {
            return (long) SYSCALL.invokeExact(number, a1, a2, a3);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
