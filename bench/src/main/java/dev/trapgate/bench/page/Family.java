package dev.trapgate.bench.page;

import dev.trapgate.cli.CostDocument.Row;
import java.awt.Color;
import java.awt.Polygon;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.Set;

/**
 * What kind of caller a row has, and how charts show it: by color and by shape. The colors are those of Okabe and Ito, which
 * people with any color vision tell apart.
 */
enum Family {
    TRAPGATE("Trapgate", new Color(0x00, 0x72, 0xB2)),
    JAVA("other ways from Java", new Color(0xD5, 0x5E, 0x00)),
    C("C", new Color(0x4B, 0x55, 0x63)),
    COMPANION("32-bit process, programs", new Color(0x00, 0x9E, 0x73)),
    EMULATED("emulated kernel", new Color(0xA8, 0x4A, 0x80));

    private static final Set<String> OURS = Set.of("java", "typed");
    private static final Set<String> COMPANIONS = Set.of("i386", "program");

    private final String title;
    private final Color color;

    Family(String title, Color color) {
        this.title = title;
        this.color = color;
    }

    static Family of(Row row) {
        if (row.key().gate().startsWith("EMULATED")) {
            return EMULATED;
        }
        if (COMPANIONS.contains(row.kind())) {
            return COMPANION;
        }
        if (row.kind().equals("c")) {
            return C;
        }
        return OURS.contains(row.kind()) ? TRAPGATE : JAVA;
    }

    /** {@return whether the calls are made from Java, into the host's kernel} */
    boolean isJava() {
        return this == TRAPGATE || this == JAVA;
    }

    /** {@return the name in a legend} */
    String title() {
        return title;
    }

    /** {@return the color of its marks} */
    Color color() {
        return color;
    }

    /** {@return the shape of its marks, around the origin} */
    Shape shape() {
        return switch (this) {
            case TRAPGATE -> new Ellipse2D.Double(-4, -4, 8, 8);
            case JAVA -> polygon(0, -5, 5, 0, 0, 5, -5, 0);
            case C -> new Rectangle2D.Double(-3.5, -3.5, 7, 7);
            case COMPANION -> polygon(0, -5, 5, 4, -5, 4);
            case EMULATED -> polygon(0, 5, 5, -4, -5, -4);
        };
    }

    private static Shape polygon(int... points) {
        Polygon polygon = new Polygon();
        for (int at = 0; at < points.length; at += 2) {
            polygon.addPoint(points[at], points[at + 1]);
        }
        return polygon;
    }
}
