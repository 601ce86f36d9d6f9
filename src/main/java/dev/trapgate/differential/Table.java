package dev.trapgate.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The package's data: tables in resources, columns set apart by tabs, comments behind {@code #}, one line of heads. */
final class Table {

    private Table() {}

    /**
     * Reads a table.
     *
     * @param resource its name beside this class
     * @param columns how many it has
     * @return its rows without the heads
     */
    static List<String[]> rows(String resource, int columns) {
        return text(resource)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .skip(1)
                .map(line -> line.split("\t", -1))
                .peek(row -> {
                    if (row.length != columns) {
                        throw new IllegalArgumentException(resource + ": not " + columns + " columns: " + row[0]);
                    }
                })
                .toList();
    }

    private static String text(String resource) {
        try (InputStream in = Table.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
