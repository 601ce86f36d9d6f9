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
    JNR(Abi.X86_64),
    /** {@code int $0x80} in a 32-bit process beside the JVM, which makes the calls for it. */
    I386_INT80(Abi.I386, Kind.COMPANION),
    /** {@code __kernel_vsyscall} in a 32-bit process beside the JVM, found by AT_SYSINFO. */
    I386_VSYSCALL(Abi.I386, Kind.COMPANION),
    /** {@code int $0x80} on the emulated processor, in 64-bit code, into the emulated kernel. */
    EMULATED_INT80(Abi.I386, Kind.EMULATED),
    /** {@code __kernel_vsyscall} in 32-bit code on the emulated processor, which there uses {@code sysenter}. */
    EMULATED_SYSENTER(Abi.I386, Kind.EMULATED),
    /** The {@code syscall} instruction on the emulated processor, into the emulated kernel. */
    EMULATED_SYSCALL(Abi.X86_64, Kind.EMULATED),
    /** What the emulated kernel's vDSO answers without entering it. */
    EMULATED_VDSO(Abi.X86_64, Kind.EMULATED);

    /** Whose kernel is behind a gate. */
    public enum Kind {
        /** The host's, entered by this process. */
        NATIVE,
        /** The host's, entered by another process: what a call does, it does to that one. */
        COMPANION,
        /** One in this JVM, on any host. */
        EMULATED
    }

    private final Abi abi;
    private final Kind kind;

    Gate(Abi abi) {
        this(abi, Kind.NATIVE);
    }

    Gate(Abi abi, Kind kind) {
        this.abi = abi;
        this.kind = kind;
    }

    /** {@return whose kernel is behind this gate} */
    public Kind kind() {
        return kind;
    }

    /** {@return whose numbers, registers and structure layouts this gate speaks} */
    public Abi abi() {
        return abi;
    }
}
