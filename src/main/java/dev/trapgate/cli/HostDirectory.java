package dev.trapgate.cli;

import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.linux.fs.hostfs.HostContents;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileException;
import dev.trapgate.emulator.linux.fs.hostfs.HostFileStatus;
import dev.trapgate.emulator.linux.fs.hostfs.HostTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A directory of this machine for an emulated program.
 *
 * <p>The directory is opened once. Every file is reached from there one name at a time, each by openat(2) and fstatat(2) without
 * following links ({@link SecureDirectoryStream}), so that renaming or replacing anything meanwhile leads nowhere else.
 * Java reads a file's full attributes, and what a link says, by path only: attributes found so are believed only if they
 * are of the very inode that was reached, and a link's text only if the directory that was reached is still at its path before
 * and after.
 */
final class HostDirectory implements HostTree, AutoCloseable {

    private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;
    private static final int TRIES = 8;

    private final Path base;
    private final SecureDirectoryStream<Path> top;
    private final Set<HostChannel> open = ConcurrentHashMap.newKeySet();

    private HostDirectory(Path base, SecureDirectoryStream<Path> top) {
        this.base = base;
        this.top = top;
    }

    /**
     * Opens a directory.
     *
     * @param directory which
     * @return the directory
     * @throws IOException if it cannot be opened, or this machine's files cannot be reached without following links
     */
    static HostDirectory open(Path directory) throws IOException {
        Path base = directory.toRealPath();
        DirectoryStream<Path> stream = base.getFileSystem().provider().newDirectoryStream(base, entry -> true);
        boolean unix = base.getFileSystem().supportedFileAttributeViews().contains("unix");
        if (stream instanceof SecureDirectoryStream<Path> secure && unix) {
            return new HostDirectory(base, secure);
        }
        stream.close();
        throw new IOException("directories of this system cannot be read without following links");
    }

    /** Closes it, and with it every file that is still open. */
    @Override
    public void close() throws IOException {
        open.forEach(HostChannel::close);
        top.close();
    }

    /** What is done in a directory that has been reached. */
    @FunctionalInterface
    private interface Use<T> {
        T in(SecureDirectoryStream<Path> directory) throws IOException, HostFileException;
    }

    /** Reaches a directory, uses it and closes it again. */
    private <T> T reach(List<String> path, Use<T> use) throws HostFileException {
        try {
            return reach(top, path, use);
        } catch (IOException failed) {
            throw refusal(failed);
        } catch (DirectoryIteratorException failed) {
            throw refusal(new IOException(failed));
        }
    }

    private static <T> T reach(SecureDirectoryStream<Path> from, List<String> path, Use<T> use)
            throws IOException, HostFileException {
        if (path.isEmpty()) {
            return use.in(from);
        }
        Path name = HostName.path(path.getFirst());
        // What is no directory is not even opened: a FIFO would wait for its writer.
        if (!attributes(from, name).isDirectory()) {
            throw new HostFileException(Errno.ENOTDIR, name + " is no directory");
        }
        try (SecureDirectoryStream<Path> next = from.newDirectoryStream(name, NOFOLLOW)) {
            return reach(next, path.subList(1, path.size()), use);
        }
    }

    private static HostFileException refusal(IOException cause) {
        Errno errno =
                switch (cause) {
                    case NoSuchFileException absent -> Errno.ENOENT;
                    case AccessDeniedException denied -> Errno.EACCES;
                    case NotDirectoryException other -> Errno.ENOTDIR;
                    case NotLinkException other -> Errno.EINVAL;
                    default -> Errno.EIO;
                };
        return new HostFileException(errno, String.valueOf(cause.getMessage()));
    }

    private static BasicFileAttributes attributes(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        return directory
                .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW)
                .readAttributes();
    }

    private static BasicFileAttributes attributes(SecureDirectoryStream<Path> directory) throws IOException {
        return directory.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
    }

    private static List<String> parent(List<String> path) {
        return path.subList(0, path.size() - 1);
    }

    private Path absolute(List<String> path) {
        Path absolute = base;
        for (String name : path) {
            absolute = absolute.resolve(HostName.path(name));
        }
        return absolute;
    }

    @Override
    public HostFileStatus status(List<String> path) throws HostFileException {
        if (path.isEmpty()) {
            return reach(path, directory -> status(path, () -> attributes(directory)));
        }
        Path name = HostName.path(path.getLast());
        return reach(parent(path), directory -> status(path, () -> attributes(directory, name)));
    }

    /** The attributes of a file that has been reached. */
    @FunctionalInterface
    private interface Reached {
        BasicFileAttributes attributes() throws IOException;
    }

    /** Asks by path for what only that tells, until it tells of the file that was reached. */
    private HostFileStatus status(List<String> path, Reached reached) throws IOException, HostFileException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            BasicFileAttributes there = reached.attributes();
            Map<String, Object> all = byPath(absolute(path));
            if (Objects.equals(all.get("fileKey"), there.fileKey())) {
                return status(all);
            }
        }
        throw new HostFileException(Errno.ESTALE, absolute(path) + " changes all the time");
    }

    private static Map<String, Object> byPath(Path path) throws IOException {
        try {
            return Files.readAttributes(path, "unix:*", NOFOLLOW);
        } catch (NoSuchFileException | NotDirectoryException moved) {
            return Map.of();
        }
    }

    /** {@return a file's status from what Java knows as its attributes {@code unix:*}} */
    static HostFileStatus status(Map<String, Object> all) {
        long device = number(all, "rdev");
        return new HostFileStatus(
                attribute(all, "fileKey"),
                number(all, "ino"),
                (int) number(all, "mode"),
                (int) number(all, "nlink"),
                (int) number(all, "uid"),
                (int) number(all, "gid"),
                (int) ((device >>> 8 & 0xfff) | (device >>> 32 & 0xffff_f000L)),
                (int) ((device & 0xff) | (device >>> 12 & 0xffff_ff00L)),
                number(all, "size"),
                nanos(all, "lastAccessTime"),
                nanos(all, "lastModifiedTime"),
                nanos(all, "ctime"),
                nanos(all, "creationTime"));
    }

    private static Object attribute(Map<String, Object> all, String name) {
        Object value = all.get(name);
        if (value == null) {
            throw new IllegalStateException("this system's files have no attribute " + name);
        }
        return value;
    }

    private static long number(Map<String, Object> all, String name) {
        return ((Number) attribute(all, name)).longValue();
    }

    private static long nanos(Map<String, Object> all, String name) {
        return ((FileTime) attribute(all, name)).to(TimeUnit.NANOSECONDS);
    }

    @Override
    public List<String> names(List<String> path) throws HostFileException {
        // A stream lists once: the one that is kept open is not used up.
        return reach(path, directory -> {
            try (SecureDirectoryStream<Path> listing = directory.newDirectoryStream(Path.of("."), NOFOLLOW)) {
                List<String> names = new ArrayList<>();
                listing.forEach(entry -> names.add(HostName.of(entry.getFileName())));
                return names;
            }
        });
    }

    @Override
    public String target(List<String> path) throws HostFileException {
        Path name = HostName.path(path.getLast());
        return reach(parent(path), directory -> {
            if (!attributes(directory, name).isSymbolicLink()) {
                throw new HostFileException(Errno.EINVAL, name + " is no symbolic link");
            }
            checkStillThere(directory, parent(path));
            Path target = Files.readSymbolicLink(absolute(path));
            checkStillThere(directory, parent(path));
            return HostName.of(target);
        });
    }

    private void checkStillThere(SecureDirectoryStream<Path> reached, List<String> path)
            throws IOException, HostFileException {
        Object key = byPath(absolute(path)).get("fileKey");
        if (!Objects.equals(key, attributes(reached).fileKey())) {
            throw new HostFileException(Errno.ESTALE, absolute(path) + " is no longer where it was");
        }
    }

    @Override
    public HostContents open(List<String> path, HostFileStatus expected) throws HostFileException {
        Path name = HostName.path(path.getLast());
        return reach(parent(path), directory -> {
            check(attributes(directory, name), expected, name);
            SeekableByteChannel channel = directory.newByteChannel(name, Set.of(StandardOpenOption.READ, NOFOLLOW));
            try {
                check(attributes(directory, name), expected, name);
            } catch (IOException | HostFileException other) {
                channel.close();
                throw other;
            }
            HostChannel contents = new HostChannel((FileChannel) channel, open::remove);
            open.add(contents);
            return contents;
        });
    }

    private static void check(BasicFileAttributes there, HostFileStatus expected, Path name) throws HostFileException {
        if (!there.isRegularFile() || !expected.identity().equals(there.fileKey())) {
            throw new HostFileException(Errno.ESTALE, name + " is another file by now");
        }
    }
}
