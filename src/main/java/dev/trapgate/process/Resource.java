package dev.trapgate.process;

import dev.trapgate.abi.Abi;
import dev.trapgate.kernel.ConstantNames;

/**
 * What a limit is for.
 *
 * @param number the kernel's number
 * @see <a href="https://man7.org/linux/man-pages/man2/getrlimit.2.html">getrlimit(2)</a>
 */
public record Resource(int number) {

    /** Processor time, in seconds. */
    public static final Resource RLIMIT_CPU = new Resource(0);
    /** The size of files written, in bytes. */
    public static final Resource RLIMIT_FSIZE = new Resource(1);
    /** The data segment, in bytes. */
    public static final Resource RLIMIT_DATA = new Resource(2);
    /** The first thread's stack, in bytes. */
    public static final Resource RLIMIT_STACK = new Resource(3);
    /** Core dumps, in bytes. */
    public static final Resource RLIMIT_CORE = new Resource(4);
    /** Resident memory; has no effect. */
    public static final Resource RLIMIT_RSS = new Resource(5);
    /** The user's processes and threads. */
    public static final Resource RLIMIT_NPROC = new Resource(6);
    /** The highest descriptor plus one. */
    public static final Resource RLIMIT_NOFILE = new Resource(7);
    /** Locked memory, in bytes. */
    public static final Resource RLIMIT_MEMLOCK = new Resource(8);
    /** The address space, in bytes. */
    public static final Resource RLIMIT_AS = new Resource(9);
    /** Locks; has no effect. */
    public static final Resource RLIMIT_LOCKS = new Resource(10);
    /** The user's queued signals. */
    public static final Resource RLIMIT_SIGPENDING = new Resource(11);
    /** Bytes in POSIX message queues. */
    public static final Resource RLIMIT_MSGQUEUE = new Resource(12);
    /** 20 minus the lowest nice value. */
    public static final Resource RLIMIT_NICE = new Resource(13);
    /** The highest real-time priority. */
    public static final Resource RLIMIT_RTPRIO = new Resource(14);
    /** Processor time without a blocking call, in microseconds. */
    public static final Resource RLIMIT_RTTIME = new Resource(15);

    /** {@return the C names, for example {@code RLIMIT_FSIZE}} */
    @Override
    public String toString() {
        return ConstantNames.render("rlimit", number, Abi.X86_64);
    }
}
