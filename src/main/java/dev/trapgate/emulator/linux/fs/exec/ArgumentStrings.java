package dev.trapgate.emulator.linux.fs.exec;

import dev.trapgate.abi.Errno;
import dev.trapgate.emulator.linux.kernel.ResourceLimits.Resource;
import dev.trapgate.emulator.linux.kernel.Task;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads argv and envp: {@code count} and {@code copy_strings} of fs/exec.c, Linux 6.18. */
final class ArgumentStrings {

    private static final int MAX_ARG_STRLEN = 131_072;
    private static final long MAX_TOTAL = 6L << 20;
    private static final int CHUNK = 4096;

    private final Task current;
    private final int width;
    private final byte[] chunk = new byte[CHUNK];
    private long left;

    /**
     * Prepares to read.
     *
     * @param current the calling task
     * @param width how long its pointers are, 4 or 8 bytes
     */
    ArgumentStrings(Task current, int width) {
        this.current = current;
        this.width = width;
        long quarter = current.process().limits().soft(Resource.RLIMIT_STACK) >>> 2;
        this.left = Math.max(CHUNK * 32L, Math.min(quarter, MAX_TOTAL));
    }

    /**
     * Reads an array of strings that ends with a null pointer.
     *
     * @param address where it is; 0 for an empty one
     * @return the strings, bytes as characters 0 to 255
     * @throws ExecException EFAULT, E2BIG
     */
    List<String> read(long address) throws ExecException {
        List<String> strings = new ArrayList<>();
        for (long at = address; at != 0; at += width) {
            long string = pointer(at);
            if (string == 0) {
                break;
            }
            strings.add(string(string));
        }
        return strings;
    }

    private long pointer(long at) throws ExecException {
        long low = current.uaccess().getUser32(at);
        long high = width == Long.BYTES ? current.uaccess().getUser32(at + Integer.BYTES) : 0;
        if (low < 0 || high < 0) {
            throw fault();
        }
        return high << Integer.SIZE | low;
    }

    private String string(long address) throws ExecException {
        StringBuilder text = new StringBuilder();
        while (text.length() < MAX_ARG_STRLEN) {
            long at = address + text.length();
            int wanted = (int) (CHUNK - (at & CHUNK - 1));
            if (current.uaccess().copyFromUser(MemorySegment.ofArray(chunk), at, wanted) != 0) {
                throw fault();
            }
            int end = 0;
            while (end < wanted && chunk[end] != 0) {
                end++;
            }
            text.append(new String(Arrays.copyOf(chunk, end), StandardCharsets.ISO_8859_1));
            if (end < wanted) {
                left -= text.length() + 1 + width;
                if (left < 0) {
                    throw tooBig();
                }
                return text.toString();
            }
        }
        throw tooBig();
    }

    private static ExecException fault() {
        return new ExecException(Errno.EFAULT, "an argument cannot be read");
    }

    private static ExecException tooBig() {
        return new ExecException(Errno.E2BIG, "the arguments and the environment are too long");
    }
}
