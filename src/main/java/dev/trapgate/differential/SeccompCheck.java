package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.entry.UserBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Lets seccomp(2) be asked, be refused, and install filters that let every call of the playing thread pass: a thread whose
 * calls fail could not even end.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/seccomp.2.html">seccomp(2)</a>
 */
final class SeccompCheck {

    private static final long SET_MODE_STRICT = 0;
    private static final long SET_MODE_FILTER = 1;
    /** SECCOMP_FILTER_FLAG_LOG, SECCOMP_FILTER_FLAG_SPEC_ALLOW: they change nothing for this thread. */
    private static final long MILD_FLAGS = 2 | 4;

    private static final long TSYNC_AND_LISTENER = 1 | 8;
    private static final long KNOWN_FLAGS = 0x3f;
    private static final int LONGEST = 4096;
    private static final int INSTRUCTION = 8;
    private static final long RET_K = 6;
    private static final long RET_A = 0x16;
    private static final long RET_LOG = 0x7ffc_0000L;

    private final Abi abi;
    private final List<UserBuffer> memory;

    SeccompCheck(Abi abi, List<UserBuffer> memory) {
        this.abi = abi;
        this.memory = memory;
    }

    /** {@return whether a call with these arguments leaves the thread as it is} */
    boolean isHarmless(long... a) {
        long operation = a[0] & 0xffff_ffffL;
        long flags = a[1] & 0xffff_ffffL;
        if (operation == SET_MODE_STRICT) {
            return flags != 0 || a[2] != 0;
        }
        boolean isRefused = (flags & ~KNOWN_FLAGS) != 0 || flags == TSYNC_AND_LISTENER;
        return operation != SET_MODE_FILTER || isRefused || ((flags & ~MILD_FLAGS) == 0 && isMildProgram(a[2]));
    }

    /** What cannot be read here the kernel cannot read either. */
    private boolean isMildProgram(long program) {
        int word = abi.pointerSize();
        long length = GuestWords.read32(memory, program).orElse(0L) & 0xffff;
        Optional<Long> filter = GuestWords.read(memory, program + word, word);
        if (filter.isEmpty() || length == 0 || length > LONGEST) {
            return true;
        }
        boolean mild = true;
        for (long i = 0; i < length; i++) {
            mild &= isMildInstruction(filter.get() + i * INSTRUCTION);
        }
        return mild;
    }

    private boolean isMildInstruction(long at) {
        long code = GuestWords.read32(memory, at).orElse(0L) & 0xffff;
        long value = GuestWords.read32(memory, at + Integer.BYTES).orElse(0L);
        return code != RET_A && (code != RET_K || (value >= RET_LOG && value <= 0x7fff_ffffL));
    }
}
