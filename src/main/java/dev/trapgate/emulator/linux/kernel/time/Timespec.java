package dev.trapgate.emulator.linux.kernel.time;

import dev.trapgate.abi.Abi;
import dev.trapgate.emulator.linux.arch.x86.PtRegs;
import dev.trapgate.emulator.linux.kernel.ErrorNumbers;
import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import org.jspecify.annotations.Nullable;

/**
 * A time as programs tell it: {@code struct timespec64}.
 *
 * @param seconds any
 * @param nanos what the program said; valid are 0 to 999,999,999
 */
public record Timespec(long seconds, long nanos) {

    /** How wide the fields of a {@code struct timespec} or {@code timeval} are. */
    public enum Width {
        /** 32 bits each. */
        BITS_32(Integer.BYTES),
        /** 64 bits each. */
        BITS_64(Long.BYTES);

        private final int bytes;

        Width(int bytes) {
            this.bytes = bytes;
        }

        /** {@return the size of one field in bytes} */
        public int bytes() {
            return bytes;
        }
    }

    private static final long PAGE_MASK = 4095;
    private static final long NSEC_PER_SEC = Timekeeper.NSEC_PER_SEC;
    /** KTIME_SEC_MAX: more seconds than these are as good as for ever. */
    private static final long MOST_SECONDS = Long.MAX_VALUE / NSEC_PER_SEC;

    /**
     * Reads a time from a program: {@code get_timespec64}, {@code get_old_timespec32}.
     *
     * @param current the calling task
     * @param regs whose convention the call follows
     * @param from the address
     * @param width how wide the fields are
     * @return the time, or null for EFAULT
     */
    public static @Nullable Timespec from(Task current, PtRegs regs, long from, Width width) {
        int field = width.bytes();
        UserStructure read = UserStructure.from(current.uaccess(), from, 2 * field);
        if (read == null) {
            return null;
        }
        if (width == Width.BITS_32) {
            return new Timespec(read.get32(0), read.get32(field));
        }
        // Of i386's 64-bit nanoseconds the upper half is padding.
        return new Timespec(read.get64(0), regs.abi() == Abi.I386 ? read.getUnsigned32(field) : read.get64(field));
    }

    /**
     * Tells a program a time: {@code put_timespec64}, {@code put_old_timespec32}. Nothing is allocated.
     *
     * @param current the calling task
     * @param to the address
     * @param nanos nanoseconds
     * @param width how wide the fields are
     * @return 0 or −EFAULT
     */
    public static long put(Task current, long to, long nanos, Width width) {
        return putPair(current, to, Math.floorDiv(nanos, NSEC_PER_SEC), Math.floorMod(nanos, NSEC_PER_SEC), width);
    }

    /** Tells a program two fields at once, as one copy: what lies before a fault is written. */
    static long putPair(Task current, long to, long first, long second, Width width) {
        int field = width.bytes();
        if ((to & PAGE_MASK) > PAGE_MASK + 1 - 2L * field) {
            UserStructure told = new UserStructure(2 * field);
            told.setWord(0, first, field);
            told.setWord(field, second, field);
            return told.to(current.uaccess(), to) ? 0 : ErrorNumbers.EFAULT;
        }
        boolean written = width == Width.BITS_64
                ? current.uaccess().putUser64(to, first) && current.uaccess().putUser64(to + field, second)
                : current.uaccess().putUser32(to, first) && current.uaccess().putUser32(to + field, second);
        return written ? 0 : ErrorNumbers.EFAULT;
    }

    /** {@return whether it can be slept for: {@code timespec64_valid}} */
    public boolean isValid() {
        return seconds >= 0 && nanos >= 0 && nanos < NSEC_PER_SEC;
    }

    /** {@return a valid time in nanoseconds; the greatest long if it is too long: {@code timespec64_to_ktime}} */
    public long toNanos() {
        return seconds >= MOST_SECONDS ? Long.MAX_VALUE : seconds * NSEC_PER_SEC + nanos;
    }
}
