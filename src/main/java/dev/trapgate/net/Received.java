package dev.trapgate.net;

import dev.trapgate.kernel.FileDescriptor;
import java.util.List;

/**
 * What recvmsg got beside the bytes.
 *
 * @param count how many bytes, 0 at the end of a stream; with MSG_TRUNC asked for, how long the datagram was
 * @param flags MSG_TRUNC if bytes were cut off, MSG_CTRUNC if descriptors were
 * @param from who sent it, where the socket is not connected
 * @param descriptors that came with it, each to be closed
 */
public record Received(long count, MessageFlags flags, Address from, List<FileDescriptor> descriptors) {

    /** Keeps its own copy of the list. */
    public Received {
        descriptors = List.copyOf(descriptors);
    }
}
