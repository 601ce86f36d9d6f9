package dev.trapgate.host.stub;

import dev.trapgate.abi.Errno;

/** Thrown when the kernel or a security policy does not let this process make machine code. */
public final class ExecutableMemoryRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExecutableMemoryRefusedException(String step, Errno errno) {
        super("executable memory is refused: " + step + " answered " + errno.name() + " (" + errno.message()
                + "); SELinux's execmem permission, PR_SET_MDWE or a seccomp filter may forbid it. "
                + "Use LIBC_SYSCALL, which needs none.");
    }
}
