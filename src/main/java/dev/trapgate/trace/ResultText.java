package dev.trapgate.trace;

import dev.trapgate.abi.Abi;
import dev.trapgate.abi.Errno;
import java.util.Set;

/** What a call answered, as text. */
public final class ResultText {

    /** Calls that answer with an address. */
    private static final Set<String> ADDRESSES = Set.of("mmap", "mmap2", "mremap", "brk", "shmat");

    /** Calls that answer with permission bits. */
    private static final Set<String> PERMISSIONS = Set.of("umask");

    private ResultText() {}

    /**
     * Writes a result.
     *
     * @param callName the call that answered
     * @param abi the ABI it was made in
     * @param result its raw result, −4095 to −1 being an error number negated
     * @return the value in decimal, or in hexadecimal if it is an address; an error as <code>-1 ENOENT (No such file or
     *     directory)</code>
     */
    public static String of(String callName, Abi abi, long result) {
        if (Errno.isError(result)) {
            return "-1 " + error(result);
        }
        if (ADDRESSES.contains(callName)) {
            return Numbers.hex(abi.pointerSize() == Integer.BYTES ? Integer.toUnsignedLong((int) result) : result);
        }
        return PERMISSIONS.contains(callName) ? FileMode.permissions(result) : Long.toString(result);
    }

    private static String error(long result) {
        return Errno.of(result)
                .map(errno -> errno.name() + " (" + errno.message() + ")")
                .orElseGet(() -> "(errno " + -result + ")");
    }
}
