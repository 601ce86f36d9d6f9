package dev.trapgate.cli;

import dev.trapgate.abi.Errno;
import dev.trapgate.abi.Parameter;
import dev.trapgate.abi.Syscall;
import dev.trapgate.cli.Hazards.Hazard;
import dev.trapgate.cli.Hazards.Precaution;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.SyscallEntry;
import dev.trapgate.entry.UserMemory;
import dev.trapgate.notation.CallArgument;
import dev.trapgate.notation.CallTarget;
import dev.trapgate.notation.ParameterCount;
import dev.trapgate.notation.PlacedArguments;
import dev.trapgate.notation.RoomySpace;
import dev.trapgate.notation.UsageException;
import dev.trapgate.trace.ResultText;
import dev.trapgate.trace.SyscallText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A call with its arguments in one gate's memory, ready to be made once. */
final class PreparedCall {

    private static final int REGISTERS = 6;

    /** What a shell says of a process that SIGKILL ended. */
    private static final int KILLED = 128 + 9;

    private final CallTarget target;
    private final SyscallEntry entry;
    private final PlacedArguments arguments;

    private PreparedCall(CallTarget target, SyscallEntry entry, PlacedArguments arguments) {
        this.target = target;
        this.entry = entry;
        this.arguments = arguments;
    }

    /**
     * Prepares a call.
     *
     * @param target the call, in the gate's ABI
     * @param arguments its arguments
     * @param entry the gate
     * @param scope where to place what they point to; it must outlive the call
     * @return the call
     * @throws UsageException if the arguments are too few or too many, or cannot be placed
     * @throws CallNotMadeException if the gate cannot make the call
     */
    static PreparedCall of(
            CallTarget target, List<CallArgument> arguments, SyscallEntry entry, UserMemory.Scope scope) {
        checkCount(target, entry, arguments.size());
        List<Parameter> parameters =
                target.call().map(call -> call.parameters(entry.abi())).orElse(List.of());
        PlacedArguments placed = new PlacedArguments(arguments, parameters, entry.abi(), new RoomySpace(scope));
        requireMode(target, placed.values());
        Optional<String> refusal = entry.refusal(target.number());
        if (refusal.isPresent()) {
            throw new CallNotMadeException(refusal.get(), ExitStatus.NO_SUCH_GATE);
        }
        return new PreparedCall(target, entry, placed);
    }

    /** {@return why the call is not made in this process, if it is not} */
    Optional<Hazard> hazard() {
        return target.call().flatMap(call -> Hazards.of(call, registers()).or(() -> overrun(call)));
    }

    private Optional<Hazard> overrun(Syscall call) {
        return arguments.areTooSmall(call.parameters(entry.abi()))
                ? Optional.of(new Hazard(Precaution.CHILD, "may write beyond the memory it is given"))
                : Optional.empty();
    }

    /** {@return the call as text before it is made} */
    String text() {
        return target.call()
                .map(call -> writer().entering(call, arguments.values()))
                .orElseGet(() -> SyscallText.unknown(target.number(), arguments.values()));
    }

    /** {@return the call's answer, the call having been made} */
    Answer make() {
        long[] registers = registers();
        long raw = entry.enter(
                target.number(), registers[0], registers[1], registers[2], registers[3], registers[4], registers[5]);
        String text = target.call()
                .map(call -> writer().answered(call, raw, arguments.values()))
                .orElseGet(this::text);
        String result = ResultText.of(target.name(), entry.abi(), raw);
        List<String> details =
                Errno.isError(raw) ? List.of() : WrittenMemory.lines(target.call(), raw, arguments.writable());
        NewDescriptors.close(entry, target.name(), raw);
        Answer answer = Answer.returned(entry.gate(), text, result, raw, details);
        Gate taken = entry.through(target.number());
        return taken == entry.gate()
                ? answer
                : answer.remarked("made by " + taken + ": this gate has no function for it");
    }

    /** {@return what the process exits with now that the calling thread alone is gone} */
    int exitStatusOfLostThread() {
        return target.name().equals("exit") ? (int) registers()[0] & 0xff : KILLED;
    }

    private SyscallText writer() {
        return new SyscallText(entry.abi(), arguments, SyscallText.STRING_LIMIT);
    }

    private long[] registers() {
        return Arrays.copyOf(arguments.values(), REGISTERS);
    }

    private static void checkCount(CallTarget target, SyscallEntry entry, int given) {
        target.call().ifPresent(call -> ParameterCount.check(call, entry.abi(), given));
        if (given > REGISTERS) {
            throw new UsageException("too many arguments: no call takes more than " + REGISTERS + ", not " + given);
        }
    }

    private static void requireMode(CallTarget target, long... values) {
        String name = target.name();
        boolean lacksMode =
                (name.equals("open") && values.length == 2) || (name.equals("openat") && values.length == 3);
        if (lacksMode && SyscallText.creates(values[values.length - 1])) {
            throw new UsageException(
                    "too few arguments: " + name + " with O_CREAT or O_TMPFILE needs a mode, for example 0o644");
        }
    }
}
