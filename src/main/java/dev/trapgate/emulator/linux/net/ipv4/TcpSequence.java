package dev.trapgate.emulator.linux.net.ipv4;

/**
 * How far what a stream has sent is ahead of what it knows to have arrived: {@code write_seq} and {@code snd_una} of
 * {@code struct tcp_sock}, net/ipv4/tcp.c, Linux 6.18. What is sent in a connection arrives at once.
 */
final class TcpSequence {

    /** What a listener of version 4 offers with its first segment, in bytes. */
    private static final int FIRST_WINDOW4 = 65_483;
    /** What one of version 6 offers. */
    private static final int FIRST_WINDOW6 = 65_464;
    /** What both ends offer from then on. */
    private static final int WINDOW = 65_536;
    /** {@code tcp_disconnect}. */
    private static final int SKIPPED = 2;

    private int ahead;
    private int largestWindow;

    /** {@return the difference in bytes, where a SYN counts as one} */
    int unacknowledged() {
        return ahead;
    }

    /** Sends a SYN. */
    void ask() {
        ahead = 1;
    }

    /** Hears that the SYN was taken, by a listener of version 6 or 4. */
    void asked(boolean six) {
        ahead = 0;
        largestWindow = Math.max(largestWindow, six ? FIRST_WINDOW6 : FIRST_WINDOW4);
    }

    /** Hears from the other end of a connection. */
    void hear() {
        largestWindow = Math.max(largestWindow, WINDOW);
    }

    /** Skips numbers, so that nothing of this connection fits the next one: {@code tcp_disconnect}. */
    void disconnect() {
        ahead += largestWindow + SKIPPED;
    }
}
