package dev.trapgate.notation;

/** How many letters must be inserted, removed or replaced, or neighbors swapped, to turn one word into another. */
public final class EditDistance {

    private EditDistance() {}

    /** {@return the optimal string alignment distance of the words} */
    public static int between(String from, String to) {
        int[][] distance = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : shortest(distance, from, i, to, j);
            }
        }
        return distance[from.length()][to.length()];
    }

    private static int shortest(int[][] distance, String from, int i, String to, int j) {
        int replaced = distance[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int shortest = Math.min(replaced, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(shortest, distance[i - 2][j - 2] + 1) : shortest;
    }
}
