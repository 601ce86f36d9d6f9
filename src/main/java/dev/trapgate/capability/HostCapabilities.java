package dev.trapgate.capability;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Syscall;
import dev.trapgate.entry.Gate;
import dev.trapgate.host.Host;
import dev.trapgate.host.probe.CallProbe;
import dev.trapgate.host.probe.ProbeOutcome;
import dev.trapgate.host.probe.ProbedCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the host's kernel has, found by trying calls in child processes that can only fail in them. */
final class HostCapabilities {

    private static final int SIGSYS = 31;

    private final Abi abi;
    private final Optional<KernelVersion> release;
    private final CallFilter filter;
    private final Symbols symbols;

    HostCapabilities(Abi abi, String release, CallFilter filter, Symbols symbols) {
        this.abi = abi;
        this.release = KernelVersion.parse(release);
        this.filter = filter;
        this.symbols = symbols;
    }

    /** {@return the report for the calling thread, whose filters a child process has too} */
    static Capabilities report(Abi abi) {
        String release = System.getProperty("os.version");
        CallFilter filter = CallFilter.ofThisThread();
        HostCapabilities host = new HostCapabilities(abi, release, filter, Symbols.ofThisKernel(abi));
        List<String> facts = new ArrayList<>(List.of("Linux " + release, filter.description()));
        Map<Syscall, ProbeOutcome> outcomes = new EnumMap<>(Syscall.class);
        obstacle(abi)
                .or(() -> probe(abi, outcomes))
                .ifPresentOrElse(
                        obstacle -> facts.add("no call was tried: " + obstacle),
                        () -> facts.add(outcomes.size() + " calls were tried in child processes"));
        List<Capability> all = callsOf(abi)
                .map(call -> host.judged(call, Optional.ofNullable(outcomes.get(call))))
                .toList();
        return new Capabilities(abi, facts, all);
    }

    /** {@return the calls of an ABI by number} */
    static Stream<Syscall> callsOf(Abi abi) {
        return Arrays.stream(Syscall.values())
                .filter(call -> call.existsOn(abi))
                .sorted(Comparator.comparingInt(call -> call.number(abi)));
    }

    private static Optional<String> obstacle(Abi abi) {
        return abi == Abi.I386 ? Host.status(Gate.INT80).unavailable() : Optional.empty();
    }

    private static Optional<String> probe(Abi abi, Map<Syscall, ProbeOutcome> outcomes) {
        List<Syscall> tried = callsOf(abi)
                .filter(call -> call.standing(abi) == Syscall.Standing.IMPLEMENTED)
                .filter(call -> HarmlessArguments.of(call, abi).isPresent())
                .toList();
        try {
            List<ProbeOutcome> answers = CallProbe.outcomes(
                    abi, tried.stream().map(call -> probed(call, abi)).toList());
            for (int i = 0; i < tried.size(); i++) {
                outcomes.put(tried.get(i), answers.get(i));
            }
            return Optional.empty();
        } catch (IOException impossible) {
            return Optional.of(String.valueOf(impossible.getMessage()));
        }
    }

    private static ProbedCall probed(Syscall call, Abi abi) {
        return new ProbedCall(call.number(abi), HarmlessArguments.of(call, abi).orElseThrow());
    }

    /** {@return what is known of a call, having tried it or not} */
    Capability judged(Syscall call, Optional<ProbeOutcome> outcome) {
        if (call.standing(abi) != Syscall.Standing.IMPLEMENTED) {
            return observed(call, Availability.MISSING, "its number has no call in today's kernels: " + words(call));
        }
        return outcome.map(known -> switch (known) {
                    case ProbeOutcome.Answered answered -> answered(call, answered.result());
                    case ProbeOutcome.Ended ended -> ended(call, ended.signal());
                })
                .orElseGet(() -> untried(call));
    }

    private String words(Syscall call) {
        return switch (call.standing(abi)) {
            case IMPLEMENTED -> "";
            case REMOVED -> "it was removed";
            case RESERVED -> "it was never implemented";
            case KERNEL32 -> "only a 32-bit kernel has it";
        };
    }

    private Capability answered(Syscall call, long result) {
        String seen = "tried in a child process, it answered "
                + Errno.of(result).map(Errno::name).orElseGet(() -> Long.toString(result));
        if (result == -Errno.ENOSYS.number()) {
            return absent(call, seen);
        }
        if (result == -Errno.EPERM.number() && filter.isOn()) {
            return MayAnswerEperm.itself(call)
                    ? inferred(
                            call,
                            Availability.UNKNOWN,
                            seen + ", which a seccomp filter may have done or the kernel for want of a privilege")
                    : inferred(
                            call,
                            Availability.REFUSED,
                            seen + ", which the kernel does not do for these arguments: a seccomp filter does");
        }
        return observed(call, Availability.PRESENT, seen);
    }

    /** The call answered ENOSYS. */
    private Capability absent(Syscall call, String seen) {
        Optional<Boolean> built = symbols.has(call);
        if (!filter.isOn()) {
            return observed(call, Availability.MISSING, seen + why(call));
        }
        if (built.isPresent()) {
            return built.get()
                    ? inferred(
                            call,
                            Availability.REFUSED,
                            seen + " under a seccomp filter, though the kernel has " + nameOf(call))
                    : observed(call, Availability.MISSING, seen + ", and the kernel was built without it");
        }
        return byRelease(call, seen + " under a seccomp filter, and ", Availability.REFUSED);
    }

    private String why(Syscall call) {
        if (!symbols.has(call).orElse(true)) {
            return ", as the kernel was built without it";
        }
        boolean expected = isPromised(call).orElse(false);
        return expected ? ", though its release has the call: it was built or started without it" : "";
    }

    private Capability ended(Syscall call, int signal) {
        return signal == SIGSYS
                ? observed(call, Availability.REFUSED, "a seccomp filter ended the child process that tried it")
                : inferred(
                        call,
                        Availability.UNKNOWN,
                        "the child process that tried it ended" + (signal == 0 ? "" : " by signal " + signal));
    }

    private Capability untried(Syscall call) {
        Optional<Boolean> built = symbols.has(call);
        if (built.isPresent() && !built.get()) {
            return observed(call, Availability.MISSING, "not tried; the kernel was built without it");
        }
        if (filter.isOn()) {
            return inferred(
                    call,
                    Availability.UNKNOWN,
                    "not tried; what the seccomp filter does with it is not known"
                            + built.map(has -> ", the kernel has " + nameOf(call))
                                    .orElse(""));
        }
        return built.isPresent()
                ? observed(call, Availability.PRESENT, "not tried; the kernel's symbols have " + nameOf(call))
                : byRelease(call, "not tried; ", Availability.PRESENT);
    }

    private Capability byRelease(Syscall call, String prefix, Availability ifPromised) {
        Optional<KernelVersion> since = Releases.since(call, abi);
        Optional<Boolean> promised = isPromised(call);
        if (promised.isEmpty()) {
            return inferred(call, Availability.UNKNOWN, prefix + "its first release is not known");
        }
        String facts = prefix + "Linux has it since " + since.orElseThrow() + ", and this is " + release.orElseThrow();
        return inferred(call, promised.get() ? ifPromised : Availability.MISSING, facts);
    }

    private Optional<Boolean> isPromised(Syscall call) {
        return release.flatMap(running -> Releases.since(call, abi).map(running::reaches));
    }

    private String nameOf(Syscall call) {
        return symbols.name(call).orElse("it");
    }

    private Capability observed(Syscall call, Availability availability, String evidence) {
        return capability(call, availability, Basis.OBSERVED, evidence);
    }

    private Capability inferred(Syscall call, Availability availability, String evidence) {
        return capability(call, availability, Basis.INFERRED, evidence);
    }

    private Capability capability(Syscall call, Availability availability, Basis basis, String evidence) {
        return new Capability(call, call.number(abi), availability, Releases.since(call, abi), basis, evidence);
    }
}
