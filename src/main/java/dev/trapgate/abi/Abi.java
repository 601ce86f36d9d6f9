package dev.trapgate.abi;

/**
 * A system call convention of Linux: whose numbers, registers and structure layouts a call speaks.
 *
 * <p>A call's number means nothing without one of these: 20 is {@code writev} to {@link #X86_64} and {@code getpid} to
 * {@link #I386}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/syscall.2.html">syscall(2), "Architecture calling conventions"</a>
 */
public enum Abi {
    /** 64-bit x86, by {@code syscall}: rax; rdi, rsi, rdx, r10, r8, r9. */
    X86_64("x86_64", 8, 8),
    /** 32-bit x86, by {@code int $0x80}, {@code sysenter} or 32-bit {@code syscall}: eax; ebx, ecx, edx, esi, edi, ebp. */
    I386("i386", 4, 4),
    /** 64-bit registers with 32-bit pointers; numbers are given without {@link #X32_SYSCALL_BIT}. */
    X32("x32", 4, 8),
    /** 64-bit Arm, by {@code svc #0}: x8; x0 to x5. Trapgate has its tables, not its gates. */
    AARCH64("aarch64", 8, 8);

    /** Set in rax to select the x32 table, {@code __X32_SYSCALL_BIT} of arch/x86/include/uapi/asm/unistd.h. */
    public static final int X32_SYSCALL_BIT = 0x4000_0000;

    private final String displayName;
    private final int pointerSize;
    private final int longAlignment;

    Abi(String displayName, int pointerSize, int longAlignment) {
        this.displayName = displayName;
        this.pointerSize = pointerSize;
        this.longAlignment = longAlignment;
    }

    /** {@return the name the kernel's own tables use: {@code x86_64}, {@code i386}, {@code x32} or {@code aarch64}} */
    public String displayName() {
        return displayName;
    }

    /** {@return the size in bytes, 4 or 8, of a C pointer, {@code long} and {@code size_t}} */
    public int pointerSize() {
        return pointerSize;
    }

    /** {@return the alignment in bytes, 4 or 8, of a 64-bit integer inside a structure} */
    public int longAlignment() {
        return longAlignment;
    }

    @Override
    public String toString() {
        return displayName;
    }
}
