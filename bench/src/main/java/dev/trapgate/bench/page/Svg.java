package dev.trapgate.bench.page;

import java.awt.Rectangle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jfree.chart.JFreeChart;
import org.jfree.svg.SVGGraphics2D;

/**
 * A drawn chart.
 *
 * @param width in the units of its drawing
 * @param height likewise
 * @param body the elements inside its {@code svg} element
 */
record Svg(int width, int height, String body) {

    /** Of every chart: a phone's width, on which the labels can be read without zooming. */
    static final int WIDTH = 440;

    private static final int MARK = 14;

    /**
     * What says nothing: a clip to the whole drawing, full opacity, a font that the style sheet chooses. Texts are escaped, so none
     * of this is ever a part of one.
     */
    private static final List<Pattern> SUPERFLUOUS = List.of(
            Pattern.compile(" clip-path='url\\(#[\\w-]+clip-0\\)'"),
            Pattern.compile(" ?(fill|stroke)-opacity: ?1\\.0;?"),
            Pattern.compile(" font-family: [^;<>]*;"));

    /**
     * Draws a chart.
     *
     * @param chart the chart
     * @param height of the drawing, in units of which it is {@link #WIDTH} wide
     * @param id what no other chart of the page has
     * @return the drawing; each element that shows a series names it in {@code data-series}
     */
    static Svg of(JFreeChart chart, int height, String id) {
        SVGGraphics2D graphics = new SVGGraphics2D(WIDTH, height);
        graphics.setDefsKeyPrefix(id + "-");
        graphics.setGeomDoubleConverter(Svg::tenths);
        graphics.setTransformDoubleConverter(Svg::tenths);
        chart.draw(graphics, new Rectangle(WIDTH, height));
        return new Svg(WIDTH, height, inner(graphics).replace(" jfreesvg:ref='", " data-series='"));
    }

    /** {@return a family's mark by itself, for a legend} */
    static Svg of(Family family) {
        SVGGraphics2D graphics = new SVGGraphics2D(MARK, MARK);
        graphics.setDefsKeyPrefix("legend-");
        graphics.setColor(family.color());
        graphics.translate(MARK / 2.0, MARK / 2.0);
        graphics.fill(family.shape());
        return new Svg(MARK, MARK, inner(graphics));
    }

    private static String inner(SVGGraphics2D graphics) {
        String element = graphics.getSVGElement();
        String body = element.substring(element.indexOf('>') + 1, element.lastIndexOf("</svg>"));
        for (Pattern superfluous : SUPERFLUOUS) {
            body = superfluous.matcher(body).replaceAll("");
        }
        return body;
    }

    private static String tenths(double number) {
        String text = String.format(Locale.ROOT, "%.1f", number);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
