package dev.trapgate.differential;

import dev.trapgate.abi.Abi;
import dev.trapgate.notation.UsageException;
import java.util.HexFormat;

/**
 * Code of a signal handler that does nothing. It runs natively, too: whatever thread it interrupts goes on as if nothing had
 * been. A handler of 32-bit code cannot: the stack of a 64-bit process's thread is not where its frame could be.
 */
final class HandlerCode {

    /** How far behind the handler its restorer lies, in bytes. */
    static final int RESTORER = 16;

    /** SA_SIGINFO, SA_RESTORER, SA_RESTART, SA_NODEFER: with others it may run on a stack that is none, or but once. */
    static final long FLAGS = 0x4 | 0x400_0000 | 0x1000_0000 | 0x4000_0000;

    /** Without it the kernel lets no handler of 64-bit code run. */
    static final long SA_RESTORER = 0x400_0000;

    private static final String CODE = "c3" // ret
            + "0f0b".repeat(7)
            + "90" // nop
            + "b80f000000" // mov eax, 15   rt_sigreturn
            + "0f05"; // syscall

    private HandlerCode() {}

    /** {@return the code} */
    static byte[] bytes() {
        return HexFormat.of().parseHex(CODE);
    }

    /** Checks that programs of a convention can have it. */
    static void require(Abi abi) {
        if (abi != Abi.X86_64) {
            throw new UsageException("a handler runs in 64-bit programs only; write 'abi x86-64'");
        }
    }
}
