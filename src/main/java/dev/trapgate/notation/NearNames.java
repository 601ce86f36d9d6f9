package dev.trapgate.notation;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names that someone who misspelled one may have meant. */
public final class NearNames {

    private static final int MOST = 3;

    private NearNames() {}

    /**
     * Finds the nearest names.
     *
     * @param misspelled what was written; case does not count
     * @param names every right name
     * @return at most three names, the nearest first; none if all are far
     */
    public static List<String> of(String misspelled, Collection<String> names) {
        String word = misspelled.strip().toLowerCase(Locale.ROOT);
        int far = Math.clamp(word.length() / 3, 1, 3);
        return names.stream()
                .filter(name -> distance(word, name) <= far || isPartOf(word, name))
                .sorted(Comparator.comparingInt((String name) -> distance(word, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /**
     * Words a question.
     *
     * @param names the nearest names
     * @return {@code "; did you mean a, b or c?"}, or nothing if there are none
     */
    public static String question(List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        String allButLast = String.join(", ", names.subList(0, names.size() - 1));
        return "; did you mean " + (allButLast.isEmpty() ? "" : allButLast + " or ") + names.getLast() + "?";
    }

    private static int distance(String word, String name) {
        return EditDistance.between(word, name.toLowerCase(Locale.ROOT));
    }

    private static boolean isPartOf(String word, String name) {
        return word.length() >= 4 && name.toLowerCase(Locale.ROOT).contains(word);
    }
}
