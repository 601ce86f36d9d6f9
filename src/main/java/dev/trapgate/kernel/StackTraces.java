package dev.trapgate.kernel;

/** Whether a {@link SyscallException} records where it was thrown. */
public enum StackTraces {
    /** It does; this takes microseconds. */
    RECORDED,
    /** It does not: for programs to which an errno is an everyday answer. */
    OMITTED
}
