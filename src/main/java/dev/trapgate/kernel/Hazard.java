package dev.trapgate.kernel;

import dev.trapgate.abi.Syscall;
import java.util.Optional;

/** What a call would do to the JVM that makes it, and what to do instead. */
public enum Hazard {
    /** It copies the process with one thread: collectors, compilers and locks of the others are gone. */
    FORK(
            "the child would be a JVM with one thread, in which the collector, the compiler and every lock that another"
                    + " thread holds are dead",
            "start programs with ProcessBuilder, threads with Thread"),
    /** It replaces the JVM's program. */
    EXEC(
            "this JVM would be replaced by another program, with no shutdown hook run",
            "start the program with ProcessBuilder"),
    /** It ends the JVM, or a thread that the JVM counts on. */
    EXIT("the JVM would lose this thread, or end, with no finally block and no shutdown hook run", "System.exit"),
    /** It changes one thread's identity where programs mean the process's. */
    IDENTITY(
            "the kernel changes this thread only (a virtual thread's carrier), and the JVM's other threads keep their rights:"
                    + " a hole, not a protection",
            "go through Gate.GLIBC, whose wrapper changes all threads, or start the JVM as that user"),
    /** It takes descriptors away from their owners. */
    DESCRIPTORS(
            "the JVM and other libraries would go on using numbers that mean other files by then",
            "close FileDescriptor objects, and let ProcessBuilder close descriptors in children"),
    /** It takes memory away from the JVM. */
    MEMORY("it moves the end of the heap that malloc manages", "map memory with mm().mmap"),
    /** It makes the kernel return to where no call was made. */
    CONTROL("it sets the thread's registers from its stack, where no signal frame is", "nothing: only signal handlers do this");

    private final String reason;
    private final String instead;

    Hazard(String reason, String instead) {
        this.reason = reason;
        this.instead = instead;
    }

    /** {@return the hazard of a call made by the JVM itself, if there is one} */
    public static Optional<Hazard> of(Syscall call) {
        return switch (call) {
            case FORK, VFORK, CLONE, CLONE3 -> Optional.of(FORK);
            case EXECVE, EXECVEAT -> Optional.of(EXEC);
            case EXIT, EXIT_GROUP -> Optional.of(EXIT);
            case SETUID,
                    SETGID,
                    SETREUID,
                    SETREGID,
                    SETRESUID,
                    SETRESGID,
                    SETFSUID,
                    SETFSGID,
                    SETGROUPS,
                    SETUID32,
                    SETGID32,
                    SETREUID32,
                    SETREGID32,
                    SETRESUID32,
                    SETRESGID32,
                    SETFSUID32,
                    SETFSGID32,
                    SETGROUPS32 -> Optional.of(IDENTITY);
            case CLOSE, CLOSE_RANGE, DUP2, DUP3 -> Optional.of(DESCRIPTORS);
            case BRK -> Optional.of(MEMORY);
            case RT_SIGRETURN, SIGRETURN -> Optional.of(CONTROL);
            default -> Optional.empty();
        };
    }

    /** {@return what would happen} */
    public String reason() {
        return reason;
    }

    /** {@return what to do instead} */
    public String instead() {
        return instead;
    }

    RefusedCallException refusal(Syscall call) {
        return new RefusedCallException(call, reason, instead);
    }

    /**
     * Refuses a call that has a hazard.
     *
     * @param call the call
     * @throws RefusedCallException if it has
     */
    public static void refuse(Syscall call) {
        of(call).ifPresent(hazard -> {
            throw hazard.refusal(call);
        });
    }
}
