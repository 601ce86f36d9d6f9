package dev.trapgate.cli;

import java.util.List;

/**
 * The test of H. B. Mann and D. R. Whitney (The Annals of Mathematical Statistics 18, 1947): whether two lists of figures come from
 * one distribution, whatever that is. It asks how often a figure of the one is below one of the other, and counts how many of
 * all orders of the figures are at least as lopsided.
 */
final class RankTest {

    private static final double HALF = 0.5;

    private RankTest() {}

    /**
     * Tests two lists.
     *
     * @param one some figures
     * @param other some more
     * @return how likely chance would part them at least so far if they came from one distribution, 0 to 1; exact where no two
     *     figures are equal
     */
    static double probability(List<Double> one, List<Double> other) {
        double below = 0;
        for (double each : one) {
            for (double against : other) {
                below += each < against ? 1 : each == against ? HALF : 0;
            }
        }
        int pairs = one.size() * other.size();
        double lopsided = Math.min(below, pairs - below);
        double[] orders = ordersByCount(one.size(), other.size());
        double all = 0;
        double asFar = 0;
        for (int count = 0; count <= pairs; count++) {
            all += orders[count];
            asFar += count <= lopsided ? orders[count] : 0;
        }
        return Math.min(1, 2 * asFar / all);
    }

    /**
     * Counts orders by their generating function, the Gaussian binomial coefficient: the product of (1 − q^(others + i)) / (1 − q^i)
     * over i from 1 to ones.
     *
     * @param ones how many figures the one list has
     * @param others how many the other has
     * @return at each index, how many orders have so many pairs in which the one's figure is below the other's
     */
    private static double[] ordersByCount(int ones, int others) {
        double[] orders = new double[ones * others + 1];
        orders[0] = 1;
        for (int factor = 1; factor <= ones; factor++) {
            for (int count = orders.length - 1; count >= others + factor; count--) {
                orders[count] -= orders[count - others - factor];
            }
            for (int count = factor; count < orders.length; count++) {
                orders[count] += orders[count - factor];
            }
        }
        return orders;
    }

    /** {@return the middle of at least one figure} */
    static double median(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
