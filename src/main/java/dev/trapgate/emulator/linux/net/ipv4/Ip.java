package dev.trapgate.emulator.linux.net.ipv4;

/**
 * An address of the Internet. One of version 4 is the last 32 bits of one of version 6 that begins with {@code ::ffff}.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
record Ip(long high, long low) {

    /** Any address of version 6. */
    static final Ip ANY6 = new Ip(0, 0);
    /** The loopback's address of version 6. */
    static final Ip LOOPBACK6 = new Ip(0, 1);
    /** Any address of version 4. */
    static final Ip ANY4 = v4(0);
    /** The loopback's first address of version 4. */
    static final Ip LOOPBACK4 = v4(0x7f00_0001);

    private static final long MAPPED = 0xffff_0000_0000L;
    private static final int NETWORK = 127;
    private static final int NETWORK_BROADCAST = 0x7fff_ffff;
    private static final int MULTICAST4 = 0xe;
    private static final int MULTICAST6 = 0xff;
    private static final long LINK_LOCAL = 0x3fa;

    /** {@return an address of version 4, its first byte in the highest bits} */
    static Ip v4(int bits) {
        return new Ip(0, MAPPED | (bits & 0xffff_ffffL));
    }

    boolean isV4() {
        return high == 0 && low >>> 32 == MAPPED >>> 32;
    }

    private int bits() {
        return (int) low;
    }

    boolean isAny() {
        return equals(ANY6) || equals(ANY4);
    }

    /** {@return whether the machine has it} */
    boolean isLocal() {
        return isV4() ? bits() >>> 24 == NETWORK && !isBroadcast() : equals(LOOPBACK6);
    }

    boolean isBroadcast() {
        return isV4() && (bits() == -1 || bits() == NETWORK_BROADCAST);
    }

    boolean isMulticast() {
        return isV4() ? bits() >>> 28 == MULTICAST4 : high >>> 56 == MULTICAST6;
    }

    boolean isLinkLocal() {
        return !isV4() && high >>> 54 == LINK_LOCAL;
    }
}
