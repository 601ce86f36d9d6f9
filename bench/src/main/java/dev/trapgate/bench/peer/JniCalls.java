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
}
