package dev.trapgate.bench.page;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.data.xy.XYDataset;

/** Draws marks with whiskers, each in an SVG group that names its series. */
final class MarkRenderer extends XYErrorRenderer {

    private static final long serialVersionUID = 1L;

    private static final float WHISKER = 1.6f;
    private static final double CAP = 5;

    MarkRenderer() {
        setErrorStroke(new BasicStroke(WHISKER));
        setCapLength(CAP);
        setDefaultLinesVisible(false);
        setDrawSeriesLineAsPath(false);
    }

    /**
     * Says how a series is shown.
     *
     * @param series its index
     * @param color of its marks and lines
     * @param shape of its marks
     */
    void show(int series, Color color, Shape shape) {
        setSeriesPaint(series, color);
        setSeriesShape(series, shape);
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
        SeriesGroup.begin(graphics, String.valueOf(dataset.getSeriesKey(series)));
        super.drawItem(graphics, state, area, info, plot, domain, range, dataset, series, item, crosshair, pass);
        SeriesGroup.end(graphics);
    }
}
