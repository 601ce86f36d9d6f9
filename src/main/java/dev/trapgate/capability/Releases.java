package dev.trapgate.capability;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Syscall;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The first Linux that had each call, by the library's own data; its head names the sources. */
final class Releases {

    private static final String FILE = "since.tsv";
    private static final String SAME = "=";
    private static final Map<String, Row> ROWS = read();

    private record Row(KernelVersion since, KernelVersion onI386) {}

    private Releases() {}

    /** {@return the first Linux that had a call in an ABI; empty where no source tells} */
    static Optional<KernelVersion> since(Syscall call, Abi abi) {
        return Optional.ofNullable(ROWS.get(call.callName())).map(row -> abi == Abi.I386 ? row.onI386() : row.since());
    }

    private static Map<String, Row> read() {
        Map<String, Row> rows = new HashMap<>();
        InputStream file = Objects.requireNonNull(Releases.class.getResourceAsStream(FILE), FILE);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] fields = line.split("\t", -1);
                    KernelVersion since = version(fields[1]);
                    rows.put(fields[0], new Row(since, fields[2].equals(SAME) ? since : version(fields[2])));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Map.copyOf(rows);
    }

    private static KernelVersion version(String text) {
        return KernelVersion.parse(text).orElseThrow(() -> new IllegalStateException(FILE + ": no release: " + text));
    }
}
