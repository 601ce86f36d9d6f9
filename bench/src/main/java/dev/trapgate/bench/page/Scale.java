package dev.trapgate.bench.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * An axis's scale: where a figure stands on it, and where its ticks are.
 *
 * @param isLogarithmic whether equal distances are equal ratios
 * @param lowest the figure at its beginning
 * @param highest the figure at its end
 * @param label how a tick is labeled
 */
record Scale(boolean isLogarithmic, double lowest, double highest, DoubleFunction<String> label) {

    private static final double[] STEPS = {1, 2, 5};
    private static final int MANY_TICKS = 6;

    /** Labels of a logarithmic scale stand closer together towards the end of a decade. */
    private static final int FEW_TICKS = 4;

    /** Where the slowest takes more than so many times as long as the fastest, a linear scale shows only the slow. */
    private static final double LINEAR_UP_TO = 6;

    private static final double MARGIN = 1.12;

    /**
     * Chooses a scale for times and ratios.
     *
     * @param figures what is to be shown, above 0; at least one
     * @param label how a tick is labeled
     * @return a linear scale from 0 on where that shows the least as well, else a logarithmic one
     */
    static Scale of(List<Double> figures, DoubleFunction<String> label) {
        double least = figures.stream().mapToDouble(Double::doubleValue).min().orElse(1);
        double greatest =
                figures.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        return greatest <= least * LINEAR_UP_TO
                ? new Scale(false, 0, greatest * MARGIN, label)
                : logarithmic(least, greatest, label);
    }

    static Scale logarithmic(double least, double greatest, DoubleFunction<String> label) {
        return new Scale(true, least / MARGIN, greatest * MARGIN, label);
    }

    /** {@return where on the axis a figure stands} */
    double at(double figure) {
        return isLogarithmic ? Math.log10(Math.max(figure, lowest)) : figure;
    }

    /** {@return the figures that have a tick, in order} */
    List<Double> ticks() {
        return isLogarithmic ? logarithmicTicks() : linearTicks();
    }

    private List<Double> linearTicks() {
        double step = step((highest - lowest) / MANY_TICKS);
        List<Double> ticks = new ArrayList<>();
        for (int index = (int) Math.ceil(lowest / step); index * step <= highest; index++) {
            ticks.add(index * step);
        }
        return ticks;
    }

    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double step : STEPS) {
            if (step * power >= least) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private List<Double> logarithmicTicks() {
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(lowest)); Math.pow(10, power) <= highest; power++) {
            for (double step : STEPS) {
                double tick = Double.parseDouble(String.format(Locale.ROOT, "%.0fe%d", step, power));
                if (tick >= lowest && tick <= highest) {
                    ticks.add(tick);
                }
            }
        }
        List<Double> powers = ticks.stream()
                .filter(tick -> Math.abs(Math.rint(Math.log10(tick)) - Math.log10(tick)) < 1e-9)
                .toList();
        if (ticks.size() <= FEW_TICKS) {
            return ticks;
        }
        return powers.size() >= 2
                ? powers
                : ticks.stream().filter(tick -> ticks.indexOf(tick) % 2 == 1).toList();
    }
}
