package dev.trapgate.bench;

import dev.trapgate.bench.peer.CompilerException;
import dev.trapgate.bench.peer.NativePeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The peers' libraries, compiled once for all rounds into a directory of their own. */
final class NativeLibraries {

    private final Map<NativePeer, Path> compiled = new EnumMap<>(NativePeer.class);
    private final Map<NativePeer, String> missing = new EnumMap<>(NativePeer.class);

    /**
     * Compiles what can be compiled.
     *
     * @param directory where to
     */
    NativeLibraries(Path directory) {
        for (NativePeer peer : NativePeer.values()) {
            try {
                compiled.put(peer, peer.compile(directory));
            } catch (CompilerException | IOException problem) {
                missing.put(peer, String.valueOf(problem.getMessage()));
            }
        }
        // A library that cannot be loaded (a directory mounted noexec) shows in each of its rows.
    }

    /**
     * Says why a library is missing.
     *
     * @param peer the library
     * @return why; empty if it was compiled
     */
    Optional<String> reasonMissing(NativePeer peer) {
        return Optional.ofNullable(missing.get(peer));
    }

    /** {@return the JVM options that tell another JVM where the libraries are} */
    List<String> options() {
        return compiled.entrySet().stream()
                .map(entry -> "-D" + entry.getKey().property() + "=" + entry.getValue())
                .toList();
    }

    /** Deletes the libraries and their directory. A file that cannot be deleted is left behind. */
    static void delete(Path directory) {
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException left) {
            // Nothing more to do about a temporary file.
        }
    }
}
