package dev.trapgate.emulator.linux.net.core;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.ToLongFunction;

/**
 * One piece of the ancillary data that a program sends: {@code struct cmsghdr} with its data, in the layout of 64-bit
 * programs.
 *
 * @param level which protocol it is for: SOL_*
 * @param type what it is there
 * @param data what follows the header
 */
public record ControlMessage(int level, int type, MemorySegment data) {

    private static final int HEADER = 16;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /**
     * Goes through a message's ancillary data up to the first error: {@code for_each_cmsghdr} with {@code CMSG_OK} of
     * include/linux/socket.h.
     *
     * @param message the message
     * @param taker takes one piece and answers 0 or an error number negated
     * @return 0; −EINVAL for a length that does not fit; or the taker's error
     */
    public static long forEach(Message message, ToLongFunction<ControlMessage> taker) {
        MemorySegment control = MemorySegment.ofArray(message.ancillary());
        long size = control.byteSize();
        long at = 0;
        long error = 0;
        while (error == 0 && at + HEADER <= size) {
            long length = control.get(LONG, at);
            if (length < HEADER || length > size - at) {
                error = ErrorNumbers.EINVAL;
            } else {
                MemorySegment data = control.asSlice(at + HEADER, length - HEADER);
                error = taker.applyAsLong(
                        new ControlMessage(control.get(INT, at + 8), control.get(INT, at + 12), data));
            }
            at += length + 7 & -8L;
        }
        return error;
    }

    /** {@return the data's length in bytes} */
    public long size() {
        return data.byteSize();
    }

    /** {@return the 16-bit number at a byte of the data, 0 to 65535} */
    public int get16(long at) {
        return Short.toUnsignedInt(data.get(SHORT, at));
    }

    /** {@return the 32-bit number at a byte of the data} */
    public int get32(long at) {
        return data.get(INT, at);
    }
}
