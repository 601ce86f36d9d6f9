package dev.trapgate.cli;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.cli.AnswerComparison.Verdict;
import dev.trapgate.cli.Columns.Side;
import dev.trapgate.entry.Gate;
import dev.trapgate.entry.GateUnavailableException;
import dev.trapgate.notation.CallTarget;
import dev.trapgate.notation.UsageException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A requested call at every gate, the answers beside each other. */
final class AllGatesCall {

    private final CallRequest request;

    /**
     * Begins with a request.
     *
     * @param request what to call, with what; a number is one of x86_64
     */
    AllGatesCall(CallRequest request) {
        this.request = request;
    }

    /**
     * Makes the calls and prints a line for each.
     *
     * @param out where to print
     * @return the exit status
     * @throws UsageException if no gate makes the call and the request is to blame
     */
    int print(PrintWriter out) {
        CallTarget target = CallTarget.of(request.target(), numbersMeant());
        List<Answer> answers = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (Gate gate : Gate.values()) {
            if (gate.kind() == Gate.Kind.NATIVE) {
                answers.add(answer(gate, target, failures));
            }
        }
        if (failures.size() == answers.size()) {
            throw worst(failures);
        }
        return print(out, target, answers);
    }

    /** A call that only the 32-bit table has is looked up there; a number means a 64-bit call. */
    private Abi numbersMeant() {
        boolean isOnlyInI386 = Syscall.named(request.target())
                .filter(call -> !call.existsOn(Abi.X86_64) && call.existsOn(Abi.I386))
                .isPresent();
        return isOnlyInI386 ? Abi.I386 : Abi.X86_64;
    }

    private Answer answer(Gate gate, CallTarget target, List<RuntimeException> failures) {
        try {
            if (target.call().isEmpty() && gate.abi() != Abi.X86_64) {
                throw new UsageException("number " + request.target() + " is taken as one of " + Abi.X86_64);
            }
            return new GateCall(request, gate).make(target.in(gate.abi()));
        } catch (GateUnavailableException shut) {
            failures.add(shut);
            return notMade(gate, shut.reason());
        } catch (CallNotMadeException | UsageException reason) {
            failures.add(reason);
            return notMade(gate, String.valueOf(reason.getMessage()));
        }
    }

    private Answer notMade(Gate gate, String reason) {
        String shortened = reason.lines().findFirst().orElse("").replaceFirst("; .*", "");
        return new Answer(
                gate, request.text(), "", OptionalLong.empty(), List.of(), "not made: " + shortened, ExitStatus.DONE);
    }

    private static RuntimeException worst(List<RuntimeException> failures) {
        return failures.stream()
                .filter(UsageException.class::isInstance)
                .findFirst()
                .or(() -> failures.stream()
                        .filter(CallNotMadeException.class::isInstance)
                        .findFirst())
                .orElse(failures.getFirst());
    }

    private int print(PrintWriter out, CallTarget target, List<Answer> answers) {
        Columns lines = new Columns(Side.LEFT, Side.LEFT, Side.LEFT, Side.LEFT);
        int exitStatus = ExitStatus.DONE;
        for (Answer answer : answers) {
            Verdict verdict = verdict(target, answers, answer);
            exitStatus = Math.max(exitStatus, verdict == Verdict.DIFFER ? ExitStatus.DIFFERED : answer.exitStatus());
            lines.row(answer.call(), answer.equation(), "[" + answer.gate() + "]", remark(verdict, answer));
        }
        lines.lines().forEach(out::println);
        return exitStatus;
    }

    private static Verdict verdict(CallTarget target, List<Answer> answers, Answer answer) {
        OptionalLong first = answers.stream()
                .map(Answer::raw)
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
        if (first.isEmpty() || answer.raw().isEmpty()) {
            return Verdict.AGREE;
        }
        return AnswerComparison.compare(
                target.name(), first.getAsLong(), answer.raw().getAsLong());
    }

    private static String remark(Verdict verdict, Answer answer) {
        String comparison =
                switch (verdict) {
                    case AGREE -> "";
                    case DIFFER -> "differs";
                    case NOT_COMPARABLE -> "not compared: an earlier call changed what this one met";
                };
        boolean neverReturned = answer.raw().isEmpty() && !answer.details().isEmpty();
        String remark = neverReturned ? answer.details().getFirst() : answer.remark();
        return comparison.isEmpty() || remark.isEmpty() ? comparison + remark : comparison + "; " + remark;
    }
}
