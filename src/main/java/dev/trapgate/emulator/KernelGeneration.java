package dev.trapgate.emulator;

/** Which Linux the emulated machine runs. */
public enum KernelGeneration {
    /** Linux 2.6.18 of i386: 32-bit, {@code system_call}, SAVE_ALL, {@code sysenter_entry}. */
    CLASSIC,
    /** 64-bit as before Linux 4.17: {@code int $0x80} gives 64-bit code its r8 to r11 back as zero. */
    BEFORE_4_17,
    /** Linux 5.17 of x86-64: {@code entry_SYSCALL_64} and the entries for 32-bit programs. */
    MODERN,
    /** {@link #MODERN}, built with CONFIG_X86_X32_ABI. */
    MODERN_X32;

    /** {@return whether it is a 64-bit kernel} */
    public boolean is64Bit() {
        return this != CLASSIC;
    }
}
