package dev.trapgate.net;

import dev.trapgate.kernel.FileDescriptor;

/**
 * A connection.
 *
 * @param socket its descriptor, to be closed
 * @param peer who connected
 */
public record Accepted(FileDescriptor socket, Address peer) {}
