package dev.trapgate.cli;

import dev.trapgate.notation.ArgumentParser;
import dev.trapgate.notation.CallArgument;
import dev.trapgate.notation.UsageException;
import java.util.List;

/**
 * What {@code trapgate call} was asked to do.
 *
 * @param target the call's name or number as written
 * @param words its arguments as written
 * @param arguments its arguments as read, one for each word
 */
record CallRequest(String target, List<String> words, List<CallArgument> arguments) {

    /**
     * Reads a request.
     *
     * @param target the call's name or number
     * @param words its arguments
     * @return the request
     * @throws UsageException if an argument cannot be read
     */
    static CallRequest parse(String target, List<String> words) {
        return new CallRequest(
                target,
                List.copyOf(words),
                words.stream().map(ArgumentParser::parse).toList());
    }

    /** {@return the call as it was written: <code>openat(AT_FDCWD, "/", 0)</code>} */
    String text() {
        return target + "(" + String.join(", ", words) + ")";
    }
}
