package dev.trapgate.emulator.linux.kernel.time;

import dev.trapgate.emulator.linux.kernel.Task;
import dev.trapgate.emulator.linux.mm.UserStructure;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct timex} of a program, as include/uapi/linux/timex.h lays it out: its longs are 64 bits wide, or 32 in {@code
 * old_timex32}.
 */
final class Timex {

    private static final int OFFSET = 1;
    private static final int STATUS = 5;
    private static final int CONSTANT = 6;
    private static final int SECONDS = 9;
    private static final int TICK = 11;
    private static final int PPS_FREQUENCY = 12;
    private static final int TAI = 20;
    private static final int SIZE_64 = 208;
    private static final int SIZE_32 = 128;

    private final UserStructure fields;
    private final int width;

    private Timex(UserStructure fields, int width) {
        this.fields = fields;
        this.width = width;
    }

    /** {@return a program's structure, or null for EFAULT} */
    static @Nullable Timex from(Task current, long address, Timespec.Width width) {
        int size = width == Timespec.Width.BITS_64 ? SIZE_64 : SIZE_32;
        UserStructure read = UserStructure.from(current.uaccess(), address, size);
        return read == null ? null : new Timex(read, width.bytes());
    }

    /** {@return whether it could be written back} */
    boolean to(Task current, long address) {
        return fields.to(current.uaccess(), address);
    }

    int modes() {
        return fields.get32(0);
    }

    long frequency() {
        return word(2);
    }

    long maxError() {
        return word(3);
    }

    long estimatedError() {
        return word(4);
    }

    int status() {
        return fields.get32(STATUS * width);
    }

    long constant() {
        return word(CONSTANT);
    }

    long seconds() {
        return word(SECONDS);
    }

    /** {@return the microseconds of the time, or its nanoseconds with ADJ_NANO} */
    long micros() {
        return word(SECONDS + 1);
    }

    long tick() {
        return word(TICK);
    }

    /** Fills in all but the modes; there is no PPS signal. */
    void fill(long[] fromOffset, int status, long[] fromConstant, int taiOffset) {
        for (int i = 0; i < fromOffset.length; i++) {
            fields.setWord((OFFSET + i) * width, fromOffset[i], width);
        }
        fields.set32(STATUS * width, status);
        for (int i = 0; i < fromConstant.length; i++) {
            fields.setWord((CONSTANT + i) * width, fromConstant[i], width);
        }
        for (int i = PPS_FREQUENCY; i < TAI; i++) {
            fields.setWord(i * width, 0, width);
        }
        fields.set32(TAI * width, taiOffset);
        if (width == Integer.BYTES) {
            fields.bytes().asSlice((TAI + 1) * Integer.BYTES).fill((byte) 0);
        }
    }

    private long word(int index) {
        return width == Long.BYTES ? fields.get64(index * Long.BYTES) : fields.get32(index * Integer.BYTES);
    }
}
