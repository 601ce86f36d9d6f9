package dev.trapgate.bench.page;

import java.awt.Graphics2D;
import java.util.Map;
import org.jfree.chart.ChartHints;

/** An SVG element around what is drawn of a series. */
final class SeriesGroup {

    private SeriesGroup() {}

    /**
     * Begins it.
     *
     * @param graphics what is drawn on
     * @param series the series's name
     */
    static void begin(Graphics2D graphics, String series) {
        graphics.setRenderingHint(ChartHints.KEY_BEGIN_ELEMENT, Map.of("ref", series));
    }

    /**
     * Ends it.
     *
     * @param graphics what is drawn on
     */
    static void end(Graphics2D graphics) {
        graphics.setRenderingHint(ChartHints.KEY_END_ELEMENT, true);
    }
}
