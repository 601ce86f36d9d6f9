package dev.trapgate.cli;

import dev.trapgate.notation.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
     * @throws UsageException if it cannot be written, or another form of the report goes there already
     */
    void open(@Nullable Path path, Function<R, String> text) {
        if (path != null) {
            ReportFile file = ReportFile.open(path);
            Optional<Form<R>> same =
                    forms.stream().filter(form -> isSameFile(form.path(), path)).findFirst();
            forms.add(new Form<>(path, file, text));
            if (same.isPresent()) {
                throw new UsageException(path + " is asked for twice: each form of the report needs a file of its own");
            }
        }
    }

    /** A device such as {@code /dev/null} takes any number of forms. */
    private static boolean isSameFile(Path one, Path other) {
        try {
            return Files.isRegularFile(one) && Files.isSameFile(one, other);
        } catch (IOException gone) {
            return false;
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
