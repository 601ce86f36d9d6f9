package dev.trapgate.host.stub;

import dev.trapgate.host.elf.MemoryExecutable;
import dev.trapgate.host.elf.StaticExecutable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Tries {@code int $0x80} in a child process, because a kernel without IA32 emulation ends the process that tries it,
 * and a seccomp filter may. The child inherits this process's filters.
 */
public final class Int80Probe {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** What a shell, and {@link Process#exitValue}, add to the number of the signal that ended a process. */
    private static final int SIGNALLED = 128;

    private static final int SIGSEGV = 11;
    private static final int SIGSYS = 31;

    /** Exits with 0 if getpid(2) by the i386 table answers a process id, else with 1. */
    private static final MachineCode GETPID_THEN_EXIT = MachineCode.of(
            "b8 14 00 00 00", // mov eax, 20          getpid, i386
            "cd 80", //          int 0x80
            "31 ff", //          xor edi, edi
            "85 c0", //          test eax, eax
            "7f 05", //          jg 1f
            "bf 01 00 00 00", // mov edi, 1
            "b8 e7 00 00 00", // 1: mov eax, 231      exit_group, x86-64
            "0f 05"); //         syscall

    private Int80Probe() {}

    /** {@return why {@code int $0x80} cannot be used here, a sentence for a person; empty if it can} */
    public static Optional<String> refusal() {
        try {
            return explained(MemoryExecutable.run(StaticExecutable.of(GETPID_THEN_EXIT), DEADLINE));
        } catch (IOException notStarted) {
            return Optional.of("int $0x80 could not be tried in a child process first, "
                    + "and without IA32 emulation it would end the JVM: " + notStarted.getMessage());
        }
    }

    private static Optional<String> explained(int exitStatus) {
        return switch (exitStatus) {
            case 0 -> Optional.empty();
            case 1 ->
                Optional.of("getpid by int $0x80 answered an error in a child process: a seccomp filter refuses it");
            case SIGNALLED + SIGSEGV ->
                Optional.of("int $0x80 ended a child process with SIGSEGV: this kernel has no IA32 emulation"
                        + " (CONFIG_IA32_EMULATION, or ia32_emulation=off on its command line)");
            case SIGNALLED + SIGSYS ->
                Optional.of("int $0x80 ended a child process with SIGSYS: a seccomp filter forbids it");
            default -> Optional.of("a child process that tried int $0x80 ended with status " + exitStatus);
        };
    }
}
