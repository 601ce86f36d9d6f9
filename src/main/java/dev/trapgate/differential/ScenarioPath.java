package dev.trapgate.differential;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which paths a scenario may name natively. */
final class ScenarioPath {

    /** The playing directory lies this deep under the runner's own. */
    private static final int DEPTH = 2;

    private static final Pattern HARMLESS =
            Pattern.compile("/+|/+dev/(null|zero|full|random|urandom)/?|/+proc/(self|thread-self)(/.*)?"
                    + "|/+proc/(cpuinfo|version|sys/kernel/[\\w/]*)?|/+nonexistent(/.*)?|/+dev/?");

    private ScenarioPath() {}

    /**
     * Looks at a path.
     *
     * @param path the path
     * @param directory the absolute path of the scenario's directory
     * @return why it is not to be used, a clause; empty if it is
     */
    static Optional<String> refusal(String path, String directory) {
        String inside = path.startsWith(directory) ? "." + path.substring(directory.length()) : path;
        if (inside.startsWith("/")) {
            return HARMLESS.matcher(inside).matches() && !inside.contains("..")
                    ? Optional.empty()
                    : Optional.of("names '" + path + "', outside the scenario's directory");
        }
        int depth = 0;
        int least = 0;
        for (String part : inside.split("/+", -1)) {
            if (part.equals("..")) {
                depth--;
            } else if (!part.isEmpty() && !part.equals(".")) {
                depth++;
            }
            least = Math.min(least, depth);
        }
        return least >= -DEPTH
                ? Optional.empty()
                : Optional.of("names '" + path + "', which climbs out of the scenario's directory");
    }
}
