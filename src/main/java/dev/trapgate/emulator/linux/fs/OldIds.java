package dev.trapgate.emulator.linux.fs;

/** User and group ids of 16 bits, which i386's first calls have: include/linux/highuid.h. */
final class OldIds {

    private static final int LOW_16 = 0xffff;
    private static final int OVERFLOW_ID = 65534;

    private OldIds() {}

    /** {@return an id as 16 bits; one that does not fit is 65534: {@code high2lowuid}} */
    static int toShort(int id) {
        return (id & ~LOW_16) != 0 ? OVERFLOW_ID : id;
    }

    /** {@return a 16-bit argument as an id; 65535 stays −1: {@code low2highuid}} */
    static int toInt(long id) {
        int low = (int) id & LOW_16;
        return low == LOW_16 ? -1 : low;
    }
}
