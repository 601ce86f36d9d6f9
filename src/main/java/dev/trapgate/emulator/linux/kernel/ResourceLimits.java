package dev.trapgate.emulator.linux.kernel;

import java.util.EnumMap;
import java.util.Map;

/** A process's limits: {@code signal_struct.rlim}, with the values that a login finds on an ordinary host. */
public final class ResourceLimits {

    /** No limit. */
    public static final long RLIM_INFINITY = -1;

    /** The limits' numbers, include/uapi/asm-generic/resource.h. */
    public enum Resource {
        /** CPU time in seconds. */
        RLIMIT_CPU,
        /** Size of a file in bytes. */
        RLIMIT_FSIZE,
        /** Size of the data segment in bytes. */
        RLIMIT_DATA,
        /** Size of the stack in bytes. */
        RLIMIT_STACK,
        /** Size of a core file in bytes. */
        RLIMIT_CORE,
        /** Resident set in bytes; has no effect. */
        RLIMIT_RSS,
        /** Processes of a user. */
        RLIMIT_NPROC,
        /** One more than the greatest descriptor. */
        RLIMIT_NOFILE,
        /** Locked memory in bytes. */
        RLIMIT_MEMLOCK,
        /** Address space in bytes. */
        RLIMIT_AS,
        /** File locks; has no effect. */
        RLIMIT_LOCKS,
        /** Queued signals. */
        RLIMIT_SIGPENDING,
        /** Bytes in POSIX message queues. */
        RLIMIT_MSGQUEUE,
        /** 20 less the lowest nice value. */
        RLIMIT_NICE,
        /** The greatest real-time priority. */
        RLIMIT_RTPRIO,
        /** Microseconds of real-time work without a blocking call. */
        RLIMIT_RTTIME
    }

    /**
     * A limit; compared as unsigned.
     *
     * @param soft what is enforced
     * @param hard how far the process may raise it
     */
    public record Limit(long soft, long hard) {}

    private static final Limit UNLIMITED = new Limit(RLIM_INFINITY, RLIM_INFINITY);

    private final Map<Resource, Limit> limits = new EnumMap<>(Resource.class);

    /** Begins with an ordinary host's limits. */
    public ResourceLimits() {
        for (Resource resource : Resource.values()) {
            set(resource, UNLIMITED);
        }
        set(Resource.RLIMIT_STACK, new Limit(8 << 20, RLIM_INFINITY));
        set(Resource.RLIMIT_CORE, new Limit(0, RLIM_INFINITY));
        set(Resource.RLIMIT_NPROC, new Limit(96_000, 96_000));
        set(Resource.RLIMIT_NOFILE, new Limit(1024, 1 << 20));
        set(Resource.RLIMIT_MEMLOCK, new Limit(8 << 20, 8 << 20));
        set(Resource.RLIMIT_SIGPENDING, new Limit(96_000, 96_000));
        set(Resource.RLIMIT_MSGQUEUE, new Limit(819_200, 819_200));
        set(Resource.RLIMIT_NICE, new Limit(0, 0));
        set(Resource.RLIMIT_RTPRIO, new Limit(0, 0));
    }

    /** {@return the same for a child} */
    synchronized ResourceLimits copy() {
        ResourceLimits copy = new ResourceLimits();
        copy.limits.putAll(limits);
        return copy;
    }

    /** {@return a limit} */
    public synchronized Limit get(Resource resource) {
        return limits.getOrDefault(resource, UNLIMITED);
    }

    /** {@return what is enforced of a limit: {@code rlimit()}} */
    public long soft(Resource resource) {
        return get(resource).soft();
    }

    /** Changes a limit. */
    public synchronized void set(Resource resource, Limit limit) {
        limits.put(resource, limit);
    }
}
