package dev.trapgate.notation;

import dev.trapgate.notation.CallArgument.Edge;
import dev.trapgate.notation.CallArgument.Fields;
import dev.trapgate.notation.CallArgument.Flags;
import dev.trapgate.notation.CallArgument.Initializer;
import dev.trapgate.notation.CallArgument.Input;
import dev.trapgate.notation.CallArgument.Output;
import dev.trapgate.notation.CallArgument.Structured;
import dev.trapgate.notation.CallArgument.Term;
import dev.trapgate.notation.CallArgument.Values;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads a call's arguments.
 *
 * <pre>{@code
 * argument  = memory | structure | "[" argument, … "]" | "edge(" (size | memory) ")" | term "|" term …
 * memory    = string | "@" string | "@text:" characters | "@pattern:" size | "@" size
 * structure = "&" name [ "[" count "]" ] [ fields | "[" fields, … "]" ]
 * fields    = "{" name "=" (argument | fields), … "}"
 * term      = number | constant | "$" name { "." field | "[" index "]" } { ("+" | "-") number }
 * }</pre>
 */
public final class ArgumentParser {

    /** The largest buffer or structure array that a call may be given, in bytes. */
    public static final long BUFFER_LIMIT = 256L << 20;

    /** How deep structures and arrays may lie in each other. */
    private static final int DEPTH_LIMIT = 16;

    private static final String INPUT_PREFIX = "@text:";
    private static final String PATTERN_PREFIX = "@pattern:";
    private static final String EDGE_PREFIX = "edge(";

    /** A prime, so that no block of the pattern is like its neighbor. */
    private static final int PATTERN_PERIOD = 251;

    private final String text;
    private int position;
    private int depth;

    private ArgumentParser(String text) {
        this.text = text;
    }

    /**
     * Reads an argument.
     *
     * @param text the argument as the shell passed it
     * @return what it means
     * @throws UsageException if it is not an argument; the message says where and what was expected
     */
    public static CallArgument parse(String text) {
        ArgumentParser parser = new ArgumentParser(text);
        CallArgument argument = parser.argument();
        if (parser.position < text.length()) {
            throw parser.mistake("'" + text.substring(parser.position) + "' follows a complete argument");
        }
        return argument;
    }

    /**
     * Reads arguments in parentheses.
     *
     * @param text a text in which they begin
     * @param from where their opening parenthesis stands
     * @return what they mean, and where the text goes on
     * @throws UsageException if they are no arguments; the message says where and what was expected
     */
    public static Listed parseList(String text, int from) {
        ArgumentParser parser = new ArgumentParser(text);
        parser.position = from;
        parser.expect('(');
        List<CallArgument> arguments = parser.elements(')');
        return new Listed(arguments, parser.position);
    }

    /**
     * Reads one argument that more text follows.
     *
     * @param text a text in which it begins
     * @param from where
     * @return what it means, and where the text goes on
     * @throws UsageException if it is no argument; the message says where and what was expected
     */
    public static Parsed parsePrefix(String text, int from) {
        ArgumentParser parser = new ArgumentParser(text);
        parser.position = from;
        CallArgument argument = parser.argument();
        parser.depth = 1;
        parser.skipBlanks();
        return new Parsed(argument, parser.position);
    }

    /**
     * An argument with something behind it.
     *
     * @param argument the argument
     * @param end the index behind it and the blanks that follow
     */
    public record Parsed(CallArgument argument, int end) {}

    /**
     * Arguments that stood in parentheses.
     *
     * @param arguments the arguments
     * @param end the index behind the closing parenthesis
     */
    public record Listed(List<CallArgument> arguments, int end) {}

    /**
     * Makes bytes of which each tells where it is.
     *
     * @param byteSize how many, 0 to {@link #BUFFER_LIMIT}
     * @return 1 to 251 again and again
     */
    public static byte[] pattern(int byteSize) {
        byte[] pattern = new byte[byteSize];
        for (int i = 0; i < byteSize; i++) {
            pattern[i] = (byte) (i % PATTERN_PERIOD + 1);
        }
        return pattern;
    }

    private CallArgument argument() {
        skipBlanks();
        if (position == text.length()) {
            throw mistake("nothing is there; write a number, a constant, \"text\", @SIZE, @text:… or &structure");
        }
        return switch (text.charAt(position)) {
            case '"' -> string();
            case '@' -> buffer();
            case '&' -> structure();
            case '[' -> new Values(bracketed());
            case '{' -> depth == 0 ? flags() : fields();
            default -> text.startsWith(EDGE_PREFIX, position) ? edge() : flags();
        };
    }

    private Edge edge() {
        position += EDGE_PREFIX.length();
        descend();
        boolean isMemory = at('"') || at('@');
        CallArgument memory =
                isMemory ? argument() : new Output(size("an edge is written edge(SIZE) or edge(\"text\")"));
        depth--;
        expect(')');
        return new Edge(memory);
    }

    private Input string() {
        ByteArrayOutputStream content = quoted();
        content.write(0);
        return input(content);
    }

    private ByteArrayOutputStream quoted() {
        position++;
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (position < text.length() && text.charAt(position) != '"') {
            character(content);
        }
        if (position == text.length()) {
            throw mistake("the string has no closing quotation mark; in a shell write '\"text\"'");
        }
        position++;
        return content;
    }

    private CallArgument buffer() {
        if (text.startsWith(INPUT_PREFIX, position)) {
            position += INPUT_PREFIX.length();
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            while (position < text.length() && !(depth > 0 && isOneOf(",]})"))) {
                character(content);
            }
            return input(content);
        }
        if (text.startsWith(PATTERN_PREFIX, position)) {
            position += PATTERN_PREFIX.length();
            return new Input(MemorySegment.ofArray(pattern((int) size("a pattern is written @pattern:SIZE")))
                    .asReadOnly());
        }
        position++;
        if (at('"')) {
            return input(quoted());
        }
        return new Output(size("a buffer is written @SIZE, its size in bytes, or @text:characters"));
    }

    private long size(String expectation) {
        String digits = word();
        if (digits.isEmpty()) {
            throw mistake(expectation);
        }
        long size = NumberText.parse(digits);
        if (size < 0 || size > BUFFER_LIMIT) {
            throw mistake("a buffer of " + digits + " bytes; the limit is " + BUFFER_LIMIT + " (256 MiB)");
        }
        return size;
    }

    private Structured structure() {
        position++;
        String name = word();
        if (name.isEmpty()) {
            throw mistake("a structure is written &NAME, or &struct for the parameter's own");
        }
        if (!at('[')) {
            return new Structured(name, List.of(at('{') ? fields() : new Fields(List.of())));
        }
        if (text.startsWith("[{", position)) {
            return new Structured(name, elements());
        }
        position++;
        long count = size("an array is written &NAME[COUNT] or &NAME[{…},{…}]");
        expect(']');
        return new Structured(name, Collections.nCopies((int) count, new Fields(List.of())));
    }

    private List<Fields> elements() {
        List<Fields> elements = new ArrayList<>();
        do {
            position++;
            elements.add(fields());
        } while (at(','));
        expect(']');
        return elements;
    }

    private Fields fields() {
        expect('{');
        descend();
        List<Initializer> initializers = new ArrayList<>();
        while (!at('}')) {
            if (!initializers.isEmpty()) {
                expect(',');
            }
            skipBlanks();
            String field = word();
            expect('=');
            initializers.add(new Initializer(field, argument()));
        }
        depth--;
        position++;
        return new Fields(initializers);
    }

    private List<CallArgument> bracketed() {
        position++;
        return elements(']');
    }

    private List<CallArgument> elements(char closing) {
        descend();
        List<CallArgument> elements = new ArrayList<>();
        skipBlanks();
        while (!at(closing)) {
            if (!elements.isEmpty()) {
                expect(',');
            }
            elements.add(argument());
            skipBlanks();
        }
        depth--;
        position++;
        return elements;
    }

    /** A single argument is what the shell passed: there a blank means something. */
    private void skipBlanks() {
        while (depth > 0 && (at(' ') || at('\t'))) {
            position++;
        }
    }

    private CallArgument flags() {
        List<Term> terms = new ArrayList<>();
        terms.add(term());
        while (at('|')) {
            position++;
            terms.add(term());
        }
        return terms.size() == 1 && terms.getFirst() instanceof Term.Bits bits
                ? new CallArgument.Scalar(bits.value())
                : new Flags(terms);
    }

    private Term term() {
        if (at('$')) {
            return reference();
        }
        String word = word();
        if (word.isEmpty()) {
            throw mistake("a number or the name of a constant was expected at '" + text.substring(position)
                    + "'; a string is written '\"text\"'");
        }
        char first = word.charAt(0);
        if (Character.isDigit(first) || first == '-' || first == '+') {
            return new Term.Bits(NumberText.parse(word));
        }
        return new Term.Constant(word);
    }

    private Term.Reference reference() {
        position++;
        String word = identifier();
        if (word.isEmpty()) {
            throw mistake("a name was expected behind $");
        }
        int start = position;
        while (at('[') || at('.')) {
            selector();
        }
        String path = text.substring(start, position);
        long offset = 0;
        while (at('+') || at('-')) {
            offset += NumberText.parse(word());
        }
        return new Term.Reference(word, path, offset);
    }

    private void selector() {
        boolean element = at('[');
        position++;
        if (identifier().isEmpty()) {
            throw mistake("a field is written .NAME, an element [INDEX]");
        }
        if (element) {
            expect(']');
        }
    }

    private String identifier() {
        int start = position;
        while (position < text.length() && text.charAt(position) != '.' && isWordPart(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    private String word() {
        int start = position;
        if (at('-') || at('+')) {
            position++;
        }
        while (position < text.length() && isWordPart(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    private static boolean isWordPart(char c) {
        return c == '_' || c == '.' || Character.isLetterOrDigit(c);
    }

    private void character(ByteArrayOutputStream content) {
        int codePoint = text.codePointAt(position);
        position += Character.charCount(codePoint);
        if (codePoint == '\\') {
            content.write(escaped());
        } else {
            content.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
        }
    }

    private int escaped() {
        if (position == text.length()) {
            throw mistake("nothing follows the backslash; write \\\\ for a backslash");
        }
        char escape = text.charAt(position++);
        return switch (escape) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '0' -> 0;
            case 'x' -> hexadecimal();
            case '\\', '"' -> escape;
            default -> throw mistake("\\" + escape + " is not an escape; known are \\n \\t \\r \\0 \\xNN \\\\ \\\"");
        };
    }

    private int hexadecimal() {
        int end = Math.min(position + 2, text.length());
        String digits = text.substring(position, end);
        if (!digits.matches("\\p{XDigit}{2}")) {
            throw mistake("\\x takes two hexadecimal digits, not '" + digits + "'");
        }
        position = end;
        return Integer.parseInt(digits, 16);
    }

    private void descend() {
        depth++;
        if (depth > DEPTH_LIMIT) {
            throw mistake("structures and arrays lie more than " + DEPTH_LIMIT + " deep in each other");
        }
    }

    private static Input input(ByteArrayOutputStream content) {
        return new Input(MemorySegment.ofArray(content.toByteArray()).asReadOnly());
    }

    private boolean at(char expected) {
        return position < text.length() && text.charAt(position) == expected;
    }

    private boolean isOneOf(String characters) {
        return characters.indexOf(text.charAt(position)) >= 0;
    }

    private void expect(char expected) {
        if (!at(expected)) {
            String found = position == text.length() ? "the end" : "'" + text.substring(position) + "'";
            throw mistake("'" + expected + "' was expected where " + found + " is");
        }
        position++;
    }

    private UsageException mistake(String problem) {
        return new UsageException("argument '" + text + "': " + problem);
    }
}
