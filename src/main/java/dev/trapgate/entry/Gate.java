package dev.trapgate.entry;

import dev.trapgate.abi.Abi;

/** A way into the kernel. */
public enum Gate {
    /** glibc's wrapper functions: {@code read(2)} by calling {@code read}. */
    GLIBC(Abi.X86_64),
    /** glibc's {@code syscall(2)}, the number as its first argument. */
    LIBC_SYSCALL(Abi.X86_64),
    /** The {@code syscall} instruction in machine code of our own. */
    SYSCALL(Abi.X86_64),
    /** {@code int $0x80} in machine code of our own: the 32-bit table, from a 64-bit process. */
    INT80(Abi.I386),
    /** The functions that the kernel maps into every process and that answer without entering it. */
    VDSO(Abi.X86_64),
    /** glibc's {@code syscall(2)} through the JNR-FFI library, where that is on the class path. */
    JNR(Abi.X86_64);

    private final Abi abi;

    Gate(Abi abi) {
        this.abi = abi;
    }

    /** {@return whose numbers, registers and structure layouts this gate speaks} */
    public Abi abi() {
        return abi;
    }
}
