package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import dev.trapgate.notation.ArgumentParser;
import dev.trapgate.notation.CallArgument;
import dev.trapgate.notation.CallLookup;
import dev.trapgate.notation.UsageException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads scenarios, one step a line.
 *
 * <pre>{@code
 * # comment                      the first is the description
 * abi x86-64                     header lines, before the first step
 * user nobody
 * NAME = @SIZE                   named memory: any memory, structure or edge of ArgumentParser
 * NAME = @SIZE : random          memory that will hold random bytes
 * NAME = call(ARGUMENT, …)       a call whose result has a name
 * call(ARGUMENT, …)              a call, by name or number
 *
 * NAME = handler                 a signal handler that only returns; its restorer is $NAME+16 (x86-64)
 *
 * thread NAME {                  the calls up to } are made by a second thread, a third, …
 *     call(ARGUMENT, …)
 *     call(ARGUMENT, …) blocks   the last one may have to sleep in the kernel; "may block" where it need not
 * }
 * await NAME                     that thread's blocking call has come back by here
 * join NAME                      the thread ends here
 * }</pre>
 *
 * <p>The order of the lines is the order in time. All threads begin alike, before the first step, and share what threads of
 * a process share; a thread may be given lines more than once. After a call that blocks the next line is played when its
 * thread really sleeps there. While threads sleep, each line is over when whoever it woke has come back from its call or
 * sleeps again; so what is seen of it does not depend on who was faster.
 */
final class ScenarioParser {

    /** The longest scenario in bytes. */
    static final int TEXT_LIMIT = 1 << 20;

    /** The most steps that a scenario has. */
    static final int STEP_LIMIT = 10_000;

    private static final Pattern HEADER = Pattern.compile("(abi|user)\\s+(.*)");
    private static final Pattern NAMED = Pattern.compile("([A-Za-z_]\\w*)\\s*=\\s*(?!=)");
    private static final Pattern CALL = Pattern.compile("([A-Za-z_]\\w*|\\d\\w*)\\s*(?=\\()");
    private static final Pattern BLOCKS = Pattern.compile("\\s*(blocks|may block)\\b\\s*");
    private static final Pattern HANDLER = Pattern.compile("handler\\s*(#.*)?");
    private static final Pattern RANDOM = Pattern.compile(":\\s*random\\s*");
    private static final String EDGE = "edge";

    private final String name;
    private final Set<Abi> abis = EnumSet.noneOf(Abi.class);
    private final Set<User> users = EnumSet.noneOf(User.class);
    private final List<Step> steps = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final ThreadLines threads = new ThreadLines();
    private String description = "";
    private int line;

    private ScenarioParser(String name) {
        this.name = name;
    }

    /**
     * Reads a scenario from a file's bytes.
     *
     * @param name what to call it in messages
     * @param bytes its text in UTF-8
     * @return the scenario
     * @throws UsageException if the bytes are none
     */
    static Scenario parse(String name, byte[] bytes) {
        if (bytes.length > TEXT_LIMIT) {
            throw new UsageException(
                    name + ": " + bytes.length + " bytes; a scenario has at most " + TEXT_LIMIT + " (1 MiB)");
        }
        try {
            return parse(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException binary) {
            throw new UsageException(name + ": this is not text in UTF-8; write other bytes as \\xNN");
        }
    }

    /**
     * Reads a scenario.
     *
     * @param name what to call it in messages
     * @param text its text
     * @return the scenario
     * @throws UsageException if the text is none; the message says in which line and what was expected
     */
    static Scenario parse(String name, String text) {
        ScenarioParser parser = new ScenarioParser(name);
        text.lines().forEach(parser::line);
        parser.end();
        return new Scenario(name, parser.description, parser.abis, parser.users, parser.steps);
    }

    private void line(String raw) {
        line++;
        String text = raw.strip();
        try {
            if (text.startsWith("#")) {
                comment(text);
            } else if (!text.isEmpty()) {
                statement(text);
            }
        } catch (UsageException mistake) {
            throw new UsageException(name + ", line " + line + ": " + mistake.getMessage());
        }
    }

    private void end() {
        try {
            threads.end();
        } catch (UsageException mistake) {
            throw new UsageException(name + ", line " + line + ": " + mistake.getMessage());
        }
    }

    private void comment(String text) {
        if (description.isEmpty() && steps.isEmpty()) {
            description = text.substring(1).strip();
        }
    }

    private void statement(String text) {
        if (steps.size() == STEP_LIMIT) {
            throw new UsageException("a scenario has at most " + STEP_LIMIT + " steps");
        }
        Matcher header = HEADER.matcher(text);
        if (header.matches() && !text.contains("(") && !text.contains("=")) {
            header(header.group(1), header.group(2));
        } else if (threads.reads(text, line)) {
            threads.step(text, line).ifPresent(steps::add);
        } else {
            steps.add(step(text));
        }
    }

    private void header(String kind, String values) {
        String value = values.replaceAll("#.*", "").strip();
        if (!steps.isEmpty()) {
            throw new UsageException("'" + kind + "' stands before the first step");
        }
        for (String word : value.split("[,\\s]+", -1)) {
            if (kind.equals("abi")) {
                abis.add(abi(word));
            } else {
                users.add(user(word));
            }
        }
    }

    static Abi abi(String word) {
        return Scenario.ABIS.stream()
                .filter(abi -> abi.displayName().equals(word.replace('-', '_').toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no ABI '" + word + "' here; write x86-64 or i386"));
    }

    private static User user(String word) {
        return Arrays.stream(User.values())
                .filter(user -> user.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no user '" + word + "' here; write root or nobody"));
    }

    private Step step(String text) {
        Matcher named = NAMED.matcher(text);
        boolean hasName = named.lookingAt();
        int at = hasName ? named.end() : 0;
        Optional<String> newName = hasName ? Optional.of(named.group(1)) : Optional.empty();
        if (hasName && HANDLER.matcher(text).region(at, text.length()).matches()) {
            addName(named.group(1));
            return new Step.Handler(named.group(1), line);
        }
        Matcher call = CALL.matcher(text).region(at, text.length());
        boolean isCall = call.lookingAt() && !call.group(1).equals(EDGE);
        Step step = isCall ? call(newName, call.group(1), text, call.end()) : memory(newName, text, at);
        newName.ifPresent(this::addName);
        return step;
    }

    private void addName(String added) {
        if (!names.add(added)) {
            throw new UsageException("'" + added + "' has been given a meaning before; take another name");
        }
    }

    private Step.Call call(Optional<String> newName, String target, String text, int from) {
        if (!CallLookup.isNumber(target)) {
            Syscall call = CallLookup.named(target);
            if (Scenario.ABIS.stream().noneMatch(call::existsOn)) {
                throw new UsageException("neither x86_64 nor i386 has a system call '" + target + "'");
            }
        }
        ArgumentParser.Listed listed = ArgumentParser.parseList(text, from);
        Matcher marker = BLOCKS.matcher(text).region(listed.end(), text.length());
        boolean blocks = marker.lookingAt();
        requireEnd(text, blocks ? marker.end() : listed.end());
        if (listed.arguments().size() > 6) {
            throw new UsageException("no call takes more than 6 arguments, not "
                    + listed.arguments().size());
        }
        listed.arguments().forEach(this::checkNames);
        threads.call();
        if (blocks) {
            threads.block(newName, line);
        }
        return new Step.Call(
                newName,
                target,
                listed.arguments(),
                threads.current(),
                blocks ? awaited(marker.group(1)) : Step.Return.AT_ONCE,
                line);
    }

    private static Step.Return awaited(String marker) {
        return marker.equals("blocks") ? Step.Return.BLOCKS : Step.Return.MAY_BLOCK;
    }

    private Step.Memory memory(Optional<String> newName, String text, int from) {
        String memoryName = newName.orElseThrow(() -> new UsageException(
                "'" + text + "' is no step; write call(ARGUMENTS), NAME = call(ARGUMENTS), NAME = @SIZE,"
                        + " NAME = &STRUCTURE or NAME = edge(SIZE)"));
        ArgumentParser.Parsed parsed = ArgumentParser.parsePrefix(text, from);
        boolean isMemory =
                switch (parsed.argument()) {
                    case CallArgument.Input input -> true;
                    case CallArgument.Output output -> true;
                    case CallArgument.Structured structured -> true;
                    case CallArgument.Edge edge -> true;
                    case CallArgument.Values values -> true;
                    default -> false;
                };
        if (!isMemory) {
            throw new UsageException("'" + text.substring(from) + "' is no memory; write @SIZE, \"text\", @text:…,"
                    + " &STRUCTURE, [\"a\",…] or edge(SIZE), or call(ARGUMENTS) to name a result");
        }
        checkNames(parsed.argument());
        Matcher random = RANDOM.matcher(text).region(parsed.end(), text.length());
        boolean isRandom = random.lookingAt();
        requireEnd(text, isRandom ? random.end() : parsed.end());
        return new Step.Memory(
                memoryName, parsed.argument(), isRandom ? Step.Content.RANDOM : Step.Content.EQUAL, line);
    }

    private static void requireEnd(String text, int end) {
        String rest = text.substring(end).strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            throw new UsageException("'" + rest + "' follows a complete step; a comment begins with #");
        }
    }

    private void checkNames(CallArgument argument) {
        References.in(argument).forEach(reference -> {
            threads.sleeperFor(reference.name()).ifPresent(thread -> {
                throw new UsageException("$" + reference.name()
                        + " has no meaning until its call has come back: 'await " + thread + "'");
            });
            if (!names.contains(reference.name())) {
                throw new UsageException("$" + reference.name() + " has no meaning yet; "
                        + (names.isEmpty()
                                ? "write NAME = … in a line before"
                                : "known are "
                                        + String.join(
                                                ", ", names.stream().sorted().toList())));
            }
        });
    }
}
