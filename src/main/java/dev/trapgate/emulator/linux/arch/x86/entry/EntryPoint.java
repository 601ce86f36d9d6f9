package dev.trapgate.emulator.linux.arch.x86.entry;

/** Where a processor can arrive in the kernel: places in its code, counted from its start. */
final class EntryPoint {

    /** The classic kernel's {@code system_call}; the 64-bit kernel's {@code entry_INT80_compat}. */
    static final int INT80 = 0;
    /** The classic kernel's {@code sysenter_entry}; the 64-bit kernel's {@code entry_SYSENTER_compat}. */
    static final int SYSENTER = 1;
    /** {@code entry_SYSCALL_64}. */
    static final int SYSCALL_64 = 2;
    /** {@code entry_SYSCALL_compat}. */
    static final int SYSCALL_COMPAT = 3;
    /** The classic kernel's {@code doublefault_fn}, a task of its own. */
    static final int DOUBLE_FAULT = 4;
    /** The 64-bit kernel's IRET, at which nothing arrives: an exception there is known by this address. */
    static final int NATIVE_IRQ_RETURN_IRET = 5;
    /** The handler of vector 0; those of the other vectors follow. */
    static final int EXCEPTIONS = 6;

    private EntryPoint() {}
}
