package dev.trapgate.bench.page;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** A chart of times with a line for each series over a few steps: percentiles, or sizes of batches. */
final class LineChart {

    private static final int HEIGHT = 250;
    private static final int LEGEND_LINE = 9;
    private static final float LINE_WIDTH = 1.8f;

    /** Lines of one family differ by these. */
    private static final float[][] DASHES = {{1, 0}, {7, 3}, {2, 3}, {9, 3, 2, 3}};

    private final List<String> steps;
    private final List<Line> lines = new ArrayList<>();
    private OptionalDouble reference = OptionalDouble.empty();

    /**
     * A time at a step.
     *
     * @param step its index
     * @param lowest the least, in nanoseconds
     * @param median what the line goes through
     * @param highest the greatest
     */
    record Point(int step, double lowest, double median, double highest) {}

    private record Line(String name, Family family, List<Point> points) {}

    /**
     * Starts an empty chart.
     *
     * @param steps what the steps are called, from the left
     */
    LineChart(List<String> steps) {
        this.steps = List.copyOf(steps);
    }

    void add(String name, Family family, List<Point> points) {
        lines.add(new Line(name, family, List.copyOf(points)));
    }

    /** Draws a dashed line, to compare with. */
    void compareWith(double nanos) {
        reference = OptionalDouble.of(nanos);
    }

    /** {@return the names of the series} */
    List<String> series() {
        return lines.stream().map(Line::name).toList();
    }

    /** {@return the chart, a legend below it} */
    Svg draw(String id) {
        Scale scale = Scale.of(
                Stream.concat(
                                lines.stream()
                                        .flatMap(line -> line.points().stream())
                                        .flatMap(point -> Stream.of(point.lowest(), point.highest())),
                                reference.stream().boxed())
                        .toList(),
                Numbers::tick);
        ScaledAxis time = new ScaledAxis(scale);
        time.setTickLabelFont(Ink.TICKS);
        time.setTickLabelPaint(Ink.REFERENCE);
        XYPlot plot = new XYPlot(dataset(scale), stepAxis(), time, renderer());
        reference.ifPresent(nanos -> plot.addRangeMarker(new ValueMarker(scale.at(nanos), Ink.REFERENCE, Ink.DASHED)));
        JFreeChart chart = ChartStyle.chart(plot);
        chart.addSubtitle(legend(plot));
        return Svg.of(chart, HEIGHT + LEGEND_LINE * lines.size(), id);
    }

    private SymbolAxis stepAxis() {
        SymbolAxis axis = new SymbolAxis(null, steps.toArray(String[]::new));
        axis.setGridBandsVisible(false);
        axis.setTickMarksVisible(false);
        axis.setAxisLineVisible(false);
        return axis;
    }

    private YIntervalSeriesCollection dataset(Scale scale) {
        YIntervalSeriesCollection dataset = new YIntervalSeriesCollection();
        for (Line line : lines) {
            YIntervalSeries series = new YIntervalSeries(line.name());
            line.points()
                    .forEach(point -> series.add(
                            point.step(),
                            scale.at(point.median()),
                            scale.at(point.lowest()),
                            scale.at(point.highest())));
            dataset.addSeries(series);
        }
        return dataset;
    }

    private MarkRenderer renderer() {
        MarkRenderer renderer = new MarkRenderer();
        renderer.setDrawXError(false);
        renderer.setDefaultLinesVisible(true);
        for (int index = 0; index < lines.size(); index++) {
            Family family = lines.get(index).family();
            int among = (int) lines.subList(0, index).stream()
                    .filter(line -> line.family() == family)
                    .count();
            renderer.show(index, family.color(), family.shape());
            renderer.setSeriesStroke(
                    index,
                    new BasicStroke(
                            LINE_WIDTH,
                            BasicStroke.CAP_BUTT,
                            BasicStroke.JOIN_ROUND,
                            1,
                            DASHES[among % DASHES.length],
                            0));
        }
        return renderer;
    }

    private static LegendTitle legend(XYPlot plot) {
        LegendTitle legend = new LegendTitle(plot);
        legend.setItemFont(Ink.TICKS);
        legend.setItemPaint(Ink.TEXT);
        legend.setBackgroundPaint(null);
        legend.setFrame(BlockBorder.NONE);
        legend.setPosition(RectangleEdge.BOTTOM);
        return legend;
    }
}
