package dev.trapgate.bench.peer;

/** Native methods whose bodies call glibc: what a JNI library would do. Addresses are passed as {@code long}. */
public final class JniCalls {

    static {
        load();
    }

    private JniCalls() {}

    @SuppressWarnings("restricted") // The library is the one this package has just compiled.
    private static void load() {
        System.load(NativePeer.JNI.library().toString());
    }

    /** {@return 0} */
    public static native long empty();

    /** {@return the parent's process id} */
    public static native int getppid();

    /**
     * Reads a clock.
     *
     * @param clock its number
     * @param time where the {@code timespec} goes
     * @return 0, or −1
     */
    public static native int clockGettime(int clock, long time);

    /**
     * Says where the thread runs.
     *
     * @param cpu where the CPU's number goes
     * @param node where the node's number goes
     * @return 0, or −1
     */
    public static native int getcpu(long cpu, long node);

    /**
     * Reads.
     *
     * @param fd from where
     * @param buffer to where
     * @param count how many bytes at most
     * @return how many were read, or −1
     */
    public static native long read(int fd, long buffer, long count);

    /**
     * Writes.
     *
     * @param fd to where
     * @param buffer from where
     * @param count how many bytes at most
     * @return how many were written, or −1
     */
    public static native long write(int fd, long buffer, long count);

    /**
     * Opens a file.
     *
     * @param directory where a relative path starts
     * @param path the path's address
     * @param flags how
     * @return the descriptor, or −1
     */
    public static native int openat(int directory, long path, int flags);

    /**
     * Closes a descriptor.
     *
     * @param fd the descriptor
     * @return 0, or −1
     */
    public static native int close(int fd);

    /** {@return the process id} */
    public static native int getpid();

    /**
     * Reads the time of day.
     *
     * @param time where the {@code timeval} goes
     * @return 0, or −1
     */
    public static native int gettimeofday(long time);

    /** {@return seconds since 1970} */
    public static native long time();

    /**
     * Gets random bytes.
     *
     * @param buffer to where
     * @param count how many
     * @param flags how
     * @return how many, or −1
     */
    public static native long getrandom(long buffer, long count, int flags);

    /**
     * Asks for an open file's status.
     *
     * @param fd the descriptor
     * @param status where the answer goes
     * @return 0, or −1
     */
    public static native int fstat(int fd, long status);

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
    public static native int statx(int directory, long path, int flags, int mask, long status);

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
    public static native long mmap(long address, long length, int protection, int flags, int fd, long offset);

    /**
     * Takes a mapping away.
     *
     * @param address the memory
     * @param length how many bytes
     * @return 0, or −1
     */
    public static native int munmap(long address, long length);

    /**
     * Waits for events.
     *
     * @param epoll the epoll instance
     * @param events where they go
     * @param most how many at most
     * @param timeout how long to wait, in milliseconds
     * @return how many there are, or −1
     */
    public static native int epollWait(int epoll, long events, int most, int timeout);

    /**
     * Makes a system call of three arguments, as {@code syscall(2)}.
     *
     * @param number its number
     * @param a1 its first argument
     * @param a2 its second argument
     * @param a3 its third argument
     * @return what it answers, or −1
     */
    public static native long syscall(long number, long a1, long a2, long a3);
}
