package dev.trapgate.bench.page;

import java.awt.BasicStroke;
import java.awt.Color;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/** How all charts look: a light grid, no frame, no background. */
final class ChartStyle {

    private static final Color NONE = new Color(0, 0, 0, 0);

    private ChartStyle() {}

    /** {@return a chart of a plot, without title or legend} */
    static JFreeChart chart(XYPlot plot) {
        style(plot);
        JFreeChart chart = new JFreeChart(null, Ink.LABELS, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(new RectangleInsets(2, 2, 2, 2));
        return chart;
    }

    /** Styles a plot. */
    static void style(XYPlot plot) {
        plot.setBackgroundPaint(null);
        plot.setOutlinePaint(NONE);
        plot.setOutlineVisible(false);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setDomainGridlinePaint(Ink.GRID);
        plot.setDomainGridlineStroke(new BasicStroke(1));
        plot.setRangeGridlinePaint(Ink.GRID);
        plot.setRangeGridlineStroke(new BasicStroke(1));
        if (plot.getDomainAxis() != null) {
            plot.getDomainAxis().setTickLabelFont(Ink.TICKS);
            plot.getDomainAxis().setTickLabelPaint(Ink.REFERENCE);
        }
    }
}
