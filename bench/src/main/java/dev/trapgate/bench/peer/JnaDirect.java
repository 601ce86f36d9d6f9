package dev.trapgate.bench.peer;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** Glibc's functions by JNA's direct mapping: native methods, whose names are C's. */
public final class JnaDirect {

    static {
        Native.register(JnaDirect.class, "c");
    }

    private JnaDirect() {}

    /** As {@code getpid(2)}. */
    public static native int getpid();

    /** As {@code getppid(2)}. */
    public static native int getppid();

    /** As {@code clock_gettime(2)}. */
    public static native int clock_gettime(int clock, Pointer time);

    /** As {@code gettimeofday(2)}. */
    public static native int gettimeofday(Pointer time, @Nullable Pointer zone);

    /** As {@code time(2)}. */
    public static native long time(@Nullable Pointer time);

    /** As {@code getcpu(2)}. */
    public static native int getcpu(Pointer cpu, Pointer node);

    /** As {@code getrandom(2)}. */
    public static native long getrandom(Pointer buffer, long count, int flags);

    /** As {@code read(2)}. */
    public static native long read(int fd, Pointer buffer, long count);

    /** As {@code write(2)}. */
    public static native long write(int fd, Pointer buffer, long count);

    /** As {@code openat(2)}. */
    public static native int openat(int directory, Pointer path, int flags);

    /** As {@code close(2)}. */
    public static native int close(int fd);

    /** As {@code fstat(2)}. */
    public static native int fstat(int fd, Pointer status);

    /** As {@code statx(2)}. */
    public static native int statx(int directory, Pointer path, int flags, int mask, Pointer status);

    /** As {@code mmap(2)}. */
    public static native Pointer mmap(
            @Nullable Pointer address, long length, int protection, int flags, int fd, long offset);

    /** As {@code munmap(2)}. */
    public static native int munmap(@Nullable Pointer address, long length);

    /** As {@code epoll_wait(2)}. */
    public static native int epoll_wait(int epoll, Pointer events, int most, int timeout);
}
