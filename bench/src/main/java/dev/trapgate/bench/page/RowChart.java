package dev.trapgate.bench.page;

import dev.trapgate.cli.CostDocument.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XIntervalSeries;
import org.jfree.data.xy.XIntervalSeriesCollection;

/**
 * A chart with a line for each row: its name, a mark with whiskers, and the figure in words. Marks on a common scale are
 * compared by where they stand, so the scale may be logarithmic; bars would have to begin at 0.
 */
final class RowChart {

    private static final int LINE = 19;
    private static final int AROUND = 44;
    private static final int LONGEST_LABEL = 34;

    private final DoubleFunction<String> format;
    private final DoubleFunction<String> tick;
    private final List<Entry> entries = new ArrayList<>();
    private OptionalDouble reference = OptionalDouble.empty();

    private record Entry(String name, Family family, Spread spread) {}

    /**
     * Starts an empty chart.
     *
     * @param format how figures are written
     * @param tick how they are written at a tick
     */
    private RowChart(DoubleFunction<String> format, DoubleFunction<String> tick) {
        this.format = format;
        this.tick = tick;
    }

    /** {@return an empty chart of times in nanoseconds} */
    static RowChart ofTimes() {
        return new RowChart(Numbers::time, Numbers::tick);
    }

    /** {@return an empty chart of ratios, a dashed line at 1} */
    static RowChart ofRatios() {
        RowChart chart = new RowChart(Numbers::ratio, Numbers::ratioTick);
        chart.compareWith(1);
        return chart;
    }

    void add(String name, Family family, Spread spread) {
        entries.add(new Entry(name, family, spread));
    }

    /** Draws a dashed line, to compare with. */
    void compareWith(double figure) {
        reference = OptionalDouble.of(figure);
    }

    /** {@return whether there is nothing to show} */
    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** {@return the names of the series, in the order in which they are shown} */
    List<String> series() {
        return entries.stream().map(Entry::name).toList();
    }

    /** {@return the chart, the series in the order in which they were added, from the top} */
    Svg draw(String id) {
        Scale scale = Scale.of(
                Stream.concat(
                                entries.stream()
                                        .map(Entry::spread)
                                        .flatMap(each -> Stream.of(each.lowest(), each.highest())),
                                reference.stream().boxed())
                        .toList(),
                tick);
        XYPlot plot = new XYPlot(dataset(scale), new ScaledAxis(scale), labels(series()), renderer());
        plot.setRangeAxis(
                1,
                labels(entries.stream()
                        .map(entry -> format.apply(entry.spread().median()))
                        .toList()));
        plot.setRangeAxisLocation(1, AxisLocation.BOTTOM_OR_RIGHT);
        reference.ifPresent(
                figure -> plot.addDomainMarker(new ValueMarker(scale.at(figure), Ink.REFERENCE, Ink.DASHED)));
        return Svg.of(ChartStyle.chart(plot), AROUND + LINE * entries.size(), id);
    }

    private static RowAxis labels(List<String> labels) {
        RowAxis axis = new RowAxis(labels.stream().map(RowChart::shortened).toList());
        axis.setTickLabelFont(Ink.LABELS);
        axis.setTickLabelPaint(Ink.TEXT);
        axis.setTickLabelInsets(new RectangleInsets(1, 4, 1, 4));
        return axis;
    }

    private static String shortened(String label) {
        return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL - 1) + "…";
    }

    private XIntervalSeriesCollection dataset(Scale scale) {
        XIntervalSeriesCollection dataset = new XIntervalSeriesCollection();
        for (int index = 0; index < entries.size(); index++) {
            Spread spread = entries.get(index).spread();
            XIntervalSeries series = new XIntervalSeries(entries.get(index).name());
            series.add(scale.at(spread.median()), scale.at(spread.lowest()), scale.at(spread.highest()), index);
            dataset.addSeries(series);
        }
        return dataset;
    }

    private MarkRenderer renderer() {
        MarkRenderer renderer = new MarkRenderer();
        renderer.setDrawYError(false);
        for (int index = 0; index < entries.size(); index++) {
            Family family = entries.get(index).family();
            renderer.show(index, family.color(), family.shape());
        }
        return renderer;
    }
}
