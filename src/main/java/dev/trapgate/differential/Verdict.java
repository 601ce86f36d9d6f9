package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import java.util.List;
import java.util.Optional;

/**
 * What comparing two plays of a scenario found.
 *
 * @param scenario what was played
 * @param abi by which convention
 * @param user with whose rights
 * @param outcome agreed or not
 * @param why what to say of an outcome that is neither agreement nor difference
 * @param differences where the sides disagree
 * @param remark what was not compared, if anything was not
 */
public record Verdict(
        Scenario scenario,
        Abi abi,
        User user,
        Outcome outcome,
        String why,
        List<Difference> differences,
        Optional<String> remark) {

    /** How a comparison came out. */
    public enum Outcome {
        /** Both sides answered alike. */
        AGREED,
        /** They did not. */
        DIFFERED,
        /** A side may not make one of the calls. */
        UNPLAYED,
        /** The scenario asks for something that the convention does not have. */
        MISTAKEN
    }

    /** {@return the verdict on two transcripts} */
    static Verdict of(Scenario scenario, Abi abi, User user, Transcript left, Transcript right) {
        for (Transcript side : List.of(left, right)) {
            if (side.ending() == Transcript.Ending.MISTAKEN) {
                return new Verdict(scenario, abi, user, Outcome.MISTAKEN, side.why(), List.of(), Optional.empty());
            }
        }
        for (Transcript side : List.of(left, right)) {
            if (side.ending() == Transcript.Ending.UNPLAYED) {
                return new Verdict(scenario, abi, user, Outcome.UNPLAYED, side.why(), List.of(), Optional.empty());
            }
        }
        List<Difference> differences = Comparison.of(scenario, abi, left, right);
        Optional<String> awake = differences.isEmpty() ? awake(scenario, left) : Optional.empty();
        if (awake.isPresent()) {
            return new Verdict(scenario, abi, user, Outcome.MISTAKEN, awake.get(), List.of(), Optional.empty());
        }
        Outcome outcome = differences.isEmpty() ? Outcome.AGREED : Outcome.DIFFERED;
        return new Verdict(
                scenario,
                abi,
                user,
                outcome,
                "",
                differences,
                remark(left).or(() -> remark(right)).or(() -> standstill(scenario, left, right)));
    }

    /** {@return what to say of a call that is marked to block and on neither side did} */
    private static Optional<String> awake(Scenario scenario, Transcript side) {
        for (int i = 0; i < side.records().size(); i++) {
            if (scenario.steps().get(i) instanceof Step.Call call && call.awaited() == Step.Return.BLOCKS) {
                Long answer = side.records().get(i).back().get(call.thread());
                if (answer != null) {
                    return Optional.of(
                            "line " + call.line() + ": " + call.target() + " is marked 'blocks', but came back"
                                    + " at once on both sides, with "
                                    + Errno.of(answer).map(Errno::name).orElse(Long.toString(answer)));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> standstill(Scenario scenario, Transcript left, Transcript right) {
        boolean both = left.ending() == Transcript.Ending.BLOCKED && right.ending() == Transcript.Ending.BLOCKED;
        int at = left.records().size();
        return both && at < scenario.steps().size()
                ? Optional.of("both sides stood still in line "
                        + scenario.steps().get(at).line() + ", "
                        + ScenarioText.of(scenario.steps().get(at)) + ": " + left.why() + " within "
                        + Side.DEADLINE_MILLIS + " ms; nothing behind it was played")
                : Optional.empty();
    }

    private static Optional<String> remark(Transcript side) {
        return Optional.ofNullable(side.state().get(StateReader.UNREADABLE))
                .map(why -> "what was left behind was not compared: " + why);
    }

    /** {@return the verdict in words, a line each} */
    public List<String> lines(String leftName, String rightName) {
        return VerdictText.lines(this, leftName, rightName);
    }
}
