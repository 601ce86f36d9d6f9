package dev.trapgate.cli;

import dev.trapgate.abi.Syscall;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The calls that a JVM must not make in its own process, and why. */
final class Hazards {

    /** What becomes of such a call. */
    enum Precaution {
        /** It is made in a child JVM that nobody will miss. */
        CHILD,
        /** It is not made. */
        REFUSE
    }

    /**
     * Why a call is not made in this process.
     *
     * @param precaution what becomes of it
     * @param reason a clause for a person, with the call as its subject
     */
    record Hazard(Precaution precaution, String reason) {}

    private static final long MAP_FIXED = 0x10;
    private static final long MAP_FIXED_NOREPLACE = 0x100000;
    private static final int MMAP_FLAGS = 3;

    private static final int SECCOMP_SET_MODE_STRICT = 0;
    private static final int PR_SET_SECCOMP = 22;
    private static final int SECCOMP_MODE_STRICT = 1;

    /** Tried in a child JVM, it stops at its next safepoint for good: the thread is killed while it runs Java. */
    private static final Hazard STRICT_SECCOMP = new Hazard(
            Precaution.REFUSE, "would leave the calling thread read, write and exit only, and a JVM hangs without it");

    private static final long PTRACE_TRACEME = 0;

    /** Tried in a child JVM, it stops at the first signal that the JVM sends itself, and its parent waits for ever. */
    private static final Hazard TRACE_ME =
            new Hazard(Precaution.REFUSE, "would stop at every signal the JVM uses, with no tracer to let it go on");

    private static final Map<String, Hazard> BY_NAME = byName();

    private Hazards() {}

    /**
     * Looks a call up.
     *
     * @param call the call
     * @param arguments its arguments as the kernel will see them
     * @return why it is not made in this process; empty if it may be
     */
    static Optional<Hazard> of(Syscall call, long... arguments) {
        boolean isMapping = call.callName().equals("mmap") || call.callName().equals("mmap2");
        if (isMapping && (arguments[MMAP_FLAGS] & (MAP_FIXED | MAP_FIXED_NOREPLACE)) == 0) {
            return Optional.empty();
        }
        if (isStrictSeccomp(call, arguments)) {
            return Optional.of(STRICT_SECCOMP);
        }
        boolean isTraceMe = call.callName().equals("ptrace") && arguments[0] == PTRACE_TRACEME;
        return isTraceMe ? Optional.of(TRACE_ME) : Optional.ofNullable(BY_NAME.get(call.callName()));
    }

    private static boolean isStrictSeccomp(Syscall call, long... arguments) {
        return switch (call.callName()) {
            case "seccomp" -> (int) arguments[0] == SECCOMP_SET_MODE_STRICT;
            case "prctl" -> (int) arguments[0] == PR_SET_SECCOMP && arguments[1] == SECCOMP_MODE_STRICT;
            default -> false;
        };
    }

    private static Map<String, Hazard> byName() {
        Map<String, Hazard> hazards = new HashMap<>();
        refuse(
                hazards,
                "would leave a copy of the JVM with one thread only, which cannot run",
                "fork",
                "clone",
                "clone3");
        refuse(hazards, "would run two processes on one stack, and the JVM's frames do not survive that", "vfork");
        refuse(hazards, "would load every register from a signal frame that is not there", "rt_sigreturn", "sigreturn");
        child(hazards, "ends its caller", "exit", "exit_group");
        child(hazards, "replaces its process", "execve", "execveat");
        child(
                hazards,
                "changes memory that the JVM may be using",
                "mmap",
                "mmap2",
                "munmap",
                "mprotect",
                "pkey_mprotect",
                "mremap",
                "remap_file_pages",
                "madvise",
                "mseal",
                "brk",
                "shmdt",
                "process_vm_writev");
        child(
                hazards,
                "changes a register or table the JVM's threads depend on",
                "arch_prctl",
                "set_thread_area",
                "modify_ldt",
                "set_tid_address",
                "set_robust_list",
                "rseq",
                "iopl",
                "ioperm",
                "uprobe",
                "uretprobe");
        child(
                hazards,
                "changes signal handling the JVM depends on",
                "rt_sigaction",
                "sigaction",
                "signal",
                "rt_sigprocmask",
                "sigprocmask",
                "ssetmask",
                "sigaltstack");
        child(
                hazards,
                "may send its own process a signal",
                "kill",
                "tkill",
                "tgkill",
                "rt_sigqueueinfo",
                "rt_tgsigqueueinfo",
                "pidfd_send_signal",
                "alarm",
                "setitimer",
                "ptrace");
        child(hazards, "closes or replaces descriptors the JVM may be using", "close", "close_range", "dup2", "dup3");
        child(
                hazards,
                "changes its process for good",
                "seccomp",
                "prctl",
                "setrlimit",
                "prlimit64",
                "unshare",
                "setns",
                "chroot",
                "pivot_root",
                "personality",
                "landlock_restrict_self",
                "umask",
                "setsid",
                "setpgid",
                "nice",
                "setpriority",
                "capset",
                "setuid",
                "setgid",
                "setreuid",
                "setregid",
                "setresuid",
                "setresgid",
                "setfsuid",
                "setfsgid",
                "setgroups",
                "setuid32",
                "setgid32",
                "setreuid32",
                "setregid32",
                "setresuid32",
                "setresgid32",
                "setfsuid32",
                "setfsgid32",
                "setgroups32");
        return Map.copyOf(hazards);
    }

    private static void child(Map<String, Hazard> hazards, String reason, String... calls) {
        put(hazards, new Hazard(Precaution.CHILD, reason), calls);
    }

    private static void refuse(Map<String, Hazard> hazards, String reason, String... calls) {
        put(hazards, new Hazard(Precaution.REFUSE, reason), calls);
    }

    private static void put(Map<String, Hazard> hazards, Hazard hazard, String... calls) {
        for (String call : calls) {
            hazards.put(call, hazard);
        }
    }
}
