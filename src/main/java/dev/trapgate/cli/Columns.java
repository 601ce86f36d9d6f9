package dev.trapgate.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns, two spaces apart. */
public final class Columns {

    /** Which side of its column a cell keeps to. */
    public enum Side {
        LEFT,
        RIGHT
    }

    private static final String GAP = "  ";

    private final List<Side> sides;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Starts an empty table.
     *
     * @param sides one side a column
     */
    public Columns(Side... sides) {
        this.sides = List.of(sides);
    }

    /**
     * Adds a row.
     *
     * @param cells one text a column
     * @return this table
     */
    public Columns row(String... cells) {
        if (cells.length != sides.size()) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + sides.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** {@return the rows in order, each aligned, without trailing blanks} */
    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            line.append(column == 0 ? "" : GAP).append(padded(cells.get(column), column));
        }
        return line.toString().stripTrailing();
    }

    private String padded(String cell, int column) {
        String blanks = " ".repeat(width(column) - cell.length());
        return sides.get(column) == Side.LEFT ? cell + blanks : blanks + cell;
    }

    private int width(int column) {
        return rows.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
    }
}
