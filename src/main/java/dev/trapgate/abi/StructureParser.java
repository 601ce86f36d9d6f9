package dev.trapgate.abi;

import dev.trapgate.abi.StructureDeclarations.Declared;
import dev.trapgate.abi.StructureDeclarations.FieldMember;
import dev.trapgate.abi.StructureDeclarations.GroupMember;
import dev.trapgate.abi.StructureDeclarations.Member;
import dev.trapgate.abi.StructureDeclarations.Typedef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the notation of {@code structures.txt}, which that file's head describes, and keeps what concerns one ABI.
 *
 * <p>Not a C parser: no expressions, no preprocessor beyond remembering the header named last.
 */
final class StructureParser {

    private static final Pattern TOKEN = Pattern.compile(
            "//[^\\n]*|#include\\s+(?<header>[<\"][^>\"\\n]+[>\"])|(?<token>[A-Za-z_]\\w*|\\d+|\\[\\[|\\]\\]|[^\\s])");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
    private static final int FLEXIBLE = 0;
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
    private static final Set<String> ABI_NAMES = Set.of("x86_64", "i386", "x32", "aarch64");

    /**
     * A word or mark of the text.
     *
     * @param text as written
     * @param line counted from 1
     * @param header the header named last before it
     */
    private record Token(String text, int line, String header) {}

    private final Abi abi;
    private final List<Token> tokens;
    private int position;

    private final Map<String, Declared> structures = new HashMap<>();
    private final Map<String, Typedef> typedefs = new HashMap<>();

    StructureParser(String text, Abi abi) {
        this.abi = abi;
        this.tokens = tokens(text);
    }

    /**
     * {@return the declarations that concern this parser's ABI}
     *
     * @throws IllegalArgumentException if the text breaks the notation; the message says where
     */
    StructureDeclarations parse() {
        while (position < tokens.size()) {
            Set<String> attributes = attributes();
            if (accept("typedef")) {
                typedef(attributes);
            } else {
                structure(attributes);
            }
        }
        return new StructureDeclarations(Map.copyOf(structures), Map.copyOf(typedefs));
    }

    private void typedef(Set<String> attributes) {
        boolean structure = accept("struct");
        List<String> words = words();
        boolean pointer = accept("*");
        String name = pointer || words.isEmpty() ? word() : words.removeLast();
        expect(";");
        if (concerns(attributes)) {
            put(typedefs, name, new Typedef(String.join(" ", words), structure, pointer));
        }
    }

    private void structure(Set<String> attributes) {
        String header = peek().header();
        expect("struct");
        String name = word();
        List<Member> members = members();
        expect(";");
        if (concerns(attributes)) {
            put(structures, name, new Declared(name, attributes, members, header));
        }
    }

    private <T> void put(Map<String, T> declared, String name, T declaration) {
        if (declared.put(name, declaration) != null) {
            throw broken(name + " declared twice for " + abi);
        }
    }

    private List<Member> members() {
        List<Member> members = new ArrayList<>();
        expect("{");
        while (!accept("}")) {
            Set<String> attributes = attributes();
            Member member = member(attributes);
            if (concerns(attributes)) {
                members.add(member);
            }
        }
        return List.copyOf(members);
    }

    private Member member(Set<String> attributes) {
        boolean union = accept("union");
        boolean structure = !union && accept("struct");
        if ((union || structure) && peek().text().equals("{")) {
            Member group = new GroupMember(union, members());
            expect(";");
            return group;
        }
        return field(attributes, structure);
    }

    private FieldMember field(Set<String> attributes, boolean structure) {
        List<String> words = words();
        boolean pointer = accept("*");
        String name = pointer || words.isEmpty() ? word() : words.removeLast();
        int count = accept("[") ? arrayLength() : 1;
        expect(";");
        return new FieldMember(attributes, String.join(" ", words), structure, pointer, name, count);
    }

    private int arrayLength() {
        if (accept("]")) {
            return FLEXIBLE;
        }
        int length = number();
        expect("]");
        return length;
    }

    private int number() {
        if (!NUMBER.matcher(peek().text()).matches()) {
            throw broken("a number expected, not " + peek().text());
        }
        return Integer.parseInt(next().text());
    }

    private Set<String> attributes() {
        Set<String> attributes = new LinkedHashSet<>();
        if (accept("[[")) {
            do {
                attributes.add(accept("aligned") ? aligned() : word());
            } while (accept(","));
            expect("]]");
        }
        return attributes;
    }

    private String aligned() {
        expect("(");
        String attribute = "aligned " + number();
        expect(")");
        return attribute;
    }

    private boolean concerns(Set<String> attributes) {
        return attributes.contains(abi.displayName()) || attributes.stream().noneMatch(ABI_NAMES::contains);
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        while (WORD.matcher(peek().text()).matches()) {
            words.add(next().text());
        }
        return words;
    }

    private String word() {
        if (!WORD.matcher(peek().text()).matches()) {
            throw broken("a name expected, not " + peek().text());
        }
        return next().text();
    }

    private boolean accept(String text) {
        boolean here = position < tokens.size() && peek().text().equals(text);
        position += here ? 1 : 0;
        return here;
    }

    private void expect(String text) {
        if (!accept(text)) {
            throw broken("'" + text + "' expected");
        }
    }

    private Token peek() {
        if (position >= tokens.size()) {
            throw broken("the text ends in the middle of a declaration");
        }
        return tokens.get(position);
    }

    private Token next() {
        Token token = peek();
        position++;
        return token;
    }

    private IllegalArgumentException broken(String why) {
        int line = tokens.isEmpty()
                ? 1
                : tokens.get(Math.min(position, tokens.size() - 1)).line();
        return new IllegalArgumentException("structures.txt, line " + line + ": " + why);
    }

    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        String header = "";
        int line = 1;
        int counted = 0;
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            line += newlines(text, counted, matcher.start());
            counted = matcher.start();
            String named = matcher.group("header");
            header = named == null ? header : named;
            String token = matcher.group("token");
            if (token != null) {
                tokens.add(new Token(token, line, header));
            }
        }
        return tokens;
    }

    private static int newlines(String text, int from, int to) {
        int newlines = 0;
        for (int at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
            newlines++;
        }
        return newlines;
    }
}
