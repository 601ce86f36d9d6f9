package dev.trapgate.cli;

import dev.trapgate.notation.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that a long command will write at its end, opened at its start so that the work is not done in vain. What the
 * file held stays until then; a file that was not there is taken away again if nothing is written.
 */
final class ReportFile implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;
    private boolean unwantedIfEmpty;

    private ReportFile(Path path, FileChannel channel, boolean created) {
        this.path = path;
        this.channel = channel;
        this.unwantedIfEmpty = created;
    }

    /**
     * Opens the file.
     *
     * @param path where
     * @return the open file
     * @throws UsageException if it cannot be written
     */
    static ReportFile open(Path path) {
        try {
            return create(path);
        } catch (NoSuchFileException missing) {
            throw new UsageException("cannot write " + path + ": its directory does not exist");
        } catch (FileSystemException refused) {
            String reason = refused.getReason();
            throw new UsageException("cannot write " + path + ": " + (reason == null ? "permission denied" : reason));
        } catch (IOException refused) {
            throw new UsageException("cannot write " + path + ": " + refused.getMessage());
        }
    }

    private static ReportFile create(Path path) throws IOException {
        try {
            FileChannel created = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            return new ReportFile(path, created, true);
        } catch (FileAlreadyExistsException exists) {
            return new ReportFile(path, FileChannel.open(path, StandardOpenOption.WRITE), false);
        }
    }

    /**
     * Replaces what the file holds.
     *
     * @param text the new content; a final newline is added
     * @throws IOException if it cannot be written
     */
    void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
        unwantedIfEmpty = false;
        channel.truncate(0);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (unwantedIfEmpty) {
            Files.deleteIfExists(path);
        }
    }
}
