package dev.trapgate.pipe;

import dev.trapgate.kernel.FileDescriptor;

/**
 * A pipe's two ends.
 *
 * @param reader where what was written is read
 * @param writer where to write
 */
public record Pipe(FileDescriptor reader, FileDescriptor writer) implements AutoCloseable {

    /** Closes both ends; those that are closed already stay so. */
    @Override
    public void close() {
        try (FileDescriptor first = reader;
                FileDescriptor second = writer) {
            // both, whatever the first answers
        }
    }
}
