package dev.trapgate.bench.page;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Stroke;

/** Colors, fonts and strokes that all charts share. The page's style sheet knows the colors, for a dark background. */
final class Ink {

    /** Text. */
    static final Color TEXT = new Color(0x1F, 0x29, 0x37);
    /** Lines of the grid. */
    static final Color GRID = new Color(0xE5, 0xE7, 0xEB);
    /** Lines to compare with. */
    static final Color REFERENCE = new Color(0x6B, 0x72, 0x80);

    /** Where this font is missing Java takes another. Verdana, which most other systems have, is as wide. */
    private static final String FONT = "DejaVu Sans";

    static final Font LABELS = new Font(FONT, Font.PLAIN, 11);
    static final Font TICKS = new Font(FONT, Font.PLAIN, 10);

    static final Stroke DASHED =
            new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 3}, 0);

    private Ink() {}
}
