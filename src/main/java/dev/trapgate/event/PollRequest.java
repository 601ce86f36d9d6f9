package dev.trapgate.event;

import dev.trapgate.kernel.FileDescriptor;

/**
 * What to wait for on a descriptor.
 *
 * @param descriptor where
 * @param events what
 */
public record PollRequest(FileDescriptor descriptor, PollEvents events) {}
