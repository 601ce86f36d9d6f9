package dev.trapgate.emulator.linux.net;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A {@code struct sockaddr} that a program gave: {@code move_addr_to_kernel} of net/socket.c.
 */
final class SocketAddress {

    private final byte[] bytes;
    private final long error;

    SocketAddress(byte[] bytes, long error) {
        this.bytes = bytes;
        this.error = error;
    }

    /** {@return the address, 0 to 128 bytes} */
    byte[] bytes() {
        return bytes;
    }

    /** {@return 0, −EINVAL or −EFAULT} */
    long error() {
        return error;
    }

    /** The size of {@code struct sockaddr_storage}. */
    static final int STORAGE = 128;

    private static final byte[] NOTHING = {};

    /** {@return the address at a program's address} */
    static SocketAddress fetch(Task current, long address, int length) {
        if (length < 0 || length > STORAGE) {
            return new SocketAddress(NOTHING, ErrorNumbers.EINVAL);
        }
        UserStructure bytes =
                length == 0 ? new UserStructure(0) : UserStructure.from(current.uaccess(), address, length);
        return bytes == null
                ? new SocketAddress(NOTHING, ErrorNumbers.EFAULT)
                : new SocketAddress(bytes.bytes().toArray(ValueLayout.JAVA_BYTE), 0);
    }

    /**
     * Tells a program an address: {@code move_addr_to_user}. What it has no room for is cut off.
     *
     * @param current the calling task
     * @param name the address
     * @param to where the program wants it
     * @param length where the program has how much room there is, and is told the whole length
     * @return 0, −EINVAL or −EFAULT
     */
    static long tell(Task current, byte[] name, long to, long length) {
        UserStructure given = UserStructure.from(current.uaccess(), length, Integer.BYTES);
        if (given == null) {
            return ErrorNumbers.EFAULT;
        }
        int room = Math.min(given.get32(0), name.length);
        if (room < 0) {
            return ErrorNumbers.EINVAL;
        }
        boolean told = current.uaccess().putUser32(length, name.length)
                && current.uaccess().copyToUser(to, MemorySegment.ofArray(name), room) == 0;
        return told ? 0 : ErrorNumbers.EFAULT;
    }
}
