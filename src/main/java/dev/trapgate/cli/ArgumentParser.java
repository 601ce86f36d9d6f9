package dev.trapgate.cli;

import dev.trapgate.cli.CallArgument.Fields;
import dev.trapgate.cli.CallArgument.Flags;
import dev.trapgate.cli.CallArgument.Initializer;
import dev.trapgate.cli.CallArgument.Input;
import dev.trapgate.cli.CallArgument.Output;
import dev.trapgate.cli.CallArgument.Structured;
import dev.trapgate.cli.CallArgument.Term;
import dev.trapgate.cli.CallArgument.Values;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads one argument of {@code trapgate call}.
 *
 * <pre>{@code
 * argument  = string | "@text:" characters | "@" size | structure | "[" argument, … "]" | term "|" term …
 * structure = "&" name [ "[" count "]" ] [ fields | "[" fields, … "]" ]
 * fields    = "{" name "=" (argument | fields), … "}"
 * term      = number | constant
 * }</pre>
 */
final class ArgumentParser {

    /** The largest buffer or structure array that a call may be given, in bytes. */
    static final long BUFFER_LIMIT = 256L << 20;

    /** How deep structures and arrays may lie in each other. */
    private static final int DEPTH_LIMIT = 16;

    private static final String INPUT_PREFIX = "@text:";

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
    static CallArgument parse(String text) {
        ArgumentParser parser = new ArgumentParser(text);
        CallArgument argument = parser.argument();
        if (parser.position < text.length()) {
            throw parser.mistake("'" + text.substring(parser.position) + "' follows a complete argument");
        }
        return argument;
    }

    private CallArgument argument() {
        if (position == text.length()) {
            throw mistake("nothing is there; write a number, a constant, \"text\", @SIZE, @text:… or &structure");
        }
        return switch (text.charAt(position)) {
            case '"' -> string();
            case '@' -> buffer();
            case '&' -> structure();
            case '[' -> new Values(bracketed());
            case '{' -> depth == 0 ? flags() : fields();
            default -> flags();
        };
    }

    private Input string() {
        position++;
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (position < text.length() && text.charAt(position) != '"') {
            character(content);
        }
        if (position == text.length()) {
            throw mistake("the string has no closing quotation mark; in a shell write '\"text\"'");
        }
        position++;
        content.write(0);
        return input(content);
    }

    private CallArgument buffer() {
        if (text.startsWith(INPUT_PREFIX, position)) {
            position += INPUT_PREFIX.length();
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            while (position < text.length() && !(depth > 0 && isOneOf(",]}"))) {
                character(content);
            }
            return input(content);
        }
        position++;
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
        descend();
        List<CallArgument> elements = new ArrayList<>();
        while (!at(']')) {
            if (!elements.isEmpty()) {
                expect(',');
            }
            elements.add(argument());
        }
        depth--;
        position++;
        return elements;
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
