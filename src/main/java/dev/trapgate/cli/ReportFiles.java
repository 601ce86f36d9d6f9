package dev.trapgate.cli;

import dev.trapgate.notation.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The files into which one report goes, each in its own form; all are opened before the work begins.
 *
 * @param <R> the report
 */
final class ReportFiles<R> implements AutoCloseable {

    private final List<Form<R>> forms = new ArrayList<>();

    private record Form<R>(Path path, ReportFile file, Function<R, String> text) {}

    /**
     * Opens a file if one was asked for.
     *
     * @param path where, or null
     * @param text how the report reads in it
     * @throws UsageException if it cannot be written
     */
    void open(@Nullable Path path, Function<R, String> text) {
        if (path != null) {
            forms.add(new Form<>(path, ReportFile.open(path), text));
        }
    }

    /**
     * Writes the report into every file.
     *
     * @param report the report
     * @throws UsageException if one cannot be written
     */
    void write(R report) {
        for (Form<R> form : forms) {
            try {
                form.file().write(form.text().apply(report));
            } catch (IOException full) {
                throw new UsageException("cannot write " + form.path() + ": " + full.getMessage());
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Form<R> form : forms) {
            form.file().close();
        }
    }
}
