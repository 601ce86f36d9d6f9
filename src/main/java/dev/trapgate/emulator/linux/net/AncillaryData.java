package dev.trapgate.emulator.linux.net;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Ancillary data that a program sends, in the layout of 64-bit programs: the start of {@code ____sys_sendmsg}, and
 * {@code cmsghdr_from_user_compat_to_kern} of net/compat.c.
 */
final class AncillaryData {

    private final byte[] bytes;
    private final long error;

    AncillaryData(byte[] bytes, long error) {
        this.bytes = bytes;
        this.error = error;
    }

    /** {@return {@code struct cmsghdr}s with their data behind each other} */
    byte[] bytes() {
        return bytes;
    }

    /** {@return 0 or an error number negated} */
    long error() {
        return error;
    }

    /** The most bytes that a socket may have for this and its options: {@code sysctl_optmem_max}. */
    private static final long OPTMEM_MAX = 131_072;

    private static final int COMPAT_HEADER = 12;
    private static final int HEADER = 16;
    private static final byte[] NOTHING = {};

    /** {@return what lies at a program's address} */
    static AncillaryData fetch(Task current, Abi abi, long address, long length) {
        if (Long.compareUnsigned(length, Integer.MAX_VALUE) > 0) {
            return failed(ErrorNumbers.ENOBUFS);
        }
        if (length == 0) {
            return new AncillaryData(NOTHING, 0);
        }
        boolean compat = abi == Abi.I386;
        if (!compat && length > OPTMEM_MAX) {
            return failed(ErrorNumbers.ENOBUFS);
        }
        if (compat && length > OPTMEM_MAX) {
            return failed(ErrorNumbers.EINVAL);
        }
        UserStructure bytes = UserStructure.from(current.uaccess(), address, (int) length);
        if (bytes == null) {
            return failed(ErrorNumbers.EFAULT);
        }
        return compat ? widened(bytes, (int) length) : new AncillaryData(array(bytes.bytes()), 0);
    }

    private static AncillaryData failed(long error) {
        return new AncillaryData(NOTHING, error);
    }

    private static byte[] array(MemorySegment bytes) {
        return bytes.toArray(ValueLayout.JAVA_BYTE);
    }

    private static AncillaryData widened(UserStructure narrow, int length) {
        ByteArrayOutputStream wide = new ByteArrayOutputStream();
        int at = 0;
        while (at + COMPAT_HEADER <= length) {
            int size = narrow.get32(at);
            if (size < COMPAT_HEADER || size > length - at) {
                return failed(ErrorNumbers.EINVAL);
            }
            int data = size - COMPAT_HEADER;
            UserStructure header = new UserStructure(HEADER + (data + 7 & -8));
            header.set64(0, HEADER + (long) data);
            header.set32(8, narrow.get32(at + 4));
            header.set32(12, narrow.get32(at + 8));
            MemorySegment.copy(narrow.bytes(), at + (long) COMPAT_HEADER, header.bytes(), HEADER, data);
            wide.writeBytes(array(header.bytes()));
            at += size + 3 & -4;
        }
        return wide.size() == 0 ? failed(ErrorNumbers.EINVAL) : new AncillaryData(wide.toByteArray(), 0);
    }
}
