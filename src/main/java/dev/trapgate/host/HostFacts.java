package dev.trapgate.host;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateStatus;
import dev.trapgate.host.glibc.LibcSyscall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a person should know of this host before judging what its gates do or cost. */
public final class HostFacts {

    private static final Path CLOCKSOURCE = Path.of("/sys/devices/system/clocksource/clocksource0/current_clocksource");
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final Path SELF_STATUS = Path.of("/proc/self/status");
    private static final Path SELINUX_ENFORCE = Path.of("/sys/fs/selinux/enforce");
    private static final String UNKNOWN = "unknown";

    private static final long PR_GET_MDWE = 66;

    private HostFacts() {}

    /** {@return the facts by name; those that cannot be had here say {@code unknown}, and why if that is known} */
    public static SortedMap<String, String> all() {
        SortedMap<String, String> facts = new TreeMap<>();
        facts.put("clocksource", read(CLOCKSOURCE).orElse(UNKNOWN));
        facts.put("cpu", colonField(CPUINFO, "model name").orElseGet(() -> System.getProperty("os.arch")));
        facts.put("executable memory", executableMemory());
        facts.put("hypervisor", hypervisor());
        facts.put("ia32 emulation", ia32Emulation());
        facts.put("jdk", System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vendor") + ")");
        facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("seccomp", seccomp());
        return facts;
    }

    private static String executableMemory() {
        GateStatus syscall = Host.status(Gate.SYSCALL);
        String allowed = syscall.unavailable().orElse("allowed: written first, executable afterwards");
        return allowed + selinux() + denyWriteExecute();
    }

    private static String selinux() {
        return read(SELINUX_ENFORCE)
                .map(enforce -> enforce.equals("1") ? "; SELinux enforces" : "; SELinux only warns")
                .orElse("; no SELinux");
    }

    private static String denyWriteExecute() {
        if (Platform.refusal().isPresent()) {
            return "";
        }
        long mdwe = LibcSyscall.call(Syscall.PRCTL, PR_GET_MDWE);
        if (Errno.isError(mdwe)) {
            return "";
        }
        return mdwe == 0 ? "; PR_SET_MDWE is off" : "; PR_SET_MDWE is on";
    }

    private static String hypervisor() {
        return colonField(CPUINFO, "flags")
                .map(flags -> Stream.of(flags.split(" ")).anyMatch("hypervisor"::equals) ? "yes" : "no")
                .orElse(UNKNOWN);
    }

    private static String ia32Emulation() {
        return Host.status(Gate.INT80).unavailable().orElse("yes: a child process made an i386 call");
    }

    /** Modes of proc_pid_status(5): 0, 1 and 2. */
    private static String seccomp() {
        String mode = colonField(SELF_STATUS, "Seccomp").orElse("");
        return switch (mode) {
            case "0" -> "no filter";
            case "1" -> "strict mode";
            case "2" -> colonField(SELF_STATUS, "Seccomp_filters").orElse("?") + " filters";
            default -> UNKNOWN;
        };
    }

    private static Optional<String> colonField(Path file, String name) {
        return lines(file)
                .filter(line -> line.startsWith(name) && line.indexOf(':') >= 0)
                .filter(line -> line.substring(0, line.indexOf(':')).strip().equals(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    private static Optional<String> read(Path file) {
        return lines(file).findFirst().map(String::strip);
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException absentOrMasked) {
            return Stream.empty();
        }
    }
}
