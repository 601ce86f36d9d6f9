package dev.trapgate.host.memory;

import dev.trapgate.entry.UserMemory;

/** x. */
public final class RegionMemory {
    private RegionMemory() {}

    /** {@return x} */
    public static UserMemory below4GiB() {
        return ArenaMemory.INSTANCE;
    }
}
