package dev.trapgate.bench.peer;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** Glibc's functions by JNA's interface mapping, and memory as JNA's users have it. */
public final class Jna {

    /** 64 KiB for data. */
    public static final Pointer BUFFER = new Memory(65_536);

    /** Where a second answer goes. */
    public static final Pointer NEXT = BUFFER.share(Integer.BYTES);

    /** A 1 of eight bytes, for an eventfd. */
    public static final Pointer ONE = one();

    /** A path. */
    public static final Pointer PATH = path();

    /** The functions. */
    public static final Functions C = Native.load("c", Functions.class);

    private Jna() {}

    private static Pointer one() {
        Memory one = new Memory(Long.BYTES);
        one.setLong(0, 1);
        return one;
    }

    private static Pointer path() {
        Memory path = new Memory(16);
        path.setString(0, "/dev/null");
        return path;
    }

    /** The functions that are called: their names are C's, by which JNA finds them. */
    public interface Functions extends Library {
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
