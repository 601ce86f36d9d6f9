package dev.trapgate.differential;

import dev.trapgate.notation.UsageException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a scenario that are about threads, and what each thread is doing at the line that is being read. */
final class ThreadLines {

    /** The most threads that a scenario has beside the first. */
    static final int LIMIT = 16;

    private static final Pattern WORD = Pattern.compile("(thread|await|join)\\b(?!\\s*[=(])\\s*(.*)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern OPENING = Pattern.compile("([A-Za-z_]\\w*)\\s*\\{");

    private final Set<String> known = new HashSet<>();
    private final Set<String> joined = new HashSet<>();
    private final Map<String, Asleep> asleep = new HashMap<>();
    private String open = Step.FIRST;
    private int openedAt;

    /** A call that has not come back, and what its result will be called. */
    private record Asleep(int line, Optional<String> name) {}

    /**
     * Reads a line.
     *
     * @param text the line
     * @param line its number
     * @return whether it is about threads; then {@link #step} may have a step of it
     */
    boolean reads(String text, int line) {
        String bare = text.replaceAll("#.*", "").strip();
        if (bare.equals("}")) {
            require(!open.equals(Step.FIRST), "'}' closes no 'thread NAME {'");
            open = Step.FIRST;
            return true;
        }
        Matcher word = WORD.matcher(bare);
        if (!word.matches()) {
            return false;
        }
        require(
                open.equals(Step.FIRST),
                "'" + word.group(1) + "' stands outside of threads; close 'thread " + open + " {' of line " + openedAt
                        + " first");
        if (word.group(1).equals("thread")) {
            open(word.group(2), line);
        } else {
            require(
                    NAME.matcher(word.group(2)).matches(),
                    "'" + bare + "' is no step; write " + word.group(1) + " NAME, a thread's");
            require(
                    known.contains(word.group(2)),
                    "there is no thread '" + word.group(2) + "' yet; write 'thread " + word.group(2)
                            + " {' in a line before");
        }
        return true;
    }

    private void open(String rest, int line) {
        Matcher opening = OPENING.matcher(rest);
        require(
                opening.matches(),
                "'thread " + rest + "' opens nothing; write thread NAME {, its steps in the lines below, and } in a"
                        + " line of its own");
        String name = opening.group(1);
        require(known.contains(name) || known.size() < LIMIT, "a scenario has at most " + LIMIT + " threads");
        requireAwake(name);
        known.add(name);
        open = name;
        openedAt = line;
    }

    private void requireAwake(String name) {
        require(!joined.contains(name), "thread '" + name + "' has been joined; take another name");
        Asleep call = asleep.get(name);
        require(
                call == null,
                "thread '" + name + "' sleeps in the call of line " + (call == null ? 0 : call.line())
                        + "; write 'await " + name + "' before");
    }

    /** {@return the name of the thread whose lines these are} */
    String current() {
        return open;
    }

    /**
     * Notes that the current thread makes a blocking call.
     *
     * @param name what its result will be called
     * @param line the line it stands on
     */
    void block(Optional<String> name, int line) {
        require(
                !open.equals(Step.FIRST),
                "only a call inside 'thread NAME {' may block: somebody must go on with the scenario");
        asleep.put(open, new Asleep(line, name));
    }

    /** Checks that the current thread can make a call. */
    void call() {
        if (!open.equals(Step.FIRST)) {
            requireAwake(open);
        }
    }

    /**
     * Makes a step of a line that was read.
     *
     * @param text the line
     * @param line its number
     * @return the step; empty for what only opens or closes a thread
     */
    Optional<Step> step(String text, int line) {
        Matcher word = WORD.matcher(text.replaceAll("#.*", "").strip());
        if (!word.matches() || word.group(1).equals("thread")) {
            return Optional.empty();
        }
        String name = word.group(2);
        if (word.group(1).equals("await")) {
            require(asleep.remove(name) != null, "thread '" + name + "' is in no blocking call here");
            return Optional.of(new Step.Await(name, line));
        }
        requireAwake(name);
        joined.add(name);
        return Optional.of(new Step.Join(name, line));
    }

    /** {@return the thread that sleeps in the call whose result will have a name; empty if the result is there} */
    Optional<String> sleeperFor(String result) {
        return asleep.entrySet().stream()
                .filter(entry -> entry.getValue().name().filter(result::equals).isPresent())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Checks that the scenario may end here. */
    void end() {
        require(open.equals(Step.FIRST), "'thread " + open + " {' of line " + openedAt + " is not closed; add '}'");
        asleep.forEach((name, call) -> require(
                false,
                "thread '" + name + "' still sleeps in the call of line " + call.line() + "; add 'await " + name
                        + "' where the call has come back"));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new UsageException(message);
        }
    }
}
