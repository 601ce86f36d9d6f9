package dev.trapgate.cli;

/** The gates that {@code trapgate walk} goes through. */
enum WalkGate {
    INT80,
    SYSENTER,
    SYSCALL,
    VSYSCALL,
    VDSO
}
