package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
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
        Outcome outcome = differences.isEmpty() ? Outcome.AGREED : Outcome.DIFFERED;
        return new Verdict(
                scenario, abi, user, outcome, "", differences, remark(left).or(() -> remark(right)));
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
