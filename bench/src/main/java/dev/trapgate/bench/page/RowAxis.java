package dev.trapgate.bench.page;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** An axis with one label for each row, the first at the top. */
final class RowAxis extends NumberAxis {

    private static final long serialVersionUID = 1L;

    private static final double HALF = 0.6;

    private final transient List<String> labels;

    RowAxis(List<String> labels) {
        super(null);
        this.labels = List.copyOf(labels);
        setAutoRange(false);
        setRange(-HALF, labels.size() - 1 + HALF);
        setInverted(true);
        setTickMarksVisible(false);
        setAxisLineVisible(false);
    }

    @Override
    public List<NumberTick> refreshTicks(Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
        TextAnchor anchor = edge.equals(RectangleEdge.RIGHT) ? TextAnchor.CENTER_LEFT : TextAnchor.CENTER_RIGHT;
        return IntStream.range(0, labels.size())
                .mapToObj(row -> new NumberTick(row, labels.get(row), anchor, TextAnchor.CENTER, 0))
                .toList();
    }
}
