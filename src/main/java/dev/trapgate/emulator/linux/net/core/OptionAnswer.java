package dev.trapgate.emulator.linux.net.core;

import dev.trapgate.emulator.linux.mm.UserStructure;
import java.lang.foreign.ValueLayout;

/**
 * What getsockopt(2) tells: bytes, or why there are none.
 */
public final class OptionAnswer {

    private final byte[] bytes;
    private final long error;

    public OptionAnswer(byte[] bytes, long error) {
        this.bytes = bytes;
        this.error = error;
    }

    /** {@return the value; what the program has no room for is cut off} */
    public byte[] bytes() {
        return bytes;
    }

    /** {@return 0 or an error number negated} */
    public long error() {
        return error;
    }

    /** {@return a number} */
    public static OptionAnswer of(long value) {
        UserStructure number = new UserStructure(Integer.BYTES);
        number.set32(0, value);
        return of(number.bytes().toArray(ValueLayout.JAVA_BYTE));
    }

    /** {@return bytes} */
    public static OptionAnswer of(byte... bytes) {
        return new OptionAnswer(bytes, 0);
    }

    /** {@return why there is no value, an error number negated} */
    public static OptionAnswer refused(long error) {
        return new OptionAnswer(new byte[0], error);
    }
}
