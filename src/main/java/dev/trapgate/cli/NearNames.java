package dev.trapgate.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the names that someone who misspelled one may have meant. */
final class NearNames {

    private static final int MOST = 3;

    private NearNames() {}

    /**
     * Finds the nearest names.
     *
     * @param misspelled what was written
     * @param names every right name
     * @return at most three names, the nearest first; none if all are far
     */
    static List<String> of(String misspelled, Collection<String> names) {
        int far = Math.max(2, misspelled.length() / 3);
        return names.stream()
                .filter(name -> distance(misspelled, name) <= far || isPartOf(misspelled, name))
                .sorted(Comparator.comparingInt((String name) -> distance(misspelled, name))
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
    static String question(List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        String allButLast = String.join(", ", names.subList(0, names.size() - 1));
        return "; did you mean " + (allButLast.isEmpty() ? "" : allButLast + " or ") + names.getLast() + "?";
    }

    private static boolean isPartOf(String misspelled, String name) {
        return misspelled.length() >= 4 && name.contains(misspelled);
    }

    /** The number of insertions, deletions and substitutions that lead from one to the other (Levenshtein, 1965). */
    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int substitution = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
