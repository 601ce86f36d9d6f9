package dev.trapgate.net;

import dev.trapgate.kernel.FileDescriptor;

/**
 * Two sockets that are connected to each other.
 *
 * @param first one
 * @param second the other
 */
public record SocketPair(FileDescriptor first, FileDescriptor second) implements AutoCloseable {

    /** Closes both; those that are closed already stay so. */
    @Override
    public void close() {
        try {
            first.close();
        } finally {
            second.close();
        }
    }
}
