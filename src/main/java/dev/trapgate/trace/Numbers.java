package dev.trapgate.trace;

/** Numbers as strace writes them. */
final class Numbers {

    private Numbers() {}

    /** {@return a number in hexadecimal, 0 as {@code 0}} */
    static String hex(long value) {
        return value == 0 ? "0" : "0x" + Long.toHexString(value);
    }

    /** {@return an address in hexadecimal, 0 as {@code NULL}} */
    static String address(long value) {
        return value == 0 ? "NULL" : "0x" + Long.toHexString(value);
    }
}
