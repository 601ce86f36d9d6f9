package dev.trapgate.abi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The data files that lie beside this package's classes; the build copies them from {@code native-headers/}. */
final class Resource {

    private Resource() {}

    /**
     * {@return the whole text of a data file}
     *
     * @param name the file's name
     */
    static String text(String name) {
        try (InputStream in = Resource.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the library lacks its data file dev/trapgate/abi/" + name
                        + ": build it with ./mvnw package, or take the whole jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the library's data file " + name, failure);
        }
    }
}
