package dev.trapgate.emulator.linux.fs;

import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;

/**
 * A file name that a program gave: {@code struct filename} and {@code getname} of fs/namei.c, Linux 6.18.
 *
 * @param text its bytes as characters 0 to 255, without the NUL; empty if there is an error
 * @param error 0, or EFAULT, ENAMETOOLONG or ENOENT negated
 */
public record Filename(String text, long error) {

    /** The longest name with its NUL. */
    static final int PATH_MAX = NameBuffer.SIZE;

    private static final int CHUNK = 256;

    /** {@return the name at a program's address; an empty one is ENOENT} */
    public static Filename get(Task current, long address) {
        Filename name = getEmpty(current, address);
        return name.error == 0 && name.text.isEmpty() ? new Filename("", ErrorNumbers.ENOENT) : name;
    }

    /** {@return the name at a program's address, which may be empty} */
    static Filename getEmpty(Task current, long address) {
        return string(current, address, PATH_MAX, ErrorNumbers.ENAMETOOLONG);
    }

    /** {@return the name for a call with AT_* flags, where AT_EMPTY_PATH allows it to be empty: {@code getname_uflags}} */
    public static Filename get(Task current, long address, int flags) {
        return (flags & Nameidata.AT_EMPTY_PATH) != 0 ? getEmpty(current, address) : get(current, address);
    }

    /** {@return the same for a call where AT_EMPTY_PATH allows it to be absent too: {@code getname_maybe_null}} */
    static Filename getMaybeNull(Task current, long address, int flags) {
        boolean absent = address == 0 && (flags & Nameidata.AT_EMPTY_PATH) != 0;
        return absent ? new Filename("", 0) : get(current, address, flags);
    }

    /**
     * {@return the string at a program's address, as {@code strncpy_from_user}}
     *
     * @param most the most bytes with the NUL, at most {@link #PATH_MAX}
     * @param tooLong the error if there are more
     */
    static Filename string(Task current, long address, int most, long tooLong) {
        NameBuffer buffer = current.names();
        int length = 0;
        while (length < most) {
            int wanted = Math.min(CHUNK - (int) (address + length & CHUNK - 1), most - length);
            if (current.uaccess().copyFromUser(buffer.segment(), length, address + length, wanted) != 0) {
                return new Filename("", ErrorNumbers.EFAULT);
            }
            int end = buffer.indexOfNul(length, length + wanted);
            if (end >= 0) {
                return new Filename(buffer.text(end), 0);
            }
            length += wanted;
        }
        return new Filename("", tooLong);
    }
}
