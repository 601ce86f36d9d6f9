package dev.trapgate.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What the kernel tells of the host in {@code /proc}, {@code /sys} and {@code /boot}. A file that cannot be read is empty. */
final class HostFiles {

    private final Path root;

    /**
     * Names the directory.
     *
     * @param root the directory that has {@code proc} and {@code sys}; {@code /} for this host
     */
    HostFiles(Path root) {
        this.root = root;
    }

    /** {@return a file's first line, without blanks around it; empty if there is none} */
    Optional<String> firstLine(String file) {
        return lines(file).stream().findFirst().map(String::strip).filter(line -> !line.isEmpty());
    }

    /** {@return a field of a file that has a {@code name : value} on each line, the first such; empty if there is none} */
    Optional<String> field(String file, String name) {
        return lines(file).stream()
                .filter(line -> line.indexOf(':') >= 0)
                .filter(line -> line.substring(0, line.indexOf(':')).strip().equals(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    /** {@return what the processors' own files of this name say, each once, in order} */
    Collection<String> ofEachCpu(String name) {
        try (Stream<Path> cpus = Files.list(root.resolve("sys/devices/system/cpu"))) {
            return cpus.map(cpu -> cpu.getFileName().toString())
                    .filter(cpu -> cpu.matches("cpu\\d+"))
                    .flatMap(cpu -> firstLine("sys/devices/system/cpu/" + cpu + "/" + name).stream())
                    .sorted()
                    .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
        } catch (IOException | UncheckedIOException absent) {
            return List.of();
        }
    }

    /** {@return the lines of a file; none if it cannot be read} */
    List<String> lines(String file) {
        Path path = root.resolve(file);
        try (InputStream bytes = Files.newInputStream(path);
                InputStream text = file.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
            return new String(text.readAllBytes(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
        } catch (IOException | UncheckedIOException absent) {
            return List.of();
        }
    }
}
