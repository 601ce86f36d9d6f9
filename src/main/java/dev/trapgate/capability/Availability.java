package dev.trapgate.capability;

/** Whether a call can be made. */
public enum Availability {
    /** The kernel has the call, and nothing was found that keeps it from this process. */
    PRESENT,
    /** An emulated kernel has some of the call. */
    PARTIAL,
    /** The kernel answers ENOSYS: it is too old, too new, or was built or started without the call. */
    MISSING,
    /** The kernel has the call, but a seccomp filter keeps it from this process. */
    REFUSED,
    /** What was found allows no conclusion. */
    UNKNOWN
}
