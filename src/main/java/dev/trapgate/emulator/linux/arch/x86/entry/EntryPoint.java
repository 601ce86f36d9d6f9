package dev.trapgate.emulator.linux.arch.x86.entry;

/** Where a processor can arrive in the kernel. The exceptions' handlers follow the last. */
enum EntryPoint {
    /** The classic kernel's {@code system_call}; the 64-bit kernel's {@code entry_INT80_compat}. */
    INT80(0),
    /** The classic kernel's {@code sysenter_entry}; the 64-bit kernel's {@code entry_SYSENTER_compat}. */
    SYSENTER(1),
    /** {@code entry_SYSCALL_64}. */
    SYSCALL_64(2),
    /** {@code entry_SYSCALL_compat}. */
    SYSCALL_COMPAT(3),
    /** The handler of vector 0; those of the other vectors follow. */
    EXCEPTIONS(4);

    private static final EntryPoint[] BY_SLOT = {INT80, SYSENTER, SYSCALL_64, SYSCALL_COMPAT, EXCEPTIONS};

    private final int slot;

    EntryPoint(int slot) {
        this.slot = slot;
    }

    /** {@return its place in the kernel's code} */
    int slot() {
        return slot;
    }

    /** {@return the entry point of a place; {@link #EXCEPTIONS} for all from there on} */
    static EntryPoint of(int slot) {
        return BY_SLOT[Math.min(slot, EXCEPTIONS.slot)];
    }
}
