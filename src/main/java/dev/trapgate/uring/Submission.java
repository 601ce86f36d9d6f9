package dev.trapgate.uring;

import dev.trapgate.kernel.Layouts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A call as the ring takes it, {@code struct io_uring_sqe}. What the fields mean, the operation says.
 *
 * @param operation IORING_OP_
 * @param descriptor a number, AT_FDCWD, or −1 for none
 * @param address of a buffer, path or structure
 * @param length in bytes, or a count, mode or mask
 * @param offset in a file, or a second address
 * @param flags the operation's own
 */
record Submission(byte operation, int descriptor, long address, int length, long offset, int flags) {

    static final long SIZE = 64;

    static final byte NOP = 0;
    static final byte FSYNC = 3;
    static final byte POLL_ADD = 6;
    static final byte TIMEOUT = 11;
    static final byte ACCEPT = 13;
    static final byte LINK_TIMEOUT = 15;
    static final byte OPENAT = 18;
    static final byte STATX = 21;
    static final byte READ = 22;
    static final byte WRITE = 23;
    static final byte SEND = 26;
    static final byte RECV = 27;

    private static final long FLAGS_AT = 1;
    private static final long DESCRIPTOR_AT = 4;
    private static final long OFFSET_AT = 8;
    private static final long ADDRESS_AT = 16;
    private static final long LENGTH_AT = 24;
    private static final long OPERATION_FLAGS_AT = 28;
    private static final long ID_AT = 32;

    /** Writes it into an entry of the ring. */
    void write(MemorySegment entry, IoUring.Order order, long id) {
        entry.fill((byte) 0);
        entry.set(ValueLayout.JAVA_BYTE, 0, operation);
        entry.set(ValueLayout.JAVA_BYTE, FLAGS_AT, order.flags());
        entry.set(Layouts.INT, DESCRIPTOR_AT, descriptor);
        entry.set(Layouts.LONG, OFFSET_AT, offset);
        entry.set(Layouts.LONG, ADDRESS_AT, address);
        entry.set(Layouts.INT, LENGTH_AT, length);
        entry.set(Layouts.INT, OPERATION_FLAGS_AT, flags);
        entry.set(Layouts.LONG, ID_AT, id);
    }
}
