package dev.trapgate.bench.page;

import dev.trapgate.cli.CostDocument.Bin;
import dev.trapgate.cli.CostDocument.Row;
import dev.trapgate.cli.CostDocument.Sample;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.annotations.XYTitleAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.data.xy.XIntervalSeries;
import org.jfree.data.xy.XIntervalSeriesCollection;
import org.jfree.data.xy.XYDataset;

/** Charts of how single calls are distributed. */
final class SampleCharts {

    private static final int STRIP = 52;
    private static final int AROUND = 34;

    private static final double ROOM_ABOVE = 1.35;

    private SampleCharts() {}

    /**
     * {@return the histograms of rows, one above the other on a common logarithmic scale of time} It ends at the slowest row's
     * 99.9th percentile: the few calls beyond, each interrupted by something, would not be seen.
     *
     * @param rows the rows, all of them sampled
     * @param id what no other chart of the page has
     */
    static Svg histograms(List<Row> rows, String id) {
        Scale scale = scale(rows);
        ScaledAxis time = new ScaledAxis(scale);
        time.setTickLabelFont(Ink.TICKS);
        time.setTickLabelPaint(Ink.REFERENCE);
        CombinedDomainXYPlot strips = new CombinedDomainXYPlot(time);
        strips.setGap(4);
        rows.forEach(row -> strips.add(strip(row, scale)));
        return Svg.of(ChartStyle.chart(strips), AROUND + STRIP * rows.size(), id);
    }

    private static Scale scale(List<Row> rows) {
        double least = rows.stream()
                .flatMap(row -> sample(row).histogram().stream().limit(1))
                .mapToDouble(SampleCharts::from)
                .min()
                .orElse(1);
        double greatest =
                rows.stream().mapToDouble(row -> sample(row).p999()).max().orElse(2);
        return Scale.logarithmic(Math.max(1, least), Math.max(greatest, 2 * least), Numbers::tick);
    }

    private static Sample sample(Row row) {
        return row.figures().orElseThrow().sample().orElseThrow();
    }

    private static double from(Bin bin) {
        // Bins are at most an eighth wide, and those between which no call fell are left out.
        return Math.max(1, bin.upTo() * 8 / 9);
    }

    private static XYPlot strip(Row row, Scale scale) {
        XIntervalSeries series = new XIntervalSeries(row.key().title());
        List<Bin> bins = sample(row).histogram();
        double all = bins.stream().mapToLong(Bin::count).sum();
        double highest = 0;
        for (Bin bin : bins) {
            double share = bin.count() / all;
            if (bin.upTo() <= scale.highest()) {
                series.add(scale.at(bin.upTo()), scale.at(from(bin)), scale.at(bin.upTo()), share);
                highest = Math.max(highest, share);
            }
        }
        XIntervalSeriesCollection dataset = new XIntervalSeriesCollection();
        dataset.addSeries(series);
        NumberAxis share = new NumberAxis(null);
        share.setRange(0, highest * ROOM_ABOVE);
        share.setVisible(false);
        XYPlot plot =
                new XYPlot(dataset, null, share, new NamedBars(Family.of(row).color()));
        plot.addAnnotation(title(row));
        ChartStyle.style(plot);
        plot.setRangeGridlinesVisible(false);
        return plot;
    }

    private static XYTitleAnnotation title(Row row) {
        Sample sample = sample(row);
        TextTitle title = new TextTitle(
                row.key().title() + ": half within " + Numbers.time(sample.p50()) + ", 99 % within "
                        + Numbers.time(sample.p99()),
                Ink.TICKS);
        title.setPaint(Ink.TEXT);
        return new XYTitleAnnotation(1, 1, title, RectangleAnchor.TOP_RIGHT);
    }

    /** Bars in an SVG group that names their series. */
    private static final class NamedBars extends XYBarRenderer {

        private static final long serialVersionUID = 1L;

        private NamedBars(Color color) {
            setSeriesPaint(0, color);
            setBarPainter(new StandardXYBarPainter());
            setShadowVisible(false);
            setDrawBarOutline(false);
        }

        @Override
        public void drawItem(
                Graphics2D graphics,
                XYItemRendererState state,
                Rectangle2D area,
                PlotRenderingInfo info,
                XYPlot plot,
                ValueAxis domain,
                ValueAxis range,
                XYDataset dataset,
                int series,
                int item,
                CrosshairState crosshair,
                int pass) {
            if (item == 0) {
                SeriesGroup.begin(graphics, String.valueOf(dataset.getSeriesKey(series)));
            }
            super.drawItem(graphics, state, area, info, plot, domain, range, dataset, series, item, crosshair, pass);
            if (item == dataset.getItemCount(series) - 1) {
                SeriesGroup.end(graphics);
            }
        }
    }
}
