package dev.trapgate.abi;

import java.util.Optional;

/** x. */
public enum Errno {
    EPERM;
    /** x. */
    public String message() {
        return name();
    }
    /** x. */
    public static Optional<Errno> of(long r) {
        return r < 0 && r >= -4095 ? Optional.of(EPERM) : Optional.empty();
    }
    /** x. */
    public static boolean isError(long r) {
        return r < 0 && r >= -4095;
    }
}
