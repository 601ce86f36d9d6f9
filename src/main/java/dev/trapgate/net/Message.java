package dev.trapgate.net;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * A message to be sent.
 *
 * @param buffers its bytes, in turn
 * @param to to whom; empty for whom the socket is connected to
 */
public record Message(List<MemorySegment> buffers, Optional<Address> to) {

    /** Keeps its own copy of the list. */
    public Message {
        buffers = List.copyOf(buffers);
    }

    /**
     * {@return a message to whom the socket is connected to}
     *
     * @param bytes its bytes
     */
    public static Message of(MemorySegment bytes) {
        return new Message(List.of(bytes), Optional.empty());
    }

    /**
     * {@return a message to someone}
     *
     * @param bytes its bytes
     * @param to to whom
     */
    public static Message to(MemorySegment bytes, Address to) {
        return new Message(List.of(bytes), Optional.of(to));
    }
}
