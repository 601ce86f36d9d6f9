package dev.trapgate.bench.peer;

import java.nio.charset.StandardCharsets;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/** Glibc's functions by JNR-FFI, and memory as its users have it. */
public final class JnrFfi {

    /** The functions. */
    public static final Functions C = LibraryLoader.create(Functions.class).load("c");

    /** 64 KiB for data. */
    public static final Pointer BUFFER = Memory.allocateDirect(Runtime.getRuntime(C), 65_536);

    /** Where a second answer goes. */
    public static final Pointer NEXT = BUFFER.slice(Integer.BYTES);

    /** A 1 of eight bytes, for an eventfd. */
    public static final Pointer ONE = one();

    /** A path. */
    public static final Pointer PATH = path();

    private JnrFfi() {}

    private static Pointer one() {
        Pointer one = Memory.allocateDirect(Runtime.getRuntime(C), Long.BYTES);
        one.putLong(0, 1);
        return one;
    }

    private static Pointer path() {
        Pointer path = Memory.allocateDirect(Runtime.getRuntime(C), 16, true);
        path.putString(0, "/dev/null", 10, StandardCharsets.US_ASCII);
        return path;
    }

    /** The functions that are called: their names are C's, by which JNR-FFI finds them. */
    public interface Functions {
        /** As {@code getpid(2)}. */
        int getpid();

        /** As {@code getppid(2)}. */
        int getppid();

        /** As {@code clock_gettime(2)}. */
        int clock_gettime(int clock, Pointer time);

        /** As {@code gettimeofday(2)}. */
        int gettimeofday(Pointer time, @Nullable Pointer zone);

        /** As {@code time(2)}. */
        long time(@Nullable Pointer time);

        /** As {@code getcpu(2)}. */
        int getcpu(Pointer cpu, Pointer node);

        /** As {@code getrandom(2)}. */
        long getrandom(Pointer buffer, long count, int flags);

        /** As {@code read(2)}. */
        long read(int fd, Pointer buffer, long count);

        /** As {@code write(2)}. */
        long write(int fd, Pointer buffer, long count);

        /** As {@code openat(2)}. */
        int openat(int directory, Pointer path, int flags);

        /** As {@code close(2)}. */
        int close(int fd);

        /** As {@code fstat(2)}. */
        int fstat(int fd, Pointer status);

        /** As {@code statx(2)}. */
        int statx(int directory, Pointer path, int flags, int mask, Pointer status);

        /** As {@code mmap(2)}. */
        Pointer mmap(@Nullable Pointer address, long length, int protection, int flags, int fd, long offset);

        /** As {@code munmap(2)}. */
        int munmap(@Nullable Pointer address, long length);

        /** As {@code epoll_wait(2)}. */
        int epoll_wait(int epoll, Pointer events, int most, int timeout);
    }
}
