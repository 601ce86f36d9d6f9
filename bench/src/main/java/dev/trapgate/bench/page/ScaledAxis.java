package dev.trapgate.bench.page;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** An axis whose ticks a {@link Scale} chooses. JFreeChart's own logarithmic axis labels powers of ten only. */
final class ScaledAxis extends NumberAxis {

    private static final long serialVersionUID = 1L;

    private final transient Scale scale;

    ScaledAxis(Scale scale) {
        super(null);
        this.scale = scale;
        setAutoRange(false);
        setRange(scale.at(scale.lowest()), scale.at(scale.highest()));
        setTickMarksVisible(false);
        setAxisLineVisible(false);
    }

    @Override
    public List<NumberTick> refreshTicks(Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
        boolean isHorizontal = RectangleEdge.isTopOrBottom(edge);
        return scale.ticks().stream()
                .map(tick -> new NumberTick(
                        scale.at(tick),
                        scale.label().apply(tick),
                        isHorizontal ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT,
                        TextAnchor.CENTER,
                        0))
                .toList();
    }
}
