package dev.trapgate.differential;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What may differ between two sides without being a difference: {@code normalizations.tsv}, whose head has the rules. */
final class Normalizations {

    private static final Map<String, Rule> RULES = read();
    private static final Map<String, Rule> NAMES = quoted();

    private Normalizations() {}

    /** What is compared in place of the bytes. */
    enum Kind {
        IDENTITY,
        TIME,
        PART,
        CLOCK,
        COUNTDOWN,
        ADDRESS,
        RANDOM,
        DIRENTS64,
        DIRENTS,
        FIGURE,
        PORT,
        ORDER
    }

    /**
     * A row of the table.
     *
     * @param kind what is compared
     * @param detail which identities, or whose part; else empty
     * @param reason why
     */
    record Rule(Kind kind, String detail, String reason) {}

    /** {@return the rule for a structure's field} */
    static Optional<Rule> field(String structure, String field) {
        return Optional.ofNullable(RULES.get(structure + "." + field));
    }

    /** {@return the rule for what a call's parameter leads to} */
    static Optional<Rule> parameter(String call, String parameter) {
        return Optional.ofNullable(RULES.get(call + "(" + parameter + ")"));
    }

    /** {@return the rule for a call's result} */
    static Optional<Rule> result(String call) {
        return Optional.ofNullable(RULES.get(call + "()"));
    }

    /** {@return the rules for numbers in text, by the name that stands before them} */
    static Map<String, Rule> names() {
        return NAMES;
    }

    private static Map<String, Rule> quoted() {
        Map<String, Rule> names = new HashMap<>();
        RULES.forEach((subject, rule) -> {
            if (subject.startsWith("\"")) {
                names.put(subject.substring(1, subject.length() - 1), rule);
            }
        });
        return Map.copyOf(names);
    }

    /** {@return the whole table, by subject} */
    static Map<String, Rule> all() {
        return RULES;
    }

    private static Map<String, Rule> read() {
        Map<String, Rule> rules = new HashMap<>();
        for (String[] row : Table.rows("normalizations.tsv", 3)) {
            String[] words = row[1].split(" ", -1);
            Kind kind = Kind.valueOf(words[0].toUpperCase(Locale.ROOT));
            rules.put(row[0], new Rule(kind, words.length > 1 ? words[1] : "", row[2]));
        }
        return Map.copyOf(rules);
    }
}
