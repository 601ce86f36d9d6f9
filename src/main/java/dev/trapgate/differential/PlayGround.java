package dev.trapgate.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory under which the plays of a runner have theirs. On the host it is only there where a child has no file
 * system of its own to make it on; its name says which process it belongs to, so that the next runner can delete what a
 * killed one has left.
 */
final class PlayGround implements AutoCloseable {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final String PREFIX = "trapgate-diff-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(?<owner>\\d{1,9})-\\d+");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path path;

    /** Chooses a directory of this process's own, and deletes those of processes that are gone. */
    PlayGround() {
        boolean shared = Files.isWritable(SHARED_MEMORY);
        Path parent = shared ? SHARED_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        path = parent.resolve(PREFIX + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
        deleteAbandoned(parent);
        if (!shared) {
            make();
        }
    }

    /** A child can mount its own file system over /dev/shm, but elsewhere only over what is there. */
    private void make() {
        try {
            Files.createDirectories(path);
        } catch (IOException full) {
            throw new UncheckedIOException("no directory for the plays in " + path.getParent(), full);
        }
    }

    /** {@return its absolute path} */
    Path path() {
        return path;
    }

    private static void deleteAbandoned(Path parent) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path directory : found) {
                Matcher name = NAME.matcher(directory.getFileName().toString());
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group("owner"))).isEmpty()) {
                    delete(directory);
                }
            }
        } catch (IOException unreadable) {
            // It is not this runner's, and small.
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            files.sorted(Comparator.reverseOrder()).forEach(PlayGround::deleteOne);
        } catch (IOException | UncheckedIOException left) {
            // What cannot be deleted lies on a tmpfs, and is small.
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            // As above.
        }
    }

    @Override
    public void close() {
        if (Files.exists(path)) {
            delete(path);
        }
    }
}
